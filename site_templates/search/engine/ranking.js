// From words to sections: how well each section, and the page that it is of, answers a question.
//
// A question is a list of slots, one a telling word: { alternatives: [{ terms: [word of the site → weight], weight, parts }] }.
// An alternative is a word or a phrase that the slot may be called; `parts` are the hits of its terms. The weights below were
// chosen on the open queries of a real manual (tests/bench/bench_search.py); the result hardly changes with any of them alone.

import { isIgnored } from "./text.js";

const TITLE = 0.95;
const QUESTION = 0.9;
const HEADING = 0.5;
const TEXT = 0.3;
const WHOLE_PAGE = 0.35; // how much counts what other sections of the page say
const COVERED = 1.5; // how much it costs to leave a word of the question unsaid
const FIT = 0.3;
const CLOSE = 0.3;
const CANDIDATES = 60;
const TOP = 1.1; // how much better than the beginning of the page a section must be to be where the reader is led
const LEAST = 0.05; // of the score of the best: what answers less is no answer

// Weights by place, the best of those added to each; `places` lists those that have one.
class Best {
  constructor(size) {
    this.values = new Float32Array(size);
    this.places = [];
  }

  raise(place, weight) {
    const known = this.values[place];
    if (known >= weight) return;
    if (!known) this.places.push(place);
    this.values[place] = weight;
  }

  clear() {
    for (const place of this.places) this.values[place] = 0;
    this.places.length = 0;
  }
}

// How well each section says one word of a question, from 0 to 1: in its page's title and questions, its heading, its text.
export class Hits {
  // *starts*: the first section of each page, and the end.
  constructor(starts) {
    this.starts = starts;
    this.names = new Best(starts.length - 1);
    this.headings = new Best(starts.at(-1));
    this.texts = new Best(starts.at(-1));
  }

  title(page, weight) { this.names.raise(page, TITLE * weight); }
  question(page, weight) { this.names.raise(page, QUESTION * weight); }
  heading(section, weight) { this.headings.raise(section, HEADING * weight); }
  text(section, weight) { this.texts.raise(section, TEXT * weight); }

  // The three put together, as weights by section; they are empty afterwards, for the next word.
  taken() {
    const all = new Best(this.starts.at(-1));
    for (const page of this.names.places) {
      for (let section = this.starts[page]; section < this.starts[page + 1]; section++) all.raise(section, this.names.values[page]);
    }
    for (const { values, places } of [this.headings, this.texts]) {
      for (const section of places) all.raise(section, 1 - (1 - all.values[section]) * (1 - values[section]));
    }
    for (const field of [this.names, this.headings, this.texts]) field.clear();
    return all;
  }
}

// The pages that answer, best first: { page, section, shown, score }, `section` being where a link leads and `shown` the one that
// says the most, which is another when it says little more than the beginning of the page. *starts*: the first section of each
// page, and the end; *pageOf*: the page of each section; *titles*: the words of each; *asked*: the words of the question in their
// order, the telling ones with the forms that they are found in.
export function rank(slots, { starts, pageOf, titles }, asked) {
  const said = slots.map((slot) => weigh(slot, starts, pageOf));
  const worth = said.map(({ pages }) => rarity(pages));
  const whole = worth.reduce((sum, one) => sum + one, 0);
  if (!whole) return [];
  const found = [];
  for (let page = 0; page < titles.length; page++) {
    let top = 0, covered = 0;
    for (let slot = 0; slot < said.length; slot++) {
      const value = said[slot].pages[page];
      if (!value) continue;
      top += worth[slot] * value;
      covered += worth[slot];
    }
    if (!top) continue;
    const { section, shown, best } = bestSection(said, worth, starts[page], starts[page + 1]);
    const score = ((1 - WHOLE_PAGE) * best + WHOLE_PAGE * top) / whole;
    found.push({ page, section, shown, score: score * (covered / whole) ** COVERED });
  }
  const candidates = found.sort(byScore).slice(0, CANDIDATES);
  for (const one of candidates) {
    const words = titles[one.page];
    one.score += FIT * fit(slots, worth, whole, words) + CLOSE * closeness(asked, words);
  }
  candidates.sort(byScore);
  return candidates.filter(({ score }) => score > LEAST * candidates[0].score);
}

