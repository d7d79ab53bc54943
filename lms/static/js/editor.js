// A text area of HTML becomes a page one writes on; what is written goes back into the area.
// The server cleans whatever arrives, and without this script the area takes plain HTML.
const COMMANDS = [
  ["h2", "formatBlock", "h2"], ["h3", "formatBlock", "h3"], ["p", "formatBlock", "p"],
  ["b", "bold"], ["i", "italic"], ["ul", "insertUnorderedList"], ["ol", "insertOrderedList"],
  ["quote", "formatBlock", "blockquote"], ["link", "createLink"],
];

export function start(area) {
  const words = JSON.parse(area.dataset.words);
  const page = document.createElement("div");
  page.className = "written prose stack";
  page.contentEditable = "true";
  page.setAttribute("role", "textbox");
  page.setAttribute("aria-multiline", "true");
  page.setAttribute("aria-label", area.labels[0].textContent);
  page.innerHTML = area.value;
  document.execCommand("defaultParagraphSeparator", false, "p");

  const bar = document.createElement("div");
  bar.className = "row";
  for (const [name, command, value] of COMMANDS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.size = "small";
    button.textContent = words[name];
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      page.focus();
      const given = command === "createLink" ? prompt(words.address, "https://") : value;
      if (command !== "createLink" || given) document.execCommand(command, false, given);
      area.value = page.innerHTML;
    });
    bar.append(button);
  }

  page.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  page.addEventListener("input", () => {
    area.value = page.innerHTML;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  area.hidden = true;
  area.before(bar, page);
}
