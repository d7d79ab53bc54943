// A text area of HTML becomes a page one writes on; what is written goes back into the area.
// The server cleans whatever arrives, and without this script the area takes plain HTML.
// data-words names the buttons; one without a word is left out.  The event "insert" puts lines in at the caret, where it last was.
const COMMANDS = [
  ["h2", "formatBlock", "h2"], ["h3", "formatBlock", "h3"], ["p", "formatBlock", "p"],
  ["b", "bold"], ["i", "italic"], ["ul", "insertUnorderedList"], ["ol", "insertOrderedList"],
  ["quote", "formatBlock", "blockquote"], ["link", "createLink"],
];

function written(area) {
  const page = document.createElement("div");
  page.className = "written prose stack";
  page.contentEditable = "true";
  page.lang = area.lang || "vi";
  page.setAttribute("role", "textbox");
  page.setAttribute("aria-multiline", "true");
  page.setAttribute("aria-label", area.labels[0].textContent);
  page.innerHTML = area.value;
  return page;
}

function button(bar, word, press) {
  const made = bar.appendChild(document.createElement("button"));
  made.type = "button";
  made.className = "button";
  made.dataset.size = "small";
  made.textContent = word;
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => press(made));
}

export function start(area) {
  const words = JSON.parse(area.dataset.words);
  const page = written(area);
  const bar = document.createElement("div");
  let caret = null;
  const keep = () => {
    area.value = page.innerHTML;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  bar.className = "row";
  document.execCommand("defaultParagraphSeparator", false, "p");
  for (const [name, command, value] of COMMANDS.filter(([name]) => words[name])) {
    button(bar, words[name], () => {
      page.focus();
      const given = command === "createLink" ? prompt(words.address, "https://") : value;
      if (command !== "createLink" || given) document.execCommand(command, false, given);
      keep();
    });
  }
  button(bar, words.source, (self) => {
    page.innerHTML = area.value;
    [area.hidden, page.hidden] = [page.hidden, area.hidden];
    self.setAttribute("aria-pressed", page.hidden);
  });
  page.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  page.addEventListener("input", keep);
  page.addEventListener("blur", () => { caret = getSelection().rangeCount ? getSelection().getRangeAt(0) : null; });
  area.addEventListener("insert", (event) => {
    const lines = document.createRange().createContextualFragment(event.detail);
    if (caret && page.contains(caret.endContainer)) {
      const block = [...page.children].find((child) => child.contains(caret.endContainer));
      page.insertBefore(lines, block ? block.nextSibling : null);
    } else page.append(lines);
    keep();
  });
  area.labels[0].addEventListener("click", () => page.focus());
  area.hidden = true;
  area.before(bar, page);
}
