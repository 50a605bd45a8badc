// The page's end of the search: asks the worker, and tells it of the page's own documents.

export const home = new URL("../../../", import.meta.url);

let worker;
let last = 0;
let documents = [];
const waiting = new Map();

function work(message) {
  if (!worker) {
    worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      const told = waiting.get(data.id);
      if (!told) return;
      if (data.stage === "whole" || data.error) waiting.delete(data.id);
      told(data);
    };
    worker.onerror = () => {
      for (const told of waiting.values()) told({ error: "worker" });
      waiting.clear();
      worker = undefined;
      documents = [];
    };
  }
  worker.postMessage(message);
}

// Get ready: what is asked next is answered sooner.
export const prepare = () => work({ act: "open" });

// Search these documents of the open page as well, in its language: [{ address, title, text?, questions?, sections?, kind? }],
// as engine/documents.js says; `address` is from the site's home. They go to the worker's memory and nowhere else; each call
// replaces those of the one before. A page may also hold them as JSON in <script type="application/json" data-search-documents>.
export const searchAlso = (added, language = document.documentElement.lang) => {
  documents = added;
  work({ act: "documents", documents, language });
};

// *tell* is called with { stage, results } for what the "titles" answer, then the "texts", then the "whole", with previews; or with
// { error }.
export function ask(question, limit, tell) {
  waiting.clear();
  waiting.set(++last, tell);
  work({ act: "ask", id: last, question, limit });
}

// The documents that the page holds as JSON.
export function readDocuments() {
  const held = [...document.querySelectorAll("script[data-search-documents]")];
  if (!held.length || documents.length) return;
  searchAlso(held.flatMap((element) => JSON.parse(element.textContent)), held[0].closest("[lang]").lang);
}
