// A label for a file field also takes a file that is dropped on it, and names what was chosen.
export function start(label) {
  const input = label.querySelector("input[type=file]");
  const chosen = label.appendChild(document.createElement("p"));
  const show = () => {
    chosen.textContent = [...input.files]
      .map((file) => `${file.name}, ${Math.max(1, Math.round(file.size / 1000))} KB`).join("; ");
  };
  const over = (is) => (event) => {
    event.preventDefault();
    label.dataset.state = is ? "over" : "";
  };
  label.addEventListener("dragover", over(true));
  label.addEventListener("dragleave", over(false));
  label.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    show();
  });
  input.addEventListener("change", show);
}
