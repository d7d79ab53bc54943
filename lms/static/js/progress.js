// A progress bar asks data-url how far the work is, and goes on to what the answer calls "next".
// While the line is down it asks less often, and goes on asking.
export function start(figure) {
  const bar = figure.querySelector("progress");
  const words = figure.querySelector("[data-words]");
  let pause = 1000;

  function show(state) {
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
    }
    if (state.text) words.textContent = state.text;
  }

  async function ask() {
    try {
      const answer = await fetch(figure.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.redirected) return location.reload();  // The session ended meanwhile.
      const state = await answer.json();
      if (state.finished) return location.assign(state.next);
      show(state);
      pause = 1000;
    } catch {
      pause = Math.min(pause * 2, 15000);
    }
    return setTimeout(ask, pause);
  }
  setTimeout(ask, 500);
}
