// A recording goes on where it was left: the place is kept at data-url.
export function start(player) {
  let kept = Number(player.dataset.seconds);
  const keep = () => {
    const seconds = Math.floor(player.currentTime);
    if (seconds === kept) return;
    kept = seconds;
    fetch(player.dataset.url, {
      method: "POST", keepalive: true,
      body: new URLSearchParams({ seconds, csrf_token: player.dataset.token }),
    }).catch(() => { kept = -1; });  // The next round sends it again.
  };
  const go = () => { if (kept < player.duration - 5) player.currentTime = kept; };

  if (player.readyState >= HTMLMediaElement.HAVE_METADATA) go();
  else player.addEventListener("loadedmetadata", go, { once: true });
  player.addEventListener("pause", keep);
  addEventListener("pagehide", keep);
  setInterval(() => { if (!player.paused) keep(); }, 10000);
}
