// The end of the time by the clock of the page: what is typed stands, and the server has the last
// word.  Where it gives more time, or stands still, the page goes on as before; where it gives less
// than before, the page says so.
const NOTICED = 30_000;

export function timeOver(outbox, note, finish) {
  let over = false, ends = null;

  function look({ state, seconds_left: left }) {
    const before = ends;
    ends = state === "running" && left !== null ? performance.now() + left * 1000 : null;
    if (before && ends && ends < before - NOTICED) note.show("earlier");
  }

  document.addEventListener("timeover", (event) => {
    event.preventDefault();
    if (over) return;
    over = true;
    note.lock("time-over");
    outbox.run();
  });
  outbox.addEventListener("standing", ({ detail }) => {
    look(detail);
    if (!over) return;
    over = false;
    if (detail.seconds_left > 0 || detail.state === "paused") note.unlock("time-over");
    else finish();
  });
}
