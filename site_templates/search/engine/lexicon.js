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
  }

  add(words) {
    for (const word of words) {
      if (this.tree.has(word)) continue;
      this.tree.set(word, true);
      const stem = this.stem(word);
      const family = this.families.get(stem);
      if (family) family.push(word);
      else this.families.set(stem, [word]);
    }
  }

  // The words of the site that are *word* or of its family → how surely each is meant, from 0 to 1.
  family(word, weight = 1, found = new Map()) {
    const add = (one, value) => { if ((found.get(one) ?? 0) < value) found.set(one, value); };
    if (this.tree.has(word)) add(word, weight);
    for (const other of this.families.get(this.stem(word)) ?? []) add(other, weight * FAMILY);
    return found;
  }

  // Those that somebody who writes *word* may mean. *unfinished*: it may be the beginning of a word. *isUsual* tells of a word
  // whether it stands in a title: who writes one of those has made no mistake.
  meant(word, { unfinished = false, isUsual = () => false } = {}) {
    const found = this.family(word);
    const usual = [...found.keys()].some(isUsual);
    if (unfinished) this.addBegun(word, found);
    const doubt = this.tree.has(word) ? DOUBTED : 1;
    if (!usual) for (const [other, far] of this.misspelt(word)) this.family(other, doubt * MISSPELT[far], found);
    if (!found.size && word.length > 2) this.addBegun(word, found);
    return found;
  }

  addBegun(word, found) {
    let left = MOST_BEGUN;
    for (const [other] of this.tree.atPrefix(word)) {
      const weight = BEGUN + (FAMILY - BEGUN) * (word.length / other.length);
      if ((found.get(other) ?? 0) < weight) found.set(other, weight);
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
