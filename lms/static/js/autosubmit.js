// A filter form shows its new answer as soon as a choice changes.
export function start(form) {
  form.addEventListener("change", () => form.requestSubmit());
}
