// A test is open in one tab: another one asks before it takes over, and the former keeps what it
// has.  Whoever takes over loads the page anew, with all that was answered.
const UNTIL_ANSWERED = 300, UNTIL_ASIDE = 2000;

// Whether this tab `writes`; where another one does, `takeOver` asks it to step aside.
export async function watchTabs(attempt, stepAside) {
  if (!("BroadcastChannel" in window)) return { writes: true };
  const channel = new BroadcastChannel(`attempt-${attempt}`);
  let writes = false;

  const heard = (word, patience) => new Promise((done) => {
    setTimeout(() => done(false), patience);
    channel.addEventListener("message", ({ data }) => { if (data === word) done(true); });
  });
  channel.addEventListener("message", async ({ data }) => {
    if (!writes) return;
    if (data === "who") channel.postMessage("mine");
    if (data !== "take") return;
    writes = false;
    await stepAside();
    channel.postMessage("aside");
  });
  async function takeOver() {
    const aside = heard("aside", UNTIL_ASIDE);
    channel.postMessage("take");
    await aside;
    location.reload();
  }

  const answered = heard("mine", UNTIL_ANSWERED);
  channel.postMessage("who");
  writes = !await answered;
  return { writes, takeOver };
}
