// A text area without an editor takes the lines of a picture at its end.
export function start(area) {
  area.addEventListener("insert", ({ detail }) => {
    area.value = `${area.value}${detail}`;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
