// Which button sent a form, and sending one without.  Old browsers do not say it with the event;
// then it is the last one pressed, for the key Enter presses a button too.
let last = null;

document.addEventListener("click", ({ target }) => { last = target.closest("button"); }, true);

export function pressed({ submitter, target }) {
  return submitter ?? (last && last.form === target ? last : null);
}

// What the button says, as a hidden field: a form sent without it would not say it.
export function asField(button) {
  const field = document.createElement("input");
  const { name = "go", value = "" } = button ?? {};
  return Object.assign(field, { type: "hidden", name, value });
}

// All that `form` says when `button` sends it.
export function saidBy(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

export function submit(form) {
  if (form.requestSubmit) form.requestSubmit();
  else form.submit();
}
