// Hands a test in, once the server holds every answer that this device gave.
const { ask } = await import(`./server.js${new URL(import.meta.url).search}`);

export async function handIn(outbox, url) {
  const held = (await outbox.kept()).filter((one) => one.held);
  const reply = await ask(outbox.token, url, "POST", {
    sent: { [outbox.shelf.client]: held.map((one) => one.seq) } }).catch(() => ({}));
  const missing = new Set((reply.missing ?? []).map(([, seq]) => seq));
  await outbox.release(({ seq }) => missing.has(seq));
  if (!reply.result) return outbox.later(1);
  await outbox.finish();
  return location.assign(reply.result);
}
