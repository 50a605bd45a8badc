// The search of a set of documents: titles, headings and questions first, texts as they are needed.

import { IMPACTS, indexOf } from "./documents.js";
import { excerptOf, finder, marked } from "./excerpt.js";
import { Lexicon } from "./lexicon.js";
import { Hits, rank } from "./ranking.js";
import { stemmerOf } from "./stemmer.js";
import { Synonyms } from "./synonyms.js";
import { isIgnored, isWeak, wordsOf } from "./text.js";

const SAID = 0.3; // how much it counts that a text says a word at all, however much else it says
const MARKED = 0.5; // how surely a word must be meant to be marked
const WEAK = 0.3; // how much of a word's worth a word has that people say around what they mean
const UNNAMED = 0.6; // and one that no title, heading or question says: it is rare, and tells the less for it
const TIE = 0.005; // results whose scores are this near are told apart by how close the words stand in the text

export class Engine {
  // Open an index. *read*: the name of one of its files → a promise of what it holds; search.py describes the files.
  static async open(read) {
    const [core, synonyms] = await Promise.all([read("core.json"), read("synonyms.json")]);
    return new Engine(core, synonyms, read);
  }

  // The search of documents at hand, which stay where they are; documents.js says what a document is.
  static of(documents, { language = "es", synonyms = [] } = {}) {
    return Engine.open(indexOf(documents, { language, synonyms }));
  }

  constructor(core, synonyms, read) {
    this.core = core;
    this.entries = synonyms;
    this.read = read;
    const stem = stemmerOf(core.language);
    this.synonyms = new Synonyms(synonyms, stem);
    this.lexicon = new Lexicon(stem);
    this.starts = [0];
    for (const headings of core.headings) this.starts.push(this.starts.at(-1) + headings.length);
    this.hits = new Hits(this.starts);
    this.names = core.titles.map(wordsOf);
    this.pageOf = core.headings.flatMap((headings, page) => headings.map(() => page));
    this.titles = placesOf(core.titles);
    this.questions = placesOf(core.titles.map((_, page) => (core.questions[page] ?? []).join(" ")));
    this.headings = placesOf(core.headings.flat());
    for (const places of [this.titles, this.questions, this.headings]) this.lexicon.add(places.keys());
    this.numbers = new Map(); // word → its number in words.json
    this.postings = new Map(); // number of a shard → what it holds
    this.blocks = new Map();
  }

  // The results three times, each time better: what titles, headings and questions answer, at once; what the texts answer as well;
  // and the same with previews, ties broken. Files that cannot be had, without a line, are done without; what brought nothing
  // new is not worked out again.
  async *answers(question, limit = 10) {
    let held = this.held();
    let asked = this.understood(question);
    let found = this.ranked(asked, limit);
    yield this.results(found, asked);
    await this.readWords().catch(() => {});
    if (this.numbers.size > held.words) asked = this.understood(question);
    await this.readPostings(asked);
    if (this.numbers.size > held.words || this.postings.size > held.postings) found = this.ranked(asked, limit);
    yield this.results(found, asked);
    await this.readTexts(found);
    const byCloseness = (one, other) => other.score + TIE * other.closeness - one.score - TIE * one.closeness;
    yield this.results(found, asked).sort(byCloseness);
  }

  held() {
    return { words: this.numbers.size, postings: this.postings.size };
  }

  glance(question, limit = 10) {
    const asked = this.understood(question);
    return this.results(this.ranked(asked, limit), asked);
  }

  async search(question, limit = 10) {
    let results;
    for await (results of this.answers(question, limit));
    return results;
  }

  // What is asked: *slots*, each telling word with what else it may be called (ranking.js); *words*, all of them in their order, the
  // telling ones with the forms that they are found in; *slotOf*, what is marked in a text; *excerpts* by section, once made.
  understood(question) {
    const all = wordsOf(question);
    const telling = all.filter((word) => !isIgnored(word));
    const sought = telling.length ? telling : all;
    const isUsual = (word) => this.titles.has(word) || this.headings.has(word) || this.questions.has(word);
    const slots = sought.map((word, index) => {
      const unfinished = index === sought.length - 1;
      const isRight = isWeak(word) || this.synonyms.knows(word);
      return { alternatives: [{ terms: [this.lexicon.meant(word, { unfinished, isUsual, isRight })], weight: 1 }] };
    });
    sought.forEach((_, from) => {
      for (const { places, parts, weight } of this.synonyms.at(sought, from)) {
        const terms = parts.map((part) => this.lexicon.family(part));
        if (terms.some((part) => !part.size)) continue;
        for (const { alternatives } of places.map((place) => slots[place])) {
          if (!alternatives.some((one) => sameTerms(one.terms, terms))) alternatives.push({ terms, weight });
        }
      }
    });
    slots.forEach((slot, index) => {
      const named = slot.alternatives.some(({ terms }) => terms.every((forms) => [...forms.keys()].some(isUsual)));
      slot.worth = named ? 1 : UNNAMED;
      if (isWeak(sought[index]) && slot.alternatives.length === 1) slot.worth *= WEAK;
    });
    let next = 0;
    const words = all.slice(all.indexOf(sought[0]), all.lastIndexOf(sought.at(-1)) + 1).map((word) =>
      word === sought[next] ? { word, forms: slots[next++].alternatives[0].terms[0] } : { word });
    return { slots, words, slotOf: finder(marksOf(slots)), excerpts: new Map() };
  }

