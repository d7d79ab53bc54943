// A form with a large file shows how much of it is sent, in the words of data-words
// ("%(percent)s"), and says data-failed when the line breaks; what was filled in stays.
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

function send(form, button) {
  const { words, failed } = form.dataset;
  const [bar, line] = shown(form);
  const request = new XMLHttpRequest();
  const busy = (is) => button?.toggleAttribute("disabled", is);
  const data = new FormData(form, button);

  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.max = total;
    bar.value = loaded;
    line.textContent = words.replace("%(percent)s", Math.floor((loaded / total) * 100));
  });
  request.addEventListener("load", () => {
    const next = request.getResponseHeader("X-Next");
    if (next) location.assign(next);
    else showPage(request.responseText);
  });
  request.addEventListener("error", () => {
    bar.hidden = true;
    line.textContent = failed;
    busy(false);
  });
  busy(true);
  request.open("POST", form.action);
  request.setRequestHeader("X-Sent-By", "script");
  request.send(data);
}

export function start(form) {
  form.addEventListener("submit", (event) => {
    const inputs = [...form.querySelectorAll("input[type=file]")];
    if (!inputs.some((input) => input.files.length)) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}
