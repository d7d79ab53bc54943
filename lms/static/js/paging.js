// All the questions of a page that shows one at a time: going on needs no line.
import { pressed } from "./pressed.js";

export function start(form) {
  const sections = [...form.querySelectorAll("[data-slot]")];
  const page = form.closest("[data-uses~=exam]"), heading = document.querySelector("h1");
  const [onward, back] = form.querySelectorAll("button[name=go]");
  const { onwards, last, backwards, heading: words } = form.dataset;

  function go(slot, remember = true) {
    if (!sections[slot]) {
      return page.dispatchEvent(new CustomEvent("leave", { detail: page.dataset.review }));
    }
    for (const section of sections) section.hidden = section !== sections[slot];
    for (const link of page.querySelectorAll(".map [data-goes]")) {
      if (Number(link.dataset.goes) === slot) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    const title = words.replace("%n", slot + 1);
    document.title = document.title.replace(heading.textContent, title);
    heading.textContent = title;
    onward.value = slot + 1;
    onward.textContent = slot < sections.length - 1 ? onwards.replace("%n", slot + 2) : last;
    back.hidden = slot === 0;
    back.value = slot - 1;
    back.textContent = backwards.replace("%n", slot);
    if (remember) {
      history.pushState({ slot }, "", page.querySelector(`.map [data-goes="${slot}"]`).href);
      scrollTo(0, 0);
      heading.tabIndex = -1;
      heading.focus();
    }
    return true;
  }

  form.addEventListener("submit", (event) => {
    // A file is sent with its form, as without scripts.
    const button = pressed(event);
    if (button?.hasAttribute("formaction")) return;
    event.preventDefault();
    go(Number((button?.name === "go" ? button : onward).value));
  });
  for (const link of page.querySelectorAll("[data-goes]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(Number(link.dataset.goes));
    });
  }
  const first = sections.findIndex((section) => !section.hidden);
  history.replaceState({ slot: first }, "");
  addEventListener("popstate", ({ state }) => { if (state) go(state.slot, false); });
}
