// Sends a large file in pieces, as tus 1.0.0 has it: what arrived stays, and when the line comes
// back, or the same file is chosen again days later, the sending goes on from there.
import { until } from "./patience.js";

const FIRST = 256 * 1024;
const LARGEST = 4 * 1024 * 1024;
// Seconds: a piece that takes less lets the next be twice as large; one that takes more, half.
const QUICK = 3;
const WAITS = [1, 2, 4, 8, 15];
const PATIENCE = 120_000;

const wait = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));

function ask(token, url, method, headers, body) {
  return fetch(url, { method, body, signal: until(PATIENCE),
    headers: { "X-CSRFToken": token, "Tus-Resumable": "1.0.0", ...headers } });
}

// Base64 of a name in any letters.
const encoded = (name) => btoa(String.fromCharCode(...new TextEncoder().encode(name)));

// A definite no, after which nothing is tried again.
class Refused extends Error {}

// How many bytes the server has, by its answer.
function offset(answer) {
  const told = answer.headers.get("Upload-Offset");
  if (told === null && answer.status < 500) throw new Refused(`answered ${answer.status}`);
  if (told === null) throw new Error(`answered ${answer.status}`);
  return Number(told);
}

// Where the file goes on: its address, and how many of its bytes are there already.
async function beginning(file, token, place, mark) {
  const known = localStorage.getItem(mark);
  let answer = known && await ask(token, known, "HEAD");
  if (!answer || answer.redirected || answer.status === 404) {
    answer = await ask(token, place, "POST", { "Upload-Length": file.size,
      "Upload-Metadata": `filename ${encoded(file.name)}` });
  }
  const here = offset(answer);
  localStorage.setItem(mark, answer.headers.get("Location"));
  return { url: answer.headers.get("Location"), here };
}

// The address under which `file` lies whole, once it does; `tell(sent, broken)` says how it goes.
export async function send(file, token, place, tell) {
  const mark = `sending ${file.name} ${file.size} ${file.lastModified}`;
  let length = FIRST;
  for (let tries = 0, at; ; ) {
    try {
      at = at ?? await beginning(file, token, place, mark);
      tell(at.here, false);
      if (at.here === file.size) return at.url;
      const begun = performance.now();
      at.here = offset(await ask(token, at.url, "PATCH", { "Upload-Offset": at.here,
        "Content-Type": "application/offset+octet-stream" },
      file.slice(at.here, at.here + length)));
      const quick = performance.now() - begun < QUICK * 1000;
      length = quick ? Math.min(LARGEST, length * 2) : Math.max(FIRST, length / 2);
      tries = 0;
    } catch (trouble) {
      if (trouble instanceof Refused) throw trouble;
      tell(at?.here ?? 0, true);
      await wait(WAITS[Math.min(tries++, WAITS.length - 1)]);
      at = undefined;
      length = FIRST;
    }
  }
}
