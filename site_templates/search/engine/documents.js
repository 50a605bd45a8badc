// An index made in memory of documents that are at hand: what search.py makes of the documentation, for a page's own data.

import { wordsOf } from "./text.js";

export const IMPACTS = 8; // as in search.py
const SATURATION = 1.2;
const LENGTH = 0.6;

// *documents*: [{ address, title, text?, questions?, sections?: [{ anchor, heading, text }], kind? }] → a function that gives
// the files of their index by name. `kind` comes back with the results; what it says is up to the caller.
export function indexOf(documents, { language, synonyms = [] }) {
  const parts = documents.map(({ text = "", sections = [] }) =>
    [...(text || !sections.length ? [{ anchor: "", heading: "", text }] : []), ...sections]);
  const files = {
    "core.json": {
      language,
      titles: documents.map(({ title }) => title),
      addresses: documents.map(({ address }) => address),
      kinds: documents.map(({ kind }) => kind),
      questions: documents.map(({ questions = [] }) => questions),
      headings: parts.map((sections) => sections.map(({ heading }) => heading)),
      anchors: parts.map((sections) => sections.map(({ anchor }) => anchor)),
      shards: [0],
      blocks: [0],
    },
    "synonyms.json": synonyms,
    "text-0.json": parts.map((sections) => sections.map(({ text }) => text)),
    ...postingsOf(parts.flat().map(({ text }) => wordsOf(text))),
  };
  return async (name) => files[name];
}

function postingsOf(sections) {
  const mean = sections.reduce((sum, words) => sum + words.length, 0) / sections.length || 1;
  const found = new Map();
  sections.forEach((words, number) => {
    const counts = new Map();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const longer = SATURATION * (1 - LENGTH + (LENGTH * words.length) / mean);
    for (const [word, times] of counts) {
      if (!found.has(word)) found.set(word, { last: 0, posting: [] });
      const known = found.get(word);
      const impact = Math.max(1, Math.round((IMPACTS * times) / (times + longer)));
      known.posting.push((number - known.last) * IMPACTS + impact - 1);
      known.last = number;
    }
  });
  return { "words.json": [...found.keys()], "postings-0.json": [...found.values()].map(({ posting }) => posting) };
}
