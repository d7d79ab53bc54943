// A form with a file says how much of it is sent (data-words), or that it could not be
// (data-failed); what was filled in stays.  A large file goes ahead in pieces, to data-pieces, and
// the form takes only its key along; data-broken says that it goes on when the line is back.
import { pressed, saidBy } from "./pressed.js";
import { send as sendAhead } from "./sending.js";

const LARGE = 1024 * 1024;

function shown(form) {
  form.querySelector(":scope > .progress")?.remove();
  const box = document.createElement("div");
  const bar = box.appendChild(document.createElement("progress"));
  const line = box.appendChild(document.createElement("p"));
  box.className = "progress section";
  line.setAttribute("role", "status");
  form.append(box);
  return [bar, line];
}

function showPage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  main.dispatchEvent(new Event("arrive", { bubbles: true }));
  main.focus();
  scrollTo(0, 0);
}

// Sends the large files of `form` ahead; gives what the form then says.
async function ahead(form, button, tell) {
  const data = saidBy(form, button);
  for (const [name, file] of [...data]) {
    if (!(file instanceof File) || file.size < LARGE || !form.dataset.pieces) continue;
    const url = await sendAhead(file, data.get("csrf_token"), form.dataset.pieces,
      (sent, broken) => tell(sent, file.size, broken));
    data.delete(name);
    data.set(`${name}-arrived`, url.split("/").pop());
  }
  return data;
}

function sendForm(form, data, tell, fail) {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => tell(loaded, total));
  request.addEventListener("load", () => {
    const next = request.getResponseHeader("X-Next");
    if (next) location.assign(next);
    else showPage(request.responseText);
  });
  request.addEventListener("error", fail);
  request.open("POST", form.action);
  request.setRequestHeader("X-Sent-By", "script");
  request.send(data);
}

function send(form, button) {
  const { words, failed, broken } = form.dataset;
  const [bar, line] = shown(form);
  const tell = (sent, total, cut = false) => {
    const percent = words.replace("%(percent)s", Math.floor((sent / total) * 100));
    Object.assign(bar, { max: total, value: sent });
    line.textContent = cut ? `${percent}. ${broken}` : percent;
  };
  const fail = () => {
    bar.hidden = true;
    line.textContent = failed;
    button?.removeAttribute("disabled");
  };
  ahead(form, button, tell).then((data) => sendForm(form, data, tell, fail)).catch(fail);
  button?.setAttribute("disabled", "");  // Only now: what it says goes along.
}

export function start(form) {
  form.addEventListener("submit", (event) => {
    if (![...form.querySelectorAll("input[type=file]")].some(({ files }) => files.length)) return;
    event.preventDefault();
    send(form, pressed(event));
  });
}
