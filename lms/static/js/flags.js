// Questions marked for another look: kept on this device alone, until the test is handed in.
export function start(page) {
  const name = `flags-${page.dataset.attempt}`;
  const boxes = [...page.querySelectorAll("[data-flag]")];
  let flags = [];
  try { flags = JSON.parse(localStorage.getItem(name)) ?? []; } catch { /* Nothing is kept here. */ }

  function show() {
    for (const link of page.querySelectorAll("[data-place]")) {
      const marked = flags.includes(link.dataset.place);
      link.toggleAttribute("data-marked", marked);
      link.querySelector("[data-flagged]").hidden = !marked;
    }
  }

  for (const box of boxes) {
    box.checked = flags.includes(box.dataset.flag);
    box.closest("[hidden]").hidden = false;
    // A mark is no answer: nothing of it is sent.
    box.addEventListener("input", (event) => event.stopPropagation());
    box.addEventListener("change", (event) => {
      event.stopPropagation();
      flags = flags.filter((place) => place !== box.dataset.flag);
      if (box.checked) flags.push(box.dataset.flag);
      try { localStorage.setItem(name, JSON.stringify(flags)); } catch { /* It holds for this page. */ }
      show();
    });
  }
  page.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-submission]")) return;
    try { localStorage.removeItem(name); } catch { /* Nothing was kept. */ }
  });
  show();
}
