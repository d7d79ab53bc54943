// The notes of a test's page: each stands in the page, hidden until it is true.
export function notes(page) {
  const find = (name) => page.querySelector(`[data-note="${name}"]`);

  function show(name, seen = true) {
    const note = find(name);
    if (note) note.hidden = !seen;
    return note;
  }

  // Nothing more can be typed, and the note says why.
  function lock(name) {
    for (const form of page.querySelectorAll("form")) form.toggleAttribute("inert", true);
    show(name)?.scrollIntoView({ block: "nearest" });
  }

  // It can be typed again, and the notes called `names` are no longer true.
  function unlock(...names) {
    for (const form of page.querySelectorAll("form")) form.toggleAttribute("inert", false);
    for (const name of names) show(name, false);
  }

  function trouble(name) {
    for (const one of ["offline", "portal", "signed-out"]) show(one, one === name);
  }

  // Another device changed the answer meanwhile: both are kept, and this one may be given again.
  function conflict(reply, section, typing) {
    section.dataset.rev = reply.theirs.rev;
    const note = show("conflict");
    note.querySelector("[data-words]").textContent = note.dataset.text
      .replace("%n", reply.slot + 1).replace("%t", reply.theirs.saved_at);
    note.querySelector("[data-mine]").onclick = () => {
      note.hidden = true;
      typing.keep(section, true);
    };
  }

  // The clock stands still or goes on: since when and why is seen wherever the page is scrolled to.
  function paused({ pause }) {
    const before = find("paused")?.hidden, note = show("paused", Boolean(pause));
    if (note && pause) note.querySelector("[data-words]").textContent = pause;
    if (note && pause && before) note.scrollIntoView({ block: "center" });
  }

  function told(reply, typing) {
    if (reply.state) paused(reply);
    const section = page.querySelector(`[data-slot="${reply.slot}"]`);
    if (reply.code === 422) show("wrong").querySelector("[data-words]").textContent = reply.error;
    else if (reply.status === "conflict" && section) conflict(reply, section, typing);
    else if (reply.status === "accepted" && section) section.dataset.rev = reply.rev;
    else if (reply.late || reply.status === "refused") show("late");
  }

  // What the buttons of the notes do that are called `name`.
  function on(name, act) {
    for (const button of page.querySelectorAll(`[data-${name}]`)) button.onclick = act;
  }

  on("reload", () => location.reload());
  return { on, show, lock, unlock, paused, trouble, told };
}
