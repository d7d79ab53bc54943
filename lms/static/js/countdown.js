// The time left by the server's clock, counted on this device's steady clock.  A page that hears
// from the server sets it right by the event "timeleft"; at the end comes "timeover".  The last
// five minutes are seen, and what is left at five and at one is said to whoever only hears.
const SOON = 300, SAID = [300, 60];

export function start(element) {
  let end = performance.now() + Number(element.dataset.seconds) * 1000;
  let stands = element.dataset.stands === "yes";
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    element.textContent = element.dataset.words
      .replace("%m", Math.floor(left / 60)).replace("%s", left % 60);
    const said = element.parentElement.querySelector("[role=status]");
    if (SAID.includes(left) && !stands && said) said.textContent = element.textContent;
    element.toggleAttribute("data-soon", left <= SOON);
    if (stands) end += 1000;
    if (left > 0) return setTimeout(tick, 1000);
    const over = document.dispatchEvent(new Event("timeover", { cancelable: true }));
    return over && location.assign(element.dataset.over);
  };
  document.addEventListener("timeleft", ({ detail }) => {
    end = performance.now() + detail.left * 1000;
    stands = detail.state === "paused";
  });
  tick();
}
