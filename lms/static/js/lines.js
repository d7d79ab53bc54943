// The numbers beside a text keep step with its lines, and a link to a line puts the cursor there.
export function start(box) {
  const [numbers, text] = [box.querySelector("ol"), box.querySelector("textarea")];
  const count = () => {
    const wanted = text.value.split("\n").length;
    while (numbers.children.length < wanted) numbers.append(document.createElement("li"));
    while (numbers.children.length > wanted) numbers.lastElementChild.remove();
    text.rows = wanted + 1;
  };
  document.addEventListener("click", (event) => {
    const line = event.target.closest("a[href^='#line-']")?.hash.slice(6);
    if (!line) return;
    const before = text.value.split("\n").slice(0, line - 1).join("\n").length;
    // Going to the line takes the focus away, so the text has it only after that.
    setTimeout(() => {
      text.focus({ preventScroll: true });
      text.setSelectionRange(before + (line > 1), before + (line > 1));
    });
  });
  text.addEventListener("input", count);
  count();
}
