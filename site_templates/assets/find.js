// The search inside one opened portal: tickets, questions and documents that have all the words, accents apart.
const find = (() => {
  "use strict";

  const MOST = 20;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (element, selector) => element.querySelector(selector)?.textContent.trim() ?? "";
  // What is looked for: its selector, its heading, and the text that is searched.
  const KINDS = [
    [".task[id]", (task) => `${textOf(task, ".number")} ${textOf(task, ".task-title")}`, (task) => textOf(task, ".what")],
    [".question[id]", (question) => textOf(question, "h3"), (question) => question.textContent],
    [".document[id]", (document_) => textOf(document_, "h3"), (document_) => document_.textContent],
  ];

  // Pages of the payload → a function: what is asked → { found: [{ heading, page, id }], more }. A ticket on several pages is found once.
  return (pages) => {
    const entries = new Map();
    for (const page of pages) {
      const { body } = new DOMParser().parseFromString(page.html, "text/html");
      for (const [selector, heading, text] of KINDS) {
        for (const element of body.querySelectorAll(selector)) {
          if (entries.has(element.id)) continue;
          const name = heading(element);
          entries.set(element.id, { heading: name, page, id: element.id, name: plain(name), text: plain(`${name} ${text(element)}`) });
        }
      }
    }
    return (asked) => {
      const words = plain(asked).split(/\s+/).filter(Boolean);
      const having = (part) => [...entries.values()].filter((entry) => words.every((word) => entry[part].includes(word)));
      const all = words.length ? [...new Set([...having("name"), ...having("text")])] : [];
      return { found: all.slice(0, MOST), more: Math.max(all.length - MOST, 0) };
    };
  };
})();
