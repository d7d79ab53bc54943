// A search field hides the rows of data-filters="#id" that do not hold its words, marks or not.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export function start(input) {
  const rows = [...document.querySelectorAll(`${input.dataset.filters} [data-row]`)];
  const texts = rows.map((row) => fold(row.textContent));
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    rows.forEach((row, n) => { row.hidden = !words.every((word) => texts[n].includes(word)); });
  });
}
