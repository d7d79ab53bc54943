// Asks the server, and believes only what is certainly its answer.
import { until } from "./patience.js";

const PATIENCE = 20_000;
const FOREIGN = [401, 404];

// Why nothing came back that counts: the word of the note that the page then shows.
export class Trouble extends Error {
  constructor(code) {
    super(`answered ${code}`);
    // Somebody else's page in the place of our answer: a network that asks to be signed in to.
    this.word = FOREIGN.includes(code) ? "signed-out" : code === 200 ? "portal" : "offline";
  }
}

// Milliseconds by a clock that runs steadily while the page is open.
export function now() {
  return performance.timeOrigin + performance.now();
}

// How many milliseconds ago the moment `typed` was, as the server takes it.
export function age(typed) {
  return Math.max(0, Math.min(2 ** 31 - 1, Math.round(now() - typed)));
}

// The server's answer with its code; what is not our JSON has nothing but its code.  The time
// left is told to the clock of the page, less half the time that the question was under way.
export async function ask(token, url, method, content) {
  const begun = performance.now();
  const answer = await fetch(url, {
    method, body: content && JSON.stringify(content), signal: until(PATIENCE),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
    return { code: answer.redirected ? 401 : answer.status };
  }
  const reply = { ...await answer.json(), code: answer.status };
  if (typeof reply.seconds_left === "number") {
    const left = reply.seconds_left - (performance.now() - begun) / 2000;
    const { state, until } = reply;
    document.dispatchEvent(new CustomEvent("timeleft", { detail: { left, state, until } }));
  }
  return reply;
}
