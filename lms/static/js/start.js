// Looks for data-uses="name other" and starts the behaviour of that name on the element.
// Whoever puts new elements into the page tells of them by the event "arrive".
const version = new URL(import.meta.url).search;

function startAll(root) {
  for (const element of root.querySelectorAll("[data-uses]")) {
    for (const name of element.dataset.uses.split(" ")) {
      import(`./${name}.js${version}`).then((behaviour) => behaviour.start(element));
    }
  }
}

document.addEventListener("arrive", (event) => startAll(event.target));
startAll(document);
