// What is typed in the questions of a page, kept in the outbox when the hand rests.
import { given, show, filled, touched } from "./fields.js";
// Milliseconds of rest after which words are kept, and after which they are at the latest.
const REST = 1000, LATEST = 10_000;

export class Typing {
  kept = new Map();
  open = new Map();

  constructor(page, outbox, onTyped) {
    Object.assign(this, { page, outbox, onTyped });
    this.sections = [...page.querySelectorAll("[data-slot]")];
    for (const name of ["input", "change"]) page.addEventListener(name, (event) => this.typed(event));
    // A quick hand answers before the scripts of the page are there.
    for (const target of this.sections.filter(touched)) this.typed({ type: "change", target });
  }

  typed({ type, target }) {
    const section = target.closest("[data-slot]");
    if (!section) return;
    this.onTyped();
    const { since = Date.now(), timer } = this.open.get(section) ?? {};
    clearTimeout(timer);
    const rest = type === "change" ? 0 : Math.max(0, Math.min(REST, since + LATEST - Date.now()));
    this.open.set(section, { since, timer: setTimeout(() => this.keep(section), rest) });
  }

  // Keeps what stands in `section`, unless it is kept already and `again` does not insist.
  async keep(section, again = false) {
    const mine = this.open.get(section);
    clearTimeout(mine?.timer);
    const fields = given(section), content = JSON.stringify(fields);
    const { slot, url, rev } = section.dataset;
    if (again || content !== this.kept.get(section)) {
      this.kept.set(section, content);
      const mark = this.page.querySelector(`.map [data-goes="${slot}"]`);
      if (mark && mark.dataset.state !== "text") mark.dataset.state = filled(fields) ? "done" : "todo";
      await this.outbox.keep({ slot: Number(slot), url, fields, base: Number(rev) });
    }
    if (this.open.get(section) === mine) this.open.delete(section);
    this.outbox.run(false);
  }

  flush() {
    return Promise.all([...this.open.keys()].map((section) => this.keep(section)));
  }

  // Shows what waits on this device in place of what the server knew.
  async restore() {
    const waiting = await this.outbox.waiting();
    for (const section of this.sections.filter((one) => !this.open.has(one))) {
      const unsent = waiting.filter((one) => one.slot === Number(section.dataset.slot));
      if (unsent.length) show(section, unsent[unsent.length - 1].fields);
      this.kept.set(section, JSON.stringify(given(section)));
    }
  }
}
