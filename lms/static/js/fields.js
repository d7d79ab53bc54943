// The fields of one question, as the form would send them: pairs of a name and a value.  A button,
// such as the one that checks an answer for practice, is none.
const own = (section) => [...section.querySelectorAll("[name]:not(button)")];
const bare = (section, name) => name.slice(`s${section.dataset.slot}-`.length);

// What is answered now in `section`.
export function given(section) {
  const wanted = new Set(own(section).map((field) => field.name));
  return [...new FormData(section.closest("form"))]
    .filter(([name, value]) => wanted.has(name) && typeof value === "string")
    .map(([name, value]) => [bare(section, name), value])
    .filter(([name]) => name !== "base");
}

// Shows the answer `fields` in `section`.
export function show(section, fields) {
  for (const field of own(section)) {
    const values = fields.filter(([name]) => name === bare(section, field.name))
      .map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (!["hidden", "file", "submit", "image"].includes(field.type)) field.value = values[0] ?? "";
  }
  section.dispatchEvent(new Event("restored"));
}

// Whether `fields` hold anything at all.
export const filled = (fields) => fields.some(([, value]) => value.trim());

// Whether somebody changed a field of `section` since the page came from the server.
export const touched = (section) => own(section).some((field) => {
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex > 0 && !field.selectedOptions[0].defaultSelected;
  return field.type !== "hidden" && field.value !== field.defaultValue;
});
