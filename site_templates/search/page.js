// The page /buscar/: its address holds the question, so that it can be sent to somebody.

import { ask } from "./client.js";
import { counted, item, remember, text } from "./results.js";

const LIMIT = 10;
const SOON = 300; // how long, in milliseconds, the texts may take before the titles' answer is shown alone
const form = document.querySelector("[data-search-page]");
const field = form.elements.q;
const status = document.querySelector("[data-search-status]");
const list = document.querySelector("[data-results]");

function show() {
  const question = (new URLSearchParams(location.search).get("q") ?? "").trim();
  field.value = question;
  list.replaceChildren();
  status.textContent = question ? text("searching") : "";
  if (!question) return;
  remember(question);
  list.setAttribute("aria-busy", "true");
  let soon;
  ask(question, { limit: LIMIT }, ({ results, stage, error }) => {
    clearTimeout(soon);
    if (error) {
      list.removeAttribute("aria-busy");
      status.textContent = text("offline");
      return;
    }
    const fill = () => list.replaceChildren(...results.map(item));
    if (stage === "titles") {
      soon = setTimeout(fill, SOON);
      return;
    }
    fill();
    if (stage === "texts") return;
    list.removeAttribute("aria-busy");
    status.textContent = counted(results.length, results.length < LIMIT, question);
    document.dispatchEvent(new CustomEvent("avance:searched", { detail: { question, count: results.length } }));
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `?${new URLSearchParams({ q: field.value.trim() })}`);
  show();
});
addEventListener("popstate", show);
show();
