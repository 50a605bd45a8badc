// The page's end of the search: asks the worker, and tells it what else there is to find on a project's page.

export const home = new URL("../../../", import.meta.url);

// Whoever searches may do so again without a line; some browsers and addresses have no such thing.
navigator.serviceWorker?.register(new URL("offline.js", home)).catch(() => {});

let worker;
let last = 0;
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
    };
  }
  worker.postMessage(message);
}

// Get ready: what is asked next is answered sooner.
export const prepare = () => work({ act: "open" });

// The element of the page that tells where its project's documents are, if it is of a project.
export const project = () => document.querySelector("[data-search-file]");

// Search the documents of the page's project as well, [{ address, title, text?, kind? }] with addresses from its home. They go to
// the worker's memory and nowhere else; each call replaces those of the one before. Whoever opened a sealed portal has them, and
// answers the event; else they are a file.
export async function readDocuments() {
  const holder = project();
  let documents = [];
  if (holder) {
    const asked = new CustomEvent("avance:documents", { detail: {} });
    document.dispatchEvent(asked);
    documents = await (asked.detail.documents ?? fetched(new URL(holder.dataset.searchFile, location))).catch(() => []);
  }
  work({ act: "documents", documents, language: holder?.lang ?? document.documentElement.lang });
}

const fetched = async (file) => {
  const documents = await (await fetch(file, { cache: "no-cache" })).json();
  return documents.map((one) => ({ ...one, address: new URL(one.address, new URL(".", file)).href }));
};

// *tell* is called with { stage, results, own } for what the "titles" answer, then the "texts", then the "whole", with previews;
// or with { error }. `own` are those of the page's project.
export function ask(question, { limit, most = 0 }, tell) {
  waiting.clear();
  waiting.set(++last, tell);
  work({ act: "ask", id: last, question, limit, most });
}
