// The dialog: what is typed is answered at once. Arrows walk through the results, Enter opens one, Escape closes. On a project's
// page it finds what the project has as well; what is asked there is not remembered, nor sent in an address unless asked for.

import { ask, prepare, project, readDocuments } from "./client.js";
import { counted, element, forget, item, pageOf, recent, remember, text } from "./results.js";

const LIMIT = 8; // of the documentation
const MOST = 30; // of the project
const FIRST = 4; // of those, until more are asked for
const LEAST = 0.35; // of the score of the project's best: its tickets say the same few words again and again
const LATEST = 1000; // milliseconds that the documentation's answers wait for the project's, so that nothing moves under a finger
const NEAR = 0.7; // of the score of the documentation's best: a project that answers as well comes first
let dialog;

export async function open() {
  await styled();
  const isProject = Boolean(project());
  if (dialog && dialog.isProject !== isProject) { // A portal was opened or forgotten: nothing of before stays.
    dialog.element.remove();
    dialog = undefined;
  }
  dialog ??= build(isProject);
  prepare();
  if (!dialog.element.open) dialog.element.showModal();
  dialog.field.select();
  dialog.own = readDocuments();
  dialog.show();
  await dialog.own;
  if (dialog.field.value.trim()) dialog.show();
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

function build(isProject) {
  const label = isProject ? text("label_own") : text("label");
  const field = element("input", {
    type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    maxlength: "200", placeholder: text("placeholder"), "aria-label": label,
  });
  const close = element("button", { type: "button", class: "search-close" }, text("close"));
  const form = element("form", { role: "search" }, field, close);
  const status = element("p", { class: "search-status", role: "status" });
  const own = group(text("own"));
  const rest = element("button", { type: "button", class: "search-more" });
  own.part.append(rest);
  const documentation = group(text("documentation"));
  documentation.heading.hidden = !isProject;
  const more = element("a", { class: "search-more" });
  const clear = element("button", { type: "button", class: "search-more" }, text("forget"));
  documentation.part.append(more, clear);
  const box = element("dialog", { class: "search-dialog", "aria-label": label }, form, status, own.part, documentation.part);
  document.body.append(box);

  let placed; // the question for which the parts were put in their order: it stays as it is while the answer gets better
  const show = async () => {
    const question = field.value.trim();
    more.href = pageOf(question);
    if (!question) return showRecent();
    clear.hidden = true;
    await Promise.race([dialog.own, new Promise((done) => setTimeout(done, LATEST))]);
    return ask(question, { limit: LIMIT, most: MOST }, (told) => {
      if (field.value.trim() !== question) return;
      if (told.error) {
        status.textContent = text("offline");
        return;
      }
      if (told.stage === "whole" || (told.stage === "titles" && told.results.length + told.own.length)) fill(told, question);
    });
  };
  const fill = ({ results, own: found, stage }, question) => {
    const isWalked = box.contains(document.activeElement) && document.activeElement.matches(".search-results a");
    if (isWalked) return; // Somebody is walking through the list: it stays as it is.
    const mine = found.filter(({ score }) => score > LEAST * found[0].score);
    own.list.replaceChildren(...mine.map(item));
    documentation.list.replaceChildren(...results.map(item));
    documentation.list.classList.remove("search-recent");
    own.part.hidden = !mine.length;
    documentation.part.hidden = !results.length && mine.length > 0;
    if (placed !== question) {
      const isFirst = mine.length && !(NEAR * results[0]?.score > mine[0].score);
      documentation.part[isFirst ? "before" : "after"](own.part);
      placed = question;
    }
    const hidden = mine.length > FIRST + 1 ? [...own.list.children].slice(FIRST) : [];
    for (const one of hidden) one.hidden = true;
    rest.hidden = !hidden.length;
    rest.textContent = text("rest", { count: hidden.length });
    more.hidden = false;
    more.textContent = results.length ? text("all") : text("request");
    if (stage === "whole") status.textContent = counted(results.length + mine.length, results.length < LIMIT && mine.length < MOST, question);
  };
  const showRecent = () => {
    const questions = isProject ? [] : recent();
    own.part.hidden = true;
    documentation.part.hidden = !questions.length;
    documentation.list.classList.add("search-recent");
    documentation.list.replaceChildren(...questions.map((question) => element("li", {}, element("a", { href: pageOf(question) }, question))));
    status.textContent = questions.length ? text("recent") : isProject ? text("hint_own") : text("hint");
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
    const question = field.value.trim();
    if (!question) return;
    const first = box.querySelector("section:not([hidden]) .search-results a");
    if (isProject && first) {
      first.focus();
      return;
    }
    if (!isProject) remember(question);
    location.assign(pageOf(question));
  });
  close.addEventListener("click", () => box.close());
  rest.addEventListener("click", () => {
    const [next] = own.list.querySelectorAll("[hidden]");
    for (const one of own.list.children) one.hidden = false;
    rest.hidden = true;
    next.querySelector("a").focus();
  });
  clear.addEventListener("click", () => {
    forget();
    showRecent();
    field.focus();
  });
  box.addEventListener("click", ({ target }) => {
    if (target === box) return box.close(); // beside the dialog
    if (!target.closest("a")) return undefined;
    if (field.value.trim() && !isProject) remember(field.value);
    return box.close(); // the page may be the one that is open already
  });
  box.addEventListener("keydown", (event) =>
    walk(event, field, [...box.querySelectorAll("a, button.search-more")].filter((one) => one.offsetParent)));
  return { element: box, field, show, isProject };
}

function group(title) {
  const heading = element("h2", { class: "search-group" }, title);
  const list = element("ol", { class: "search-results" });
  return { part: element("section", {}, heading, list), heading, list };
}

function walk(event, field, links) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const stops = [field, ...links];
  const here = stops.indexOf(document.activeElement);
  const next = here + (event.key === "ArrowDown" ? 1 : -1);
  stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
}
