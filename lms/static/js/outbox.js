// Sends what waits on this device, one at a time, until the server says that it holds it.
// Tells its page by events: "state" (idle, saving, saved, waiting), "told" of one answer,
// "standing" of the attempt, "trouble" with the line, "over" with the address of the result.
import { Pile } from "./pile.js";
import { age, ask, Trouble } from "./server.js";
// Seconds until the next try; the last is also how often a page reports that it is open.
const PAUSES = [1, 2, 4, 8, 15];

export class Outbox extends Pile {
  failures = 0;

  constructor({ attempt, stays, secret, token, heartbeat, state }) {
    super(attempt, stays === "yes", secret);
    Object.assign(this, { token, urls: { heartbeat, state } });
  }

  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async state(name) {
    this.unsent = new Set((await this.waiting()).map((one) => one.slot)).size;  // answers
    this.say("state", { name, at: this.at, unsent: this.unsent });
  }

  stop() {
    this.stopped = true;
  }

  later(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), seconds * 1000);
  }

  // A round: a sign of life, then all that waits; the next one follows by itself.
  async run(beat = true) {
    if (this.stopped) return;
    if (this.busy) { this.pressed = true; return; }
    this.busy = true;
    try {
      if (beat || this.failures) await this.beat();
      for (let [one] = await this.waiting(); one; [one] = await this.waiting()) await this.send(one);
      this.failures = 0;
      await this.state("saved");
      if (this.result) this.say("over", this.result);
    } catch (trouble) {
      this.failures += 1;
      await this.state("waiting");
      this.say("trouble", trouble.word ?? "offline");
    }
    this.busy = false;
    const last = PAUSES.length - 1;
    this.later(this.pressed ? 0 : PAUSES[this.failures ? Math.min(this.failures - 1, last) : last]);
    this.pressed = false;
  }

  async beat() {
    let reply = await ask(this.token, this.urls.heartbeat, "POST", { client: this.shelf.client });
    if (reply.code === 400) reply = await ask(this.token, this.urls.state, "GET");
    if (reply.attempt !== this.attempt) throw new Trouble(reply.code);
    Object.assign(this, { token: reply.token, result: reply.result });
    // A server that was set back to an earlier day lacks what it once held: send it again.
    await this.release((one) => one.client === this.shelf.client && one.seq > reply.known);
    this.say("trouble", "");
    this.say("standing", reply);
  }

  async send(one) {
    await this.state("saving");
    await this.put({ ...one, tries: one.tries + 1 });
    const reply = await ask(this.token, one.url, "PUT", { client: one.client, seq: one.seq,
      base_rev: one.base, fields: one.fields, age_ms: age(one.typed) });
    if (reply.code === 422 && reply.error) await this.put({ ...one, wrong: true });
    else if (reply.rev && reply.sha256) await this.hold(one);
    else throw new Trouble(reply.code);
    if (reply.code < 300) this.at = reply.saved_at;
    this.say("told", { ...reply, slot: one.slot });
  }
}
