// From words to sections: how well each section, and the page that it is of, answers a question.
//
// A question is a list of slots, one a telling word: { alternatives: [{ terms: [word of the site → weight], weight, parts }] }.
// An alternative is a word or a phrase that the slot may be called; `parts` are the hits of its terms. The weights below were
// chosen on the open queries of a real manual (tests/bench/bench_search.py); the result hardly changes with any of them alone.

import { isIgnored, wordsOf } from "./text.js";

const TITLE = 0.95;
const QUESTION = 0.9;
const HEADING = 0.5;
const TEXT = 0.3;
const WHOLE_PAGE = 0.35; // how much counts what other sections of the page say
const COVERED = 1.5; // how much it costs to leave a word of the question unsaid
const FIT = 0.3;
const CLOSE = 0.3;
const CANDIDATES = 60;

// What one word of a question finds: a weight from 0 to 1 for each page and section that has it, field by field.
export class Hits {
  constructor(pages, sections) {
    this.title = new Float32Array(pages);
    this.question = new Float32Array(pages);
    this.heading = new Float32Array(sections);
    this.text = new Float32Array(sections);
  }
}

export const raise = (weights, place, weight) => { if (weights[place] < weight) weights[place] = weight; };

// The pages that answer, best first: { page, section, score }. *starts*: the first section of each page, and the end;
// *titles*: of each page; *asked*: the words of the question in their order, the telling ones with the forms they are found in.
export function rank(slots, starts, titles, asked) {
  const said = slots.map((slot) => weigh(slot, starts));
  const worth = said.map(({ pages }) => rarity(pages));
  const whole = worth.reduce((sum, one) => sum + one, 0);
  if (!whole) return [];
  const found = [];
  for (let page = 0; page < titles.length; page++) {
    let top = 0, covered = 0;
    said.forEach(({ pages }, slot) => {
      top += worth[slot] * pages[page];
      if (pages[page]) covered += worth[slot];
    });
    if (!top) continue;
    const [section, best] = bestSection(said, worth, starts[page], starts[page + 1]);
    const score = ((1 - WHOLE_PAGE) * best + WHOLE_PAGE * top) / whole;
    found.push({ page, section, score: score * (covered / whole) ** COVERED });
  }
  const candidates = found.sort(byScore).slice(0, CANDIDATES);
  for (const one of candidates) {
    const words = wordsOf(titles[one.page]);
    one.score += FIT * fit(slots, worth, whole, words) + CLOSE * closeness(asked, words);
  }
  return candidates.sort(byScore);
}

const byScore = (one, other) => other.score - one.score || one.page - other.page;

// A word that few pages say tells more than one that many do; dampened, because a question's words all matter.
const rarity = (pages) => {
  let known = 0;
  for (const value of pages) if (value) known++;
  return known ? Math.sqrt(Math.log(1 + pages.length / known)) : 0;
};

// How well each section says a slot, in the best of its alternatives, and each page in the best of its sections.
function weigh({ alternatives }, starts) {
  const pages = new Float32Array(starts.length - 1);
  const sections = new Float32Array(starts.at(-1));
  for (const { parts, weight } of alternatives) {
    for (let page = 0; page < pages.length; page++) {
      for (let section = starts[page]; section < starts[page + 1]; section++) {
        const value = weight * meanOf(parts, page, section);
        if (value > sections[section]) sections[section] = value;
        if (value > pages[page]) pages[page] = value;
      }
    }
  }
  return { pages, sections };
}

// A phrase counts only where all of it is said.
function meanOf(parts, page, section) {
  let sum = 0;
  for (const { title, question, heading, text } of parts) {
    const name = Math.max(TITLE * title[page], QUESTION * question[page]);
    const value = 1 - (1 - name) * (1 - HEADING * heading[section]) * (1 - TEXT * text[section]);
    if (!value) return 0;
    sum += value;
  }
  return sum / parts.length;
}

function bestSection(said, worth, from, to) {
  let best = 0, where = from;
  for (let section = from; section < to; section++) {
    let sum = 0;
    for (let slot = 0; slot < said.length; slot++) sum += worth[slot] * said[slot].sections[section];
    if (sum > best) [best, where] = [sum, section];
  }
  return [where, best];
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
