// A test is open in one tab: the newest goes on, the others keep what they have and step aside.
export function watchTabs(attempt, stepAside, arrived) {
  if (!("BroadcastChannel" in window)) return;
  const channel = new BroadcastChannel(`attempt-${attempt}`);
  let aside = false;
  channel.addEventListener("message", async ({ data }) => {
    if (data === "here" && !aside) {
      aside = true;
      await stepAside();
      channel.postMessage("aside");
    } else if (data === "aside" && !aside) arrived();
  });
  channel.postMessage("here");
}
