// On every page: opens the search with a button, / or Ctrl+K. The rest is fetched when somebody searches. A browser that has no
// dialogs follows the button to the page /buscar/.

const dialog = () => import("./dialog.js").then(({ open }) => open());
const isWriting = (element) => element.isContentEditable || element.matches("input, select, textarea");

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-search-open]") || !window.HTMLDialogElement) return;
  event.preventDefault();
  dialog();
});

document.addEventListener("keydown", (event) => {
  const shortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(event.target);
  if ((!shortcut && !slash) || !window.HTMLDialogElement) return;
  event.preventDefault();
  dialog();
});
