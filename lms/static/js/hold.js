// Loaded before the page is seen, unlike the others: a hand that is faster than the scripts of a
// test hands in by them all the same, so that what waits on this device is sent first.
(() => {
  const PATIENCE = 15_000;
  let form = null;

  function hold(event) {
    if (!event.target.matches("[data-submission]")) return;
    event.preventDefault();
    if (form) return;
    form = event.target;
    setTimeout(() => form?.submit(), PATIENCE);
  }

  document.addEventListener("submit", hold);
  document.addEventListener("takeover", () => {
    document.removeEventListener("submit", hold);
    const held = form;
    form = null;
    held?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
})();