  ranked({ slots, words }, limit) {
    const known = new Map();
    for (const { alternatives } of slots) {
      for (const one of alternatives) {
        one.parts = one.terms.map((terms) => {
          if (!known.has(terms)) known.set(terms, this.hitsOf(terms));
          return known.get(terms);
        });
      }
    }
    const found = rank(slots, { starts: this.starts, pageOf: this.pageOf, titles: this.names }, words);
    for (const hits of known.values()) this.hits.giveBack(hits);
    return found.slice(0, limit);
  }

  hitsOf(terms) {
    const hits = this.hits;
    for (const [word, weight] of terms) {
      for (const page of this.titles.get(word) ?? []) hits.title(page, weight);
      for (const page of this.questions.get(word) ?? []) hits.question(page, weight);
      for (const section of this.headings.get(word) ?? []) hits.heading(section, weight);
      let section = 0;
      for (const number of this.postingOf(word)) {
        section += Math.floor(number / IMPACTS);
        hits.text(section, weight * (SAID + ((1 - SAID) * ((number % IMPACTS) + 1)) / IMPACTS));
      }
    }
    return hits.taken();
  }

  postingOf(word) {
    const shard = this.shardOf(word);
    return this.postings.get(shard)?.[this.numbers.get(word) - this.core.shards[shard]] ?? [];
  }

  shardOf(word) {
    const number = this.numbers.get(word);
    return number === undefined ? -1 : placeIn(this.core.shards, number);
  }

  readWords() {
    this.words ??= this.read("words.json").then((words) => {
      words.forEach((word, number) => this.numbers.set(word, number));
      this.lexicon.add(words);
    }).catch((error) => {
      this.words = undefined;
      throw error;
    });
    return this.words;
  }

  readPostings({ slots }) {
    const words = slots.flatMap(({ alternatives }) => alternatives.flatMap(({ terms }) => terms.flatMap((forms) => [...forms.keys()])));
    return this.readAll("postings", this.postings, words.map((word) => this.shardOf(word)));
  }

  readTexts(found) {
    return this.readAll("text", this.blocks, found.map(({ page }) => placeIn(this.core.blocks, page)));
  }

  readAll(name, held, numbers) {
    const missing = [...new Set(numbers)].filter((number) => number >= 0 && !held.has(number));
    return Promise.allSettled(missing.map(async (number) => held.set(number, await this.read(`${name}-${number}.json`))));
  }

  results(found, asked) {
    return found.map((one) => this.result(one, asked));
  }

  result({ page, section, shown, score }, asked) {
    const { addresses, titles, headings, anchors, kinds } = this.core;
    const index = section - this.starts[page];
    const heading = headings[page][index];
    const anchor = anchors[page][index] === 1 ? slugOf(heading) : anchors[page][index];
    const { runs, closeness } = this.excerpt(page, shown, asked);
    return {
      address: addresses[page] + (anchor && `#${anchor}`),
      kind: kinds?.[page],
      title: marked(titles[page], asked.slotOf),
      heading: marked(heading, asked.slotOf),
      preview: runs,
      closeness,
      score,
    };
  }

  excerpt(page, section, { slotOf, excerpts }) {
    if (excerpts.has(section)) return excerpts.get(section);
    const block = placeIn(this.core.blocks, page);
    const text = this.blocks.get(block)?.[page - this.core.blocks[block]][section - this.starts[page]];
    if (text === undefined) return { runs: [], closeness: 0 };
    const made = excerptOf(text, slotOf);
    excerpts.set(section, made);
    return made;
  }
}

// The words that are marked in a result → the slot of each.
function marksOf(slots) {
  const slotOf = new Map();
  slots.forEach(({ alternatives }, slot) => {
    for (const { terms } of alternatives) {
      for (const forms of terms) for (const [word, weight] of forms) if (weight >= MARKED) slotOf.set(word, slot);
    }
  });
  return slotOf;
}

const sameTerms = (one, other) =>
  one.length === other.length && one.every((forms, part) => [...forms.keys()].join() === [...other[part].keys()].join());

function placesOf(texts) {
  const places = new Map();
  texts.forEach((text, number) => {
    for (const word of wordsOf(text)) {
      const known = places.get(word);
      if (!known) places.set(word, [number]);
      else if (known.at(-1) !== number) known.push(number);
    }
  });
  return places;
}

const placeIn = (starts, number) => {
  let low = 0, high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= number) low = middle;
    else high = middle - 1;
  }
  return low;
};

// The anchor that the documentation's theme makes of a heading; `slug_of` in search.py is the same.
const slugOf = (heading) =>
  heading.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
