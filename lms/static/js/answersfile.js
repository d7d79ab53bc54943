// The last resort where no line comes back: what this device keeps of the attempt, as a file that
// the trainer takes in.
import { age } from "./server.js";

export function answersFile(typing, outbox, note) {
  outbox.addEventListener("trouble", ({ detail }) => {
    note.show("file", detail && outbox.unsent > 0);
  });
  outbox.kept().then((all) => note.show("locked", all.some((one) => one.locked && !one.held)));
  note.on("file", async ({ target }) => {
    await typing.flush();
    const answers = (await outbox.kept()).filter((one) => one.fields).map((one) => ({
      client: one.client, seq: one.seq, slot: one.slot, base_rev: one.base,
      age_ms: age(one.typed), fields: one.fields }));
    const content = JSON.stringify({
      attempt: outbox.attempt, made_at: Date.now(), answers });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = target.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
