// What a result looks like, on the page /buscar/ and in the dialog; and the searches that this device remembers.

import { home } from "./client.js";
import texts from "./texts.js";

const language = document.querySelector("article[lang]")?.lang ?? document.documentElement.lang;
const words = texts[language] ?? texts[language.split("-")[0]] ?? texts.es;

// A text of the interface in the page's language; {name} stands for a value. Numbers choose between one and many.
export const text = (name, values = {}) => {
  const found = values.count === 1 && words[`${name}_one`] ? words[`${name}_one`] : words[name];
  return found.replace(/\{(\w+)\}/g, (_, key) => values[key]);
};

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const runs = (parts) => parts.map(([part, marked]) => (marked ? element("mark", {}, part) : part));

// A list item that links to what was found: its title, the section in it, and the lines where the words stand.
export function item({ address, title, heading, preview, kind }) {
  const link = element("a", { href: new URL(address, home) }, element("span", { class: "search-title" }, ...runs(title)));
  if (heading.length) link.append(element("span", { class: "search-heading" }, ...runs(heading)));
  if (kind) link.append(element("span", { class: "search-kind" }, kind));
  if (preview.length) link.append(element("span", { class: "search-preview" }, ...runs(preview)));
  return element("li", {}, link);
}

// What is told of so many results; there may be more than are shown unless they are all.
export function counted(count, areAll, question) {
  if (!count) return text("nothing", { question });
  return text(areAll ? "found" : "best", { count });
}

export const pageOf = (question) => `${new URL("buscar/", home)}?${new URLSearchParams({ q: question })}`;

const PLACE = "avance:searches";
const MOST = 6;

// The last questions, newest first. They stay on this device.
export const recent = () => {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return []; // Storage is refused, or holds something else.
  }
};

const keep = (questions) => {
  try {
    localStorage.setItem(PLACE, JSON.stringify(questions));
  } catch {
    // The same: nothing is remembered.
  }
};

export const remember = (question) => {
  const asked = question.trim();
  if (asked) keep([asked, ...recent().filter((one) => one !== asked)].slice(0, MOST));
};

export const forget = () => keep([]);