const byScore = (one, other) => other.score - one.score || one.page - other.page;

// A word that few pages say tells more than one that many do; dampened, because a question's words all matter.
const rarity = (pages) => {
  let known = 0;
  for (const value of pages) if (value) known++;
  return known ? Math.sqrt(Math.log(1 + pages.length / known)) : 0;
};

// How well each section says a slot, in the best of its alternatives, and each page in the best of its sections. A phrase
// counts only where all of it is said.
function weigh({ alternatives }, starts, pageOf) {
  const pages = new Float32Array(starts.length - 1);
  const sections = new Float32Array(starts.at(-1));
  for (const { parts, weight } of alternatives) {
    const rarest = parts.reduce((one, other) => (other.places.length < one.places.length ? other : one));
    for (const section of rarest.places) {
      let sum = 0;
      for (const { values } of parts) {
        if (!values[section]) { sum = 0; break; }
        sum += values[section];
      }
      const value = (weight * sum) / parts.length;
      if (value <= sections[section]) continue;
      sections[section] = value;
      const page = pageOf[section];
      if (value > pages[page]) pages[page] = value;
    }
  }
  return { pages, sections };
}

function bestSection(said, worth, from, to) {
  let best = 0, section = from, shown = from, least = 0;
  for (let number = from; number < to; number++) {
    let sum = 0;
    for (let slot = 0; slot < said.length; slot++) sum += worth[slot] * said[slot].sections[number];
    if (number === from) least = TOP * sum;
    if (sum <= best) continue;
    [best, shown] = [sum, number];
    if (sum > least) section = number;
  }
  return { section, shown, best };
}

// How much of a title the question says, in whatever words, and how much of the question the title: 1 when all of both.
function fit(slots, worth, whole, words) {
  const names = words.filter((word) => !isIgnored(word));
  const taken = new Set();
  let asked = 0;
  slots.forEach(({ alternatives }, slot) => {
    let best = 0, places = [];
    for (const { terms, weight } of alternatives) {
      const at = terms.map((forms) => bestOf(names, forms));
      if (at.some(([value]) => !value)) continue;
      const value = (weight * at.reduce((sum, [one]) => sum + one, 0)) / at.length;
      if (value > best) [best, places] = [value, at.map(([, place]) => place)];
    }
    asked += worth[slot] * best;
    for (const place of places) taken.add(place);
  });
  return asked ? harmonic(taken.size / names.length, asked / whole) : 0;
}

const bestOf = (words, forms) =>
  words.reduce((best, word, place) => ((forms.get(word) ?? 0) > best[0] ? [forms.get(word), place] : best), [0, -1]);

const harmonic = (one, other) => (2 * one * other) / (one + other);

// How much of the question and of a title are the same words side by side: 1 when they are the same. Once with articles and
// prepositions, which tell "registro desde orden" from "registro de orden", and once without, for those who leave them out.
function closeness(asked, words) {
  const telling = asked.filter(({ forms }) => forms);
  const names = words.filter((word) => !isIgnored(word));
  return Math.max(share(asked, words), 0.9 * share(telling, names));
}

function share(asked, words) {
  let longest = 0;
  for (let i = 0; i < asked.length; i++) {
    for (let j = 0; j < words.length; j++) {
      let sum = 0;
      for (let run = 0; i + run < asked.length && j + run < words.length; run++) {
        const { word, forms } = asked[i + run];
        const value = forms ? forms.get(words[j + run]) : word === words[j + run];
        if (!value) break;
        sum += Number(value);
      }
      longest = Math.max(longest, sum);
    }
  }
  return longest && (2 * longest) / (asked.length + words.length);
}
