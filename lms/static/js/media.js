// A recording goes on where it was left: the place is kept at data-url.
export function start(player) {
  let kept = Number(player.dataset.seconds);
  const keep = () => {
    const seconds = Math.floor(player.currentTime);
    if (seconds === kept) return;
    kept = seconds;
    fetch(player.dataset.url, {
      method: "POST", keepalive: true,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": player.dataset.token },
      body: new URLSearchParams({ seconds }),
    });
  };
  player.addEventListener("loadedmetadata", () => {
    if (kept < player.duration - 5) player.currentTime = kept;
  });
  player.addEventListener("pause", keep);
  setInterval(() => { if (!player.paused) keep(); }, 10000);
}
