// The words of the site, and which of them a reader may mean by a word: that word, its family, what it begins, what it is
// a misspelling of. MiniSearch's radix tree finds beginnings and misspellings.

import SearchableMap from "../vendor/minisearch/SearchableMap.js";
import { distance, edits } from "./text.js";

const FAMILY = 0.9;
const MISSPELT = [1, 0.75, 0.5];
const DOUBTED = 0.6; // of that, where a text has the word as it was written
const BEGUN = 0.45;
const MOST_BEGUN = 60;

export class Lexicon {
  constructor(stem) {
    this.stem = stem;
    this.tree = new SearchableMap();
    this.families = new Map();
    this.asked = new Map(); // word → its family, once asked for: synonyms are asked for again and again
  }

  add(words) {
    this.asked.clear();
    for (const word of words) {
      if (this.tree.has(word)) continue;
      this.tree.set(word, true);
      const stem = this.stem(word);
      const family = this.families.get(stem);
      if (family) family.push(word);
      else this.families.set(stem, [word]);
    }
  }

  // The words of the site that are *word* or of its family → how surely each is meant, from 0 to 1. The same Map each time.
  family(word) {
    const known = this.asked.get(word);
    if (known) return known;
    const found = new Map();
    if (this.tree.has(word)) found.set(word, 1);
    for (const other of this.families.get(this.stem(word)) ?? []) raise(found, other, FAMILY);
    this.asked.set(word, found);
    return found;
  }

  // Those that somebody who writes *word* may mean. *unfinished*: it may be the beginning of a word. *isRight*: it is no mistake;
  // nor is a word that stands in a title, which *isUsual* tells.
  meant(word, { unfinished = false, isRight = false, isUsual = () => false } = {}) {
    const found = new Map(this.family(word));
    const usual = isRight || [...found.keys()].some(isUsual);
    if (unfinished) this.addBegun(word, found);
    const doubt = this.tree.has(word) ? DOUBTED : 1;
    if (!usual) {
      for (const [near, far] of this.misspelt(word)) {
        for (const [other, weight] of this.family(near)) raise(found, other, doubt * MISSPELT[far] * weight);
      }
    }
    if (!found.size && word.length > 2) this.addBegun(word, found);
    return found;
  }

  addBegun(word, found) {
    let left = MOST_BEGUN;
    for (const [other] of this.tree.atPrefix(word)) {
      const weight = BEGUN + (FAMILY - BEGUN) * (word.length / other.length);
      raise(found, other, weight);
      if (!--left) break;
    }
  }

  *misspelt(word) {
    const most = edits(word);
    if (!most) return;
    const near = new Set(this.tree.fuzzyGet(word, most).keys());
    // Two letters exchanged are one slip to a writer, and two edits to the tree.
    for (let i = 1; i < word.length; i++) near.add(word.slice(0, i - 1) + word[i] + word[i - 1] + word.slice(i + 1));
    for (const other of near) {
      if (!this.tree.has(other)) continue;
      const far = distance(word, other);
      if (far && far <= most) yield [other, far];
    }
  }
}

const raise = (weights, word, weight) => {
  if ((weights.get(word) ?? 0) < weight) weights.set(word, weight);
};
