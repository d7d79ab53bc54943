// Which button sent a form, and sending one without.  Old browsers do not say it with the event; then it is the last
// one pressed, for the key Enter presses a button too.
let last = null;

document.addEventListener("click", ({ target }) => { last = target.closest("button"); }, true);

export function pressed({ submitter, target }) {
  return submitter ?? (last && last.form === target ? last : null);
}

export function submit(form) {
  if (form.requestSubmit) form.requestSubmit();
  else form.submit();
}
