// Words that stand for others: which of them a question has, and what else to look for.

import { isIgnored, wordsOf } from "./text.js";

const STANDS_FOR = 0.86;

export class Synonyms {
  // *entries*: each a list of phrases, any of which stands for the others; or { phrase: [phrases] }, the key for those only.
  constructor(entries, stem) {
    this.stem = stem;
    this.phrases = new Map(); // stem of the first word → stems of the phrase → { length, alternatives }
    for (const entry of entries) {
      if (Array.isArray(entry)) entry.forEach((phrase) => this.add(phrase, entry));
      else for (const [phrase, others] of Object.entries(entry)) this.add(phrase, others);
    }
  }

  add(phrase, others) {
    const words = telling(phrase);
    if (!words.length) return;
    const first = this.stem(words[0]);
    if (!this.phrases.has(first)) this.phrases.set(first, new Map());
    const known = this.phrases.get(first);
    const key = this.key(words);
    if (!known.has(key)) known.set(key, { length: words.length, alternatives: new Map() });
    for (const other of others) {
      const parts = telling(other);
      if (parts.length && this.key(parts) !== key) known.get(key).alternatives.set(parts.join(" "), parts);
    }
  }

  key(words) {
    return words.map(this.stem).join(" ");
  }

  // The phrases that begin at *from* in *words*: how many words each has, and what else it may be called.
  *at(words, from) {
    for (const [key, { length, alternatives }] of this.phrases.get(this.stem(words[from])) ?? []) {
      if (this.key(words.slice(from, from + length)) !== key) continue;
      for (const parts of alternatives.values()) yield { length, parts, weight: STANDS_FOR };
    }
  }
}

const telling = (phrase) => {
  const words = wordsOf(phrase);
  const some = words.filter((word) => !isIgnored(word));
  return some.length ? some : words;
};
