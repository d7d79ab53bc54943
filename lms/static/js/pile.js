// The answers of one attempt that are kept on this device: what waits, and what the server holds.
import { open } from "./shelf.js";
import { Seal } from "./seal.js";
import { now } from "./server.js";

export class Pile extends EventTarget {
  // Of an answer that the server holds only its number `stays` on a computer of several people.
  constructor(attempt, stays, secret) {
    super();
    this.attempt = Number(attempt);
    this.stays = stays;
    this.seal = new Seal(secret);
    this.turn = Promise.resolve();
    this.ready = open().then((shelf) => { this.shelf = shelf; });
  }

  // Whether what waits is lost with this page.
  get fleeting() {
    return ["memory", "full"].includes(this.shelf?.kind);
  }

  async kept() {
    await this.ready;
    const own = (await this.shelf.list()).filter((one) => one.attempt === this.attempt);
    return Promise.all(own.map((one) => this.seal.open(one)));
  }

  // Puts one after the other, however long each takes to seal: a later answer is a later number.
  put(entry) {
    this.turn = this.turn.catch(() => {}).then(
      async () => this.shelf.put(await this.seal.close(entry)));
    return this.turn;
  }

  async waiting() {
    return (await this.kept()).filter((one) => !one.held && !one.wrong && !one.locked);
  }

  // Keeps a change; an older one of the same question that was never sent gives way.
  async keep(change) {
    const older = (await this.waiting()).filter((one) => one.slot === change.slot && !one.tries);
    await this.put({ ...change, attempt: this.attempt, typed: now(), tries: 0 });
    for (const one of older) await this.shelf.remove(one);
  }

  // The server holds `one`.
  hold({ fields, ...one }) {
    return this.put({ ...one, ...(this.stays ? { fields } : {}), held: true });
  }

  // Lets what the server turned out not to hold wait again, also where it was handed in: a server
  // may be set back to an earlier moment.
  async release(lost) {
    for (const one of await this.kept()) {
      const again = one.held && one.fields && lost(one);
      if (again) await this.put({ ...one, held: false, done: undefined });
    }
  }

  // The attempt is handed in: the shelf puts away in a day what it had.
  async finish() {
    for (const one of (await this.kept()).filter((entry) => entry.held)) {
      if (this.stays) await this.put({ ...one, done: Date.now() });
      else await this.shelf.remove(one);
    }
  }
}
