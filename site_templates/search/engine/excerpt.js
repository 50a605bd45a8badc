// The lines under a result: the part of a text where the words of a question stand closest together.

import { fold } from "./text.js";

const WORD = /[\p{L}\p{N}]+/gu;
const LENGTH = 170;
const BEFORE = 40;
const NONE = -1;

// *slots*: a folded word → the number of its slot. Gives a function: a word as it stands in a text → that number, or undefined.
export function finder(slots) {
  const known = new Map(); // texts say the same words again and again, and folding them costs the most
  return (word) => {
    let slot = known.get(word);
    if (slot === undefined) known.set(word, (slot = slots.get(fold(word)) ?? NONE));
    return slot === NONE ? undefined : slot;
  };
}

// *text* as runs of [text, whether it is a word of the question]; *slotOf*: a finder.
export function marked(text, slotOf) {
  const runs = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (slotOf(word) === undefined) continue;
    if (index > end) runs.push([text.slice(end, index), false]);
    runs.push([word, true]);
    end = index + word.length;
  }
  if (end < text.length) runs.push([text.slice(end), false]);
  return runs;
}

// The part to show, as runs, and how close the words stand in it, from 0 to 1.
export function excerptOf(text, slotOf) {
  const hits = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const slot = slotOf(word);
    if (slot !== undefined) hits.push({ slot, index, end: index + word.length });
  }
  const { first, slots, span } = densest(hits);
  let from = Math.max(0, first - BEFORE);
  if (from) from = text.indexOf(" ", from) + 1 || from;
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + LENGTH / 2);
  const runs = marked(text.slice(from, to), slotOf);
  if (from) runs.unshift(["… ", false]);
  if (to < text.length) runs.push([" …", false]);
  return { runs, closeness: slots > 1 ? 1 / (1 + span / LENGTH) : 0 };
}

// The window with the most words of the question, the shortest such.
function densest(hits) {
  let best = { first: 0, slots: 0, span: 0 };
  hits.forEach((start, number) => {
    const seen = new Set();
    for (let next = number; next < hits.length && hits[next].end - start.index <= LENGTH - BEFORE; next++) {
      if (seen.has(hits[next].slot)) continue;
      seen.add(hits[next].slot);
      const span = hits[next].end - start.index;
      if (seen.size > best.slots || (seen.size === best.slots && span < best.span)) best = { first: start.index, slots: seen.size, span };
    }
  });
  return best;
}
