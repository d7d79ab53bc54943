// Leaves a test's page only where there is a line: without one the browser would put its own
// page of errors in the place of the test.
const { ask } = await import(`./server.js${new URL(import.meta.url).search}`);

export function leaving(page, typing, outbox, note) {
  let cut = false;
  outbox.addEventListener("trouble", ({ detail }) => { cut = detail === "offline"; });

  const reaches = () => ask(outbox.token, page.dataset.state, "GET").then(() => true, () => false);

  async function leave(url) {
    await typing.flush();
    if ((!cut && navigator.onLine) || await reaches()) return location.assign(url);
    const shown = note.show("offline");
    shown.tabIndex = -1;
    return shown.focus();
  }

  page.addEventListener("leave", ({ detail }) => leave(detail));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || event.defaultPrevented || (!cut && navigator.onLine)) return;
    event.preventDefault();
    leave(link.href);
  });
}
