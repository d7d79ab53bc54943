// Before a test: whether this browser keeps what is answered until it is sent, or says that it does
// not while nothing is lost yet.
import { open } from "./shelf.js";

export async function start(element) {
  element.querySelector("[data-note]").hidden = (await open()).kind !== "memory";
}
