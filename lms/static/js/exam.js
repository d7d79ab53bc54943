// A test on this device: what is typed is kept here first, then sent; the badge says which.
const version = new URL(import.meta.url).search;
const [{ Outbox }, { Typing }, { handIn, lead }, { leaving }, { notes }, { watchTabs }, { timeOver },
  { answersFile }] = await Promise.all(
  ["outbox", "typing", "handin", "leaving", "notes", "tabs", "timeover", "answersfile"]
    .map((name) => import(`./${name}.js${version}`)));

export async function start(page) {
  const { saved, saving, waiting, submission, attempt } = page.dataset;
  const badge = page.querySelector(".save .status"), note = notes(page);
  const outbox = new Outbox(page.dataset);
  const typing = new Typing(page, outbox, () => say("wait", saving));
  let handing = null, onward = null;

  function say(status, words) {
    badge.dataset.status = status;
    badge.textContent = words;
  }

  function finish(url) {
    handing = url;
    note.lock("handing");
    typing.flush().then(() => outbox.run());
  }

  // A page that goes on with the server's help does so once the server holds what was answered.
  function goOn(form, button) {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: button?.name ?? "go", value: button?.value ?? "" });
    onward = () => { form.append(chosen); form.submit(); };
    typing.flush().then(() => outbox.run());
  }

  async function stepAside() {
    await typing.flush();
    // What is kept in this page alone nobody else can send.
    if (!outbox.fleeting) outbox.stop();
    note.lock("elsewhere");
  }

  function told({ name, at, unsent }) {
    for (const kind of ["memory", "full"]) note.show(kind, outbox.shelf.kind === kind);
    if (typing.open.size || name === "saving") return say("wait", saving);
    if (unsent) return say("warn", waiting.replace("%n", unsent));
    if (at) say("good", `${saved} ${at}`);
    if (name !== "saved") return null;
    return onward ? onward() : handing && handIn(outbox, handing);
  }

  outbox.addEventListener("state", ({ detail }) => told(detail));
  outbox.addEventListener("trouble", ({ detail }) => note.trouble(detail));
  outbox.addEventListener("standing", ({ detail }) => note.paused(detail));
  outbox.addEventListener("told", ({ detail }) => note.told(detail, typing));
  outbox.addEventListener("over", ({ detail }) => lead(detail));
  leaving(page, typing, outbox, note);
  answersFile(typing, outbox, note);
  timeOver(outbox, note, () => finish(submission));
  page.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-submission], [data-onward]")) return;
    event.preventDefault();
    if (event.target.matches("[data-onward]")) goOn(event.target, event.submitter);
    else finish(event.target.action);
  });
  document.dispatchEvent(new Event("takeover"));
  document.addEventListener("visibilitychange", () => {
    document.hidden ? typing.flush() : outbox.run();
  });
  addEventListener("online", () => outbox.run());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("beforeunload", (event) => {
    if (outbox.fleeting && outbox.unsent) event.preventDefault();
  });

  await outbox.ready;
  await typing.restore();
  await outbox.state("idle");
  const tabs = await watchTabs(attempt, stepAside);
  note.on("take", tabs.takeOver);
  tabs.writes ? outbox.run() : note.lock("elsewhere");
}
