// The time left by the server's clock, counted on this device's steady clock.
export function start(element) {
  const end = performance.now() + Number(element.dataset.seconds) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    element.textContent = element.dataset.words
      .replace("%m", Math.floor(left / 60)).replace("%s", left % 60);
    if (left === 0) location.assign(element.dataset.over);
    else setTimeout(tick, 1000);
  };
  tick();
}
