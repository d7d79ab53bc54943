// Areas are drawn on a picture: the row one is writing in gets the numbers of what is drawn, in
// per cent of width and height.  What the rows hold is shown on the picture.
const NS = "http://www.w3.org/2000/svg";
const made = (name, attributes) => {
  const shape = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  return shape;
};

export function start(box) {
  const picture = box.querySelector("img"), form = box.closest("form");
  const rows = [...form.querySelectorAll("[data-area]")];
  const layer = box.appendChild(made("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }));
  const part = (row, name) => row.querySelector(`[name$=-${name}]`);
  const round = (value) => Math.min(100, Math.max(0, Math.round(value * 10) / 10));
  const ratio = () => picture.clientWidth / picture.clientHeight;
  let current = rows[0], from = null;

  function show() {
    layer.textContent = "";
    layer.append(...rows.map((row) => {
      const at = part(row, "points").value.replace(/,/g, ".").split(/[\s;]+/).map(Number), shape = part(row, "shape").value;
      const look = { class: row === current ? "area now" : "area" };
      if (at.length < 3 || at.some(Number.isNaN)) return made("g", {});
      if (shape === "circle") return made("ellipse", { ...look, cx: at[0], cy: at[1], rx: at[2], ry: at[2] * ratio() });
      if (shape === "polygon") return made("polygon", { ...look, points: at.join(" ") });
      const [left, top, right, bottom] = at;
      return made("rect", { ...look, x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left) || 0, height: Math.abs(bottom - top) || 0 });
    }));
  }

  function place(event) {
    const frame = picture.getBoundingClientRect();
    return [round((100 * (event.clientX - frame.left)) / frame.width), round((100 * (event.clientY - frame.top)) / frame.height)];
  }

  function draw(to) {
    const shape = part(current, "shape").value, field = part(current, "points");
    const across = to[0] - from[0], down = (to[1] - from[1]) / ratio();
    if (shape === "circle") field.value = [...from, round(Math.hypot(across, down))].join(" ");
    else if (shape === "rect") field.value = [...from, ...to].join(" ");
    show();
  }

  for (const row of rows) {
    row.addEventListener("focusin", () => { current = row; show(); });
    row.addEventListener("input", show);
  }
  box.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    from = place(event);
    box.setPointerCapture(event.pointerId);
    if (part(current, "shape").value !== "polygon") return;
    const field = part(current, "points");
    field.value = `${field.value} ${from.join(" ")}`.trim();
    show();
  });
  box.addEventListener("pointermove", (event) => { if (from) draw(place(event)); });
  box.addEventListener("pointerup", () => { from = null; });
  picture.addEventListener("load", show);
  show();
}
