// Leaves a test's page only where there is a line: without one the browser would put its own
// page of errors in the place of the test.
import { pressed } from "./pressed.js";
import { ask } from "./server.js";

export function leaving(page, typing, outbox, note) {
  let cut = false;
  outbox.addEventListener("trouble", ({ detail }) => { cut = detail && detail !== "signed-out"; });

  const reaches = () => ask(outbox.token, page.dataset.state, "GET")
    .then((reply) => Boolean(reply.attempt), () => false);

  function stay() {
    const shown = note.show("offline");
    shown.tabIndex = -1;
    shown.focus();
  }

  async function leave(url) {
    await typing.flush();
    return (!cut && navigator.onLine) || await reaches() ? location.assign(url) : stay();
  }

  // A file is sent with the page itself, which must not be lost; what was chosen stays chosen.
  page.addEventListener("submit", (event) => {
    if (!pressed(event)?.hasAttribute("formaction") || (!cut && navigator.onLine)) return;
    event.preventDefault();
    stay();
  });

  // What is kept in this page alone goes with it.
  addEventListener("beforeunload", (event) => {
    if (outbox.fleeting && outbox.unsent) event.preventDefault();
  });

  page.addEventListener("leave", ({ detail }) => leave(detail));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || event.defaultPrevented || (!cut && navigator.onLine)) return;
    event.preventDefault();
    leave(link.href);
  });
}
