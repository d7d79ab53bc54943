// Renews what stands in the element from the page's own address, every data-seconds; whoever is
// typing in it is left alone, and what had the focus has it again.
export function start(hall) {
  async function renew() {
    const busy = document.hidden || hall.querySelector("input:focus");
    const answer = busy ? null : await fetch(location.href).catch(() => null);
    if (answer?.redirected) return location.reload();
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(hall.id);
      const focused = hall.contains(document.activeElement) && document.activeElement.getAttribute("href");
      if (fresh && !hall.querySelector("input:focus")) {
        hall.textContent = "";
        hall.append(...fresh.childNodes);
      }
      if (focused) hall.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    }
    return setTimeout(renew, hall.dataset.seconds * 1000);
  }
  setTimeout(renew, hall.dataset.seconds * 1000);
}
