// The time left by the server's clock, counted on this device's steady clock.  A page that hears
// from the server sets it right by the event "timeleft"; at the end comes "timeover".  The last
// five minutes are seen, and what is left at five and at one is said to whoever only hears.
const SOON = 300, SAID = [300, 60];

export function start(element) {
  const { words, held, over } = element.dataset, box = element.parentElement;
  const until = box.querySelector("[data-until]"), said = box.querySelector("[role=status]");
  let told = Number(element.dataset.seconds), since = performance.now(), timer;
  let stands = element.dataset.stands === "yes";

  function tick() {
    clearTimeout(timer);
    const gone = stands ? 0 : (performance.now() - since) / 1000;
    const left = Math.max(0, Math.round(told - gone));
    element.textContent = (stands ? held : words)
      .replace("%m", Math.floor(left / 60)).replace("%s", left % 60);
    if (SAID.includes(left) && !stands && said) said.textContent = element.textContent;
    element.toggleAttribute("data-soon", left <= SOON);
    if (left > 0 || stands) return (timer = setTimeout(tick, 1000));
    const waits = document.dispatchEvent(new Event("timeover", { cancelable: true }));
    return waits && location.assign(over);
  }

  // What the server says of its clock holds: time may have been given, or be paused, meanwhile.
  document.addEventListener("timeleft", ({ detail }) => {
    told = detail.left;
    since = performance.now();
    stands = detail.state === "paused";
    if (until) {
      until.hidden = stands || !detail.until;
      if (detail.until) until.textContent = until.dataset.until.replace("%t", detail.until);
    }
    if (told > 0 || stands) tick();
  });
  tick();
}
