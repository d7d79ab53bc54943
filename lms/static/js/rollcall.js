// Attendance without a line: what is chosen stays on this device until the server holds it, and
// goes to it by itself once "save" was pressed.
import { place, sent } from "./keeping.js";
import { chosen, differences, groups, restore, turn } from "./roll.js";

const AGAIN = 15_000;

export function start(form) {
  const device = place(`attendance-${form.dataset.roll}`);
  const note = form.querySelector("[data-says]");
  let held = true;
  let busy = false;
  let waiting = null;

  function say(words) {
    note.hidden = !words;
    note.firstElementChild.textContent = (words || "")
      .replace("%n", Object.keys(differences(form)).length)
      .replace("%t", new Date().toTimeString().slice(0, 5));
  }

  function keep() { held = device.write(differences(form)); }

  function hold(choices) {
    for (const [person, group] of Object.entries(groups(form))) {
      if (choices[person] && choices[person][1] === chosen(group)) {
        turn(group, choices[person][1], choices[person][1]);
      }
    }
    keep();
  }

  async function send(byItself) {
    if (busy) return;
    busy = true;
    clearTimeout(waiting);
    const choices = differences(form);
    const outcome = await sent(form);
    busy = false;
    if (outcome === "away") {
      say(form.dataset.kept);
      waiting = setTimeout(send, AGAIN, true);
    } else if (outcome === "saved") {
      hold(choices);
      if (byItself) say(form.dataset.sent);
      else location.assign(form.action);
    } else if (byItself) say(form.dataset.look);
    else form.submit();  // Sent once more, so that the page with the answer is shown.
  }

  function fill() {
    for (const group of Object.values(groups(form))) {
      if (!chosen(group)) turn(group, group.shown, "present");
    }
    keep();
  }

  if (restore(form, device.read(), form.dataset.clashes.split(" "))) say(form.dataset.unsent);
  keep();
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(false); });
  const all = document.getElementById("all-present");
  if (all) all.addEventListener("submit", (event) => { event.preventDefault(); fill(); send(false); });
  addEventListener("online", () => { if (waiting) send(true); });
  addEventListener("beforeunload", (event) => {
    if (held || !Object.keys(differences(form)).length) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
