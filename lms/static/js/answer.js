// An answer is kept on this device first, then sent; the page says "saved" only after the
// server has said so. What could not be sent is sent again until it is.
const client = sessionStorage.client ??= crypto.randomUUID?.() ?? String(Math.random()).slice(2);

function given(form) {
  const pairs = [...form.querySelectorAll("select[name^='a-']")];
  if (pairs.length) return pairs.filter((s) => s.value).map((s) => `${s.name.slice(2)}=${s.value}`);
  const text = form.querySelector("input[name=a]:not([type=radio],[type=checkbox])");
  if (text) return text.value.trim() ? [text.value.trim()] : [];
  return [...form.querySelectorAll("input[name=a]:checked")].map((input) => input.value);
}

export function start(form) {
  const { url, attempt, slot, token, saved, saving, kept } = form.dataset;
  const badge = form.querySelector(".save .status");
  const shelf = `answers-${attempt}`;
  const waiting = () => JSON.parse(localStorage.getItem(shelf) || "{}");
  const keep = (queue) => localStorage.setItem(shelf, JSON.stringify(queue));
  let sending = false;
  let pause = 1000;

  function say(kind, words) {
    badge.dataset.status = kind;
    badge.textContent = words;
  }

  async function send() {
    const [key, item] = Object.entries(waiting())[0] ?? [];
    if (!key || sending) return;
    sending = true;
    say("wait", saving);
    try {
      const answer = await fetch(item.url, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ client, seq: item.seq, answer: item.answer }),
      });
      // What was refused once is refused again: it leaves the shelf, and the page shows what is kept.
      const state = answer.status === 409 ? null : await answer.json();
      if (state && !(answer.ok && state.rev)) throw new Error("not an acknowledgement");
      const queue = waiting();
      if (queue[key]?.seq === item.seq) delete queue[key];
      keep(queue);
      if (!state) return location.reload();
      pause = 1000;
      say("good", `${saved} ${state.saved_at}`);
    } catch {
      say("warn", `${kept} (${Object.keys(waiting()).length})`);
      pause = Math.min(pause * 2, 15000);
    } finally {
      sending = false;
    }
    if (Object.keys(waiting()).length) setTimeout(send, pause);
  }

  function changed() {
    const seq = Number(sessionStorage.seq || 0) + 1;
    sessionStorage.seq = seq;
    keep({ ...waiting(), [slot]: { url, seq, answer: given(form) } });
    send();
  }

  let typing;
  form.addEventListener("change", changed);
  form.addEventListener("input", (event) => {
    if (event.target.type !== "text") return;
    clearTimeout(typing);
    typing = setTimeout(changed, 1000);
  });
  addEventListener("online", send);
  send();
}
