// A label for a file field also takes what is dropped on it, names what was chosen with its size,
// and refuses a file larger than data-limit in the words of data-large.
const unit = (size, name, digits) => new Intl.NumberFormat(document.documentElement.lang, {
  maximumFractionDigits: digits }).format(size) + `\u00a0${name}`;
const size = (bytes) => (bytes < 1e6 ? unit(Math.max(1, bytes / 1e3), "KB", 0) : unit(bytes / 1e6, "MB", 1));

export function start(label) {
  const input = label.querySelector("input[type=file]");
  const chosen = label.appendChild(document.createElement("ul"));
  const { limit, large } = input.dataset;

  input.addEventListener("change", () => {
    const files = [...input.files];
    chosen.textContent = "";
    chosen.append(...files.map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}, ${size(file.size)}`;
      return line;
    }));
    input.setCustomValidity(limit && files.some((file) => file.size > limit) ? large : "");
    input.reportValidity();
  });
  label.addEventListener("dragover", (event) => {
    event.preventDefault();
    label.dataset.state = "over";
  });
  label.addEventListener("dragleave", () => { delete label.dataset.state; });
  label.addEventListener("drop", (event) => {
    event.preventDefault();
    delete label.dataset.state;
    const taken = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) {
      taken.items.add(file);
    }
    input.files = taken.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
