// A form shows its new answer as soon as a choice changes: any in it, or the one that asks for it.
import { submit } from "./pressed.js";

export function start(element) {
  element.addEventListener("change", () => submit(element.form ?? element));
}
