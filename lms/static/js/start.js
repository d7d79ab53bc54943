// Looks for data-uses="name other" and starts the behaviour of that name on the element.
const version = new URL(import.meta.url).search;

for (const element of document.querySelectorAll("[data-uses]")) {
  for (const name of element.dataset.uses.split(" ")) {
    import(`./${name}.js${version}`).then((behaviour) => behaviour.start(element));
  }
}
