// A search field hides the rows of data-filters="#id" that do not hold its words, marks or not;
// data-none="#id" is shown when no row is left.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export function start(input) {
  const rows = [...document.querySelectorAll(`${input.dataset.filters} [data-row]`)];
  const texts = rows.map((row) => fold(row.textContent));
  const none = input.dataset.none && document.querySelector(input.dataset.none);
  const show = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    rows.forEach((row, n) => { row.hidden = !words.every((word) => texts[n].includes(word)); });
    if (none) none.hidden = rows.some((row) => !row.hidden);
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  show();
}
