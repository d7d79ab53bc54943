// Rows of a list can be dragged to another place; the move is sent by the row's own form,
// whose field "position" the buttons "up" and "down" use too.
export function start(list) {
  let moving = null;
  for (const row of list.children) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      moving = row;
      event.dataTransfer.effectAllowed = "move";
    });
    row.addEventListener("dragover", (event) => {
      event.preventDefault();
      if (!moving || moving === row) return;
      const middle = row.getBoundingClientRect().top + row.offsetHeight / 2;
      list.insertBefore(moving, event.clientY < middle ? row : row.nextSibling);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      const form = row.querySelector("form[data-moves]");
      form.elements.position.value = [...list.children].indexOf(row);
      form.requestSubmit();
    });
  }
}
