// From words to sections: how well each section, and the page that it is of, answers a question.
//
// A question is a list of slots, one a telling word: { alternatives, worth }, the worth from 0 to 1. An alternative is a word or a
// phrase that the slot may be called: { terms: [word of the site → weight], weight, parts }; `parts` are the hits of its terms. The
// weights below were chosen on the open queries of a real manual (tests/bench/bench_search.py); the result hardly changes with any of
// them alone.

import { isIgnored } from "./text.js";

const TITLE = 0.95;
const QUESTION = 0.9;
const HEADING = 0.5;
const TEXT = 0.3;
const WHOLE_PAGE = 0.35; // how much counts what other sections of the page say
const COVERED = 1.5; // how much it costs to leave a word of the question unsaid
const FIT = 0.4;
const CLOSE = 0.3;
const CANDIDATES = 60;
const TOP = 1.1; // how much better than the beginning of the page a section must be to be where the reader is led
const LEAST = 0.05; // of the score of the best: what answers less is no answer

// Weights by place; `places` lists those that have one.
class Weights {
  constructor(size, Numbers = Float32Array) {
    this.values = new Numbers(size);
    this.places = [];
  }

  raise(place, weight) {
    const known = this.values[place];
    if (known >= weight) return;
    if (!known) this.places.push(place);
    this.values[place] = weight;
  }

  add(place, weight) {
    if (!this.values[place]) this.places.push(place);
    this.values[place] += weight;
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
    this.names = new Weights(starts.length - 1);
    this.headings = new Weights(starts.at(-1));
    this.texts = new Weights(starts.at(-1));
    this.spare = [];
  }

  title(page, weight) { this.names.raise(page, TITLE * weight); }
  question(page, weight) { this.names.raise(page, QUESTION * weight); }
  heading(section, weight) { this.headings.raise(section, HEADING * weight); }
  text(section, weight) { this.texts.raise(section, TEXT * weight); }

  // The three put together, as weights by section, to be given back; they are empty afterwards, for the next word.
  taken() {
    const all = this.spare.pop() ?? new Weights(this.starts.at(-1));
    for (const page of this.names.places) {
      for (let section = this.starts[page]; section < this.starts[page + 1]; section++) all.raise(section, this.names.values[page]);
    }
    for (const { values, places } of [this.headings, this.texts]) {
      for (const section of places) all.raise(section, 1 - (1 - all.values[section]) * (1 - values[section]));
    }
    for (const field of [this.names, this.headings, this.texts]) field.clear();
    return all;
  }

  giveBack(weights) {
    weights.clear();
    this.spare.push(weights);
  }
}

// The pages that answer, best first: { page, section, shown, score }, `section` being where a link leads and `shown` the one that
// says the most, which is another when it says little more than the beginning of the page. *starts*: the first section of each
// page, and the end; *pageOf*: the page of each section; *titles*: the words of each; *asked*: the words of the question in their
// order, the telling ones with the forms that they are found in.
export function rank(slots, { starts, pageOf, titles }, asked) {
  const said = slots.map((slot) => weigh(slot, starts, pageOf));
  const worth = said.map(({ pages }, slot) => slots[slot].worth * rarity(pages.places.length, titles.length));
  const whole = worth.reduce((sum, one) => sum + one, 0);
  if (!whole) return [];
  const candidates = bestPages(said, worth, whole, starts, pageOf).map(({ page, score }) =>
    ({ page, ...bestSection(said, worth, starts[page], starts[page + 1]), score }));
  for (const one of candidates) {
    const words = titles[one.page];
    one.score += FIT * fit(slots, worth, whole, words) + CLOSE * closeness(asked, words);
  }
  candidates.sort(byScore);
  return candidates.filter(({ score }) => score > LEAST * candidates[0].score);
}

const byScore = (one, other) => other.score - one.score || one.page - other.page;

// A word that few pages say tells more than one that many do; dampened, because a question's words all matter.
const rarity = (known, all) => (known ? Math.sqrt(Math.log(1 + all / known)) : 0);

// How well each section says a slot, in the best of its alternatives, and each page in the best of its sections. A phrase
// counts only where all of it is said.
function weigh({ alternatives }, starts, pageOf) {
  const pages = new Weights(starts.length - 1);
  const sections = new Weights(starts.at(-1));
  for (const { parts, weight } of alternatives) {
    const rarest = parts.reduce((one, other) => (other.places.length < one.places.length ? other : one));
    for (const section of rarest.places) {
      let sum = 0;
      for (const { values } of parts) {
        if (!values[section]) { sum = 0; break; }
        sum += values[section];
      }
      const value = (weight * sum) / parts.length;
      sections.raise(section, value);
      pages.raise(pageOf[section], value);
    }
  }
  return { pages, sections };
}

// The pages that say the most of the question, by the best of their sections and by all of them together, the best first:
// { page, score }. Only those are looked at that say any of it.
function bestPages(said, worth, whole, starts, pageOf) {
  const sections = new Weights(starts.at(-1), Float64Array);
  const best = new Float64Array(starts.length - 1);
  const pages = new Weights(starts.length - 1, Float64Array);
  const covered = new Float64Array(starts.length - 1);
  said.forEach((slot, number) => {
    for (const section of slot.sections.places) sections.add(section, worth[number] * slot.sections.values[section]);
    for (const page of slot.pages.places) {
      pages.add(page, worth[number] * slot.pages.values[page]);
      covered[page] += worth[number];
    }
  });
  for (const section of sections.places) best[pageOf[section]] = Math.max(best[pageOf[section]], sections.values[section]);
  const scores = new Float64Array(starts.length - 1);
  for (const page of pages.places) {
    const score = ((1 - WHOLE_PAGE) * best[page] + WHOLE_PAGE * pages.values[page]) / whole;
    scores[page] = score * (covered[page] / whole) ** COVERED;
  }
  const least = Float64Array.from(pages.places, (page) => scores[page]).sort().at(-CANDIDATES) ?? 0;
  return pages.places.filter((page) => scores[page] >= least).map((page) => ({ page, score: scores[page] }))
    .sort(byScore).slice(0, CANDIDATES);
}

// Where in a page the question is answered best.
function bestSection(said, worth, from, to) {
  let best = 0, section = from, shown = from, least = 0;
  for (let number = from; number < to; number++) {
    let sum = 0;
    for (let slot = 0; slot < said.length; slot++) sum += worth[slot] * said[slot].sections.values[number];
    if (number === from) least = TOP * sum;
    if (sum <= best) continue;
    [best, shown] = [sum, number];
    if (sum > least) section = number;
  }
  return { section, shown };
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
