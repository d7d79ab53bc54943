// The choices of a roll call.  The name of each says what the page showed, so that the server sees
// where somebody else marked the same person meanwhile.
const NAME = /^(m-\d+-(\d+)-)([a-z]*)$/;

// enrolment → the choices of one person: their radio buttons, and the mark the page showed.
export function groups(form) {
  const found = {};
  for (const radio of form.querySelectorAll("input[type=radio]")) {
    const [, stem, person, shown] = NAME.exec(radio.name);
    found[person] = found[person] || { stem, shown, radios: [] };
    found[person].radios.push(radio);
  }
  return found;
}

export function chosen(group) {
  const one = group.radios.find((radio) => radio.checked);
  return one ? one.value : "";
}

// From now on the page showed `shown`, and `mark` is chosen.
export function turn(group, shown, mark) {
  for (const radio of group.radios) radio.name = group.stem + shown;
  for (const radio of group.radios) radio.checked = radio.value === mark;
}

// What is chosen and differs from what was shown: enrolment → [shown, chosen].
export function differences(form) {
  const found = {};
  for (const [person, group] of Object.entries(groups(form))) {
    const mark = chosen(group);
    if (mark !== group.shown) found[person] = [group.shown, mark];
  }
  return found;
}

// Chooses again what was kept of those who are still there, unless the server holds it by now.
export function restore(form, kept, settled) {
  let count = 0;
  for (const [person, group] of Object.entries(groups(form))) {
    const [shown, mark] = kept[person] || [];
    if (mark === undefined || mark === group.shown || settled.includes(person)) continue;
    turn(group, shown, mark);
    count += 1;
  }
  return count;
}
