// The end of the time by the clock of the page: what is typed stands, and the server has the last
// word.  Where it gives more time, or stands still, the page goes on as before.
export function timeOver(outbox, note, finish) {
  let over = false;

  document.addEventListener("timeover", (event) => {
    event.preventDefault();
    if (over) return;
    over = true;
    note.show("time-over");
    note.lock("handing");
    outbox.run();
  });
  outbox.addEventListener("standing", ({ detail }) => {
    if (!over) return;
    over = false;
    if (detail.seconds_left > 0 || detail.state === "paused") note.unlock("time-over", "handing");
    else finish();
  });
}
