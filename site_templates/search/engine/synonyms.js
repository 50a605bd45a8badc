// Words that stand for others: which of them a question has, and what else to look for.

import { isIgnored, wordsOf } from "./text.js";

const STANDS_FOR = 0.86;
const BETWEEN = 1; // words of the question that may stand between those of a phrase

export class Synonyms {
  // *entries*: each a list of phrases, any of which stands for the others; or { phrase: [phrases] }, the key for those only.
  constructor(entries, stem) {
    this.stem = stem;
    this.phrases = new Map(); // stem of the first word → those of the phrase → { stems, alternatives }
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
    if (!known.has(key)) known.set(key, { stems: words.map(this.stem), alternatives: new Map() });
    for (const other of others) {
      const parts = telling(other);
      if (parts.length && this.key(parts) !== key) known.get(key).alternatives.set(parts.join(" "), parts);
    }
  }

  // Whether a phrase begins with *word* in this very form or another: who writes it has made no mistake.
  knows(word) {
    return this.phrases.has(this.stem(word));
  }

  key(words) {
    return words.map(this.stem).join(" ");
  }

  // The phrases that begin at *from* in *words*: the places of their words, and what else they may be called.
  *at(words, from) {
    for (const { stems, alternatives } of this.phrases.get(this.stem(words[from]))?.values() ?? []) {
      const places = this.placesOf(stems, words, from);
      if (!places) continue;
      for (const parts of alternatives.values()) yield { places, parts, weight: STANDS_FOR };
    }
  }

  placesOf(stems, words, from) {
    const places = [from];
    for (const stem of stems.slice(1)) {
      const next = places.at(-1) + 1;
      const skipped = words.slice(next, next + BETWEEN + 1).findIndex((word) => this.stem(word) === stem);
      if (skipped < 0) return undefined;
      places.push(next + skipped);
    }
    return places;
  }
}

const telling = (phrase) => {
  const words = wordsOf(phrase);
  const some = words.filter((word) => !isIgnored(word));
  return some.length ? some : words;
};
