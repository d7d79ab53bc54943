// A place on a picture: where it is pressed stands in the field of the question, in per cent of
// width and height; the list below the picture does the same by names, without this script.
export function start(box) {
  const part = box.closest("fieldset"), picture = box.querySelector("img");
  const field = part.querySelector("[data-spot] input");
  const mark = box.appendChild(document.createElement("span"));
  const percent = (at, all) => Math.min(100, Math.max(0, Math.round((1000 * at) / all) / 10));

  function draw() {
    const [left, top] = field.value.split(",");
    mark.hidden = field.closest("[data-spot]").hidden = !field.value;
    mark.style.left = `${left}%`;
    mark.style.top = `${top}%`;
  }

  picture.addEventListener("click", ({ offsetX, offsetY }) => {
    field.value = [percent(offsetX, picture.clientWidth), percent(offsetY, picture.clientHeight)];
    for (const radio of part.querySelectorAll("[type=radio]")) radio.checked = false;
    draw();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  part.addEventListener("change", ({ target }) => {
    if (target.type === "radio") field.value = "";
    draw();
  });
  part.closest("[data-slot]")?.addEventListener("restored", draw);
  draw();
}
