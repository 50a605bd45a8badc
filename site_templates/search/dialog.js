// The dialog: what is typed is answered at once. Arrows walk through the results, Enter opens one, Escape closes.

import { ask, prepare, readDocuments } from "./client.js";
import { counted, element, forget, item, pageOf, recent, remember, text } from "./results.js";

export { searchAlso } from "./client.js";

const LIMIT = 8;
let dialog;

export async function open() {
  await styled();
  dialog ??= build();
  readDocuments();
  prepare();
  if (!dialog.element.open) dialog.element.showModal();
  dialog.field.select();
  dialog.show();
}

let style;
const styled = () => {
  style ??= new Promise((done) => {
    const sheet = element("link", { rel: "stylesheet", href: new URL("./search.css", import.meta.url) });
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", done);
    document.head.append(sheet);
  });
  return style;
};

function build() {
  const field = element("input", {
    type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    maxlength: "200", placeholder: text("placeholder"), "aria-label": text("label"),
  });
  const close = element("button", { type: "button", class: "search-close" }, text("close"));
  const form = element("form", { role: "search" }, field, close);
  const status = element("p", { class: "search-status", role: "status" });
  const list = element("ol", { class: "search-results" });
  const more = element("a", { class: "search-more" }, text("all"));
  const clear = element("button", { type: "button", class: "search-more" }, text("forget"));
  const box = element("dialog", { class: "search-dialog", "aria-label": text("label") }, form, status, list, more, clear);
  document.body.append(box);

  let answered = "";
  const show = () => {
    const question = field.value.trim();
    more.href = pageOf(question);
    if (!question) return showRecent();
    if (question === answered) return undefined;
    clear.hidden = true;
    return ask(question, LIMIT, (told) => {
      if (field.value.trim() !== question) return;
      if (told.error) {
        status.textContent = text("offline");
        return;
      }
      if (told.stage === "whole") answered = question;
      if (told.stage !== "texts" && (told.stage === "whole" || told.results.length)) fill(told, question);
    });
  };
  const fill = ({ results, stage }, question) => {
    const focused = [...list.querySelectorAll("a")].indexOf(document.activeElement);
    if (focused >= 0) return; // Somebody is walking through the list: it stays as it is.
    list.replaceChildren(...results.map(item));
    list.classList.remove("search-recent");
    more.hidden = !results.length;
    if (stage === "whole") status.textContent = counted(results, LIMIT, question);
  };
  const showRecent = () => {
    answered = "";
    const questions = recent();
    list.classList.add("search-recent");
    list.replaceChildren(...questions.map((question) => element("li", {}, element("a", { href: pageOf(question) }, question))));
    status.textContent = questions.length ? text("recent") : text("hint");
    more.hidden = true;
    clear.hidden = !questions.length;
  };

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 80);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    remember(field.value);
    location.assign(pageOf(field.value.trim()));
  });
  close.addEventListener("click", () => box.close());
  clear.addEventListener("click", () => {
    forget();
    showRecent();
    field.focus();
  });
  box.addEventListener("click", ({ target }) => {
    if (target === box) return box.close(); // beside the dialog
    if (!target.closest("a")) return undefined;
    if (field.value.trim()) remember(field.value);
    return box.close(); // the page may be the one that is open already
  });
  box.addEventListener("keydown", (event) => walk(event, field, [...box.querySelectorAll("a:not([hidden])")]));
  return { element: box, field, show };
}

function walk(event, field, links) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const stops = [field, ...links];
  const here = stops.indexOf(document.activeElement);
  const next = here + (event.key === "ArrowDown" ? 1 : -1);
  stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
}
