// A test on this device: what is typed is kept here first, then sent; the badge says which.
import { answersFile } from "./answersfile.js";
import { handIn, lead } from "./handin.js";
import { leaving } from "./leaving.js";
import { notes } from "./notes.js";
import { Outbox } from "./outbox.js";
import { asField, pressed } from "./pressed.js";
import { watchTabs } from "./tabs.js";
import { timeOver } from "./timeover.js";
import { Typing } from "./typing.js";

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
    onward = () => { form.append(asField(button)); form.submit(); };
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
    if (event.target.matches("[data-onward]")) goOn(event.target, pressed(event));
    else finish(event.target.action);
  });
  document.dispatchEvent(new Event("takeover"));
  document.addEventListener("visibilitychange", () => {
    document.hidden ? typing.flush() : outbox.run();
  });
  addEventListener("online", () => outbox.run());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  await outbox.ready;
  await typing.restore();
  await outbox.state("idle");
  const tabs = await watchTabs(attempt, stepAside);
  note.on("take", tabs.takeOver);
  tabs.writes ? outbox.run() : note.lock("elsewhere");
}
