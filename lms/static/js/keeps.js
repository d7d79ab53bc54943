// Before a test: whether this browser keeps what is answered until it is sent, or says that it does
// not while nothing is lost yet.
const { open } = await import(`./shelf.js${new URL(import.meta.url).search}`);

export async function start(element) {
  element.querySelector("[data-note]").hidden = (await open()).kind !== "memory";
}
