// No browser shows captions beside a sound: they stand below it, in the language of that line.
function showCaptions(player, line) {
  const track = [...player.textTracks].find(({ language }) => language === line.lang);
  track.mode = "hidden";  // It is read, and the browser shows nothing itself.
  track.addEventListener("cuechange", () => {
    line.hidden = false;
    line.textContent = [...track.activeCues].map((cue) => cue.getCueAsHTML().textContent)
      .join("\n") || "\u00a0";
  });
}

// A recording goes on where it was left: the place is kept at data-url.
export function start(player) {
  const line = player.parentNode.querySelector("[data-caption]");
  if (line) showCaptions(player, line);
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
