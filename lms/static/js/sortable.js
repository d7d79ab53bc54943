// Rows of a list are drawn to another place by a handle, with a mouse or a finger.  The move is
// sent by the row's own form data-moves, whose field "position" the button "up" uses too;
// the keyboard has the buttons "up" and "down".
import { submit } from "./pressed.js";

function handle() {
  const grip = document.createElement("span");
  grip.className = "handle";
  grip.setAttribute("aria-hidden", "true");
  return grip;
}

export function start(list) {
  let moving = null;
  let before = 0;
  const place = () => [...list.children].indexOf(moving);

  for (const form of list.querySelectorAll("form[data-moves]")) form.before(handle());

  list.addEventListener("pointerdown", (event) => {
    if (event.button || !event.target.classList.contains("handle")) return;
    event.preventDefault();
    moving = [...list.children].find((row) => row.contains(event.target));
    moving.dataset.moving = "";
    before = place();
    list.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!moving) return;
    const next = [...list.children].find((row) => {
      const box = row.getBoundingClientRect();
      return row !== moving && event.clientY < box.top + box.height / 2;
    });
    list.insertBefore(moving, next ?? null);
    if (event.clientY < 48) scrollBy(0, -12);
    if (event.clientY > innerHeight - 96) scrollBy(0, 12);
  });

  function drop(send) {
    if (!moving) return;
    const after = place();
    const form = moving.querySelector("form[data-moves]");
    if (!send) list.insertBefore(moving, list.children[before + (before > after)] ?? null);
    delete moving.dataset.moving;
    moving = null;
    if (!send || after === before) return;
    form.elements.position.value = after;
    submit(form);
  }
  list.addEventListener("pointerup", () => drop(true));
  list.addEventListener("pointercancel", () => drop(false));
  addEventListener("keydown", (event) => { if (event.key === "Escape") drop(false); });
}
