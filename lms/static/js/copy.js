// A button copies the text of data-copies="#id" and says so in the words of data-done;
// where the browser refuses, the text is marked and data-failed says how to go on.
async function copied(source) {
  const text = source.value ?? source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {  // Without HTTPS a browser has no clipboard for pages, only for what is marked.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

export function start(button) {
  const words = document.createElement("span");
  words.className = "small muted";
  words.setAttribute("role", "status");
  button.after(" ", words);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(document.querySelector(button.dataset.copies));
    words.textContent = done ? button.dataset.done : button.dataset.failed ?? "";
  });
}
