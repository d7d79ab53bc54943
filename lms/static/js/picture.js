// A picture goes into the text at once: it is sent to data-url, and the lines that show it come
// back.  Without this script the button saves the whole form and adds the picture at the end.
export function start(box) {
  const said = box.querySelector("[data-said]");
  const named = (name) => box.querySelector(`[name=${name}]`);
  const { url, failed, added } = box.dataset;

  named("add_picture").addEventListener("click", async (event) => {
    event.preventDefault();
    event.target.setAttribute("aria-busy", "true");
    const form = box.closest("form");
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("alternative", named("alternative").value);
    if (named("file").files.length) data.append("file", named("file").files[0]);
    try {
      const answer = await fetch(url, { method: "POST", body: data });
      const { html, faults } = await answer.json();
      said.textContent = html ? added : faults.join(" ");
      if (html) {
        form.elements[named("into").value].dispatchEvent(new CustomEvent("insert", { detail: html }));
        named("alternative").value = named("file").value = "";
        named("file").dispatchEvent(new Event("change", { bubbles: true }));
      }
    } catch {
      said.textContent = failed;
    }
    event.target.removeAttribute("aria-busy");
  });
}
