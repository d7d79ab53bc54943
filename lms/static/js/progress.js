// A progress bar asks data-url how far the work is, and goes on to what the answer calls "next".
export function start(figure) {
  const bar = figure.querySelector("progress");
  const words = figure.querySelector("[data-words]");
  const ask = async () => {
    const answer = await fetch(figure.dataset.url, { headers: { Accept: "application/json" } });
    const state = await answer.json();
    if (state.finished) {
      location.assign(state.next);
      return;
    }
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
      words.textContent = state.text;
    }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 500);
}
