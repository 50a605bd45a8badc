// A light stemmer: words of one family get one stem, so that "registrar" finds "registro". It need not be right for every
// word: what it finds is shown beside what was written, never instead of it, and weighs less.

// Endings by the fewest letters that must stand before them, the longest first.
const table = (groups) =>
  groups.flatMap(([least, endings]) => endings.trim().split(/\s+/).map((ending) => [ending, least]))
    .sort(([one], [other]) => other.length - one.length);

// What makes a noun or an adjective of another word.
const DERIVED = table([
  [3, `acion aciones icion iciones ucion uciones cion ciones sion siones amiento amientos imiento imientos ador adores adora adoras
       edor edores edora edoras idor idores idora idoras able ables ible ibles mente`],
  [4, "ante antes ario arios aria arias ativo ativos ativa ativas abilidad ibilidad"],
  [5, "ancia ancias encia encias"],
]);

// What ends a verb, with the pronouns that hang on it.
const CONJUGATED = table([
  [3, `ar er ir ando iendo aba aban abamos ado ados ada adas arlo arla arlos arlas erlo erla erlos erlas irlo irla irlos irlas arse
       erse irse arle erle irle arme erme irme andolo andose iendolo iendose amos emos imos aron ieron`],
  [4, `ido idos ida idas an io aste iste aran eran iran aria eria iria arian erian irian aremos eremos iremos ariamos eriamos
       iriamos`],
]);

const without = (word, endings) => {
  const found = endings.find(([ending, least]) => word.length - ending.length >= least && word.endsWith(ending));
  return found ? word.slice(0, -found[0].length) : word;
};

const singular = (word) => {
  if (word.endsWith("ces")) return `${word.slice(0, -3)}z`;
  if (/[^aeiou]es$/.test(word) && word.length > 5) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
};

// *word* is folded (text.js).
export function stemSpanish(word) {
  if (word.length < 4 || /\d/.test(word)) return word;
  const single = singular(word);
  const derived = without(word, DERIVED);
  const root = derived === word ? without(single, CONJUGATED) : derived;
  return root.length > 3 ? root.replace(/[aeo]$/, "") : root;
}

// English, and what has no stemmer of its own: the plural.
export const stemPlural = (word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word);

export const stemmerOf = (language) => (language === "es" || language === "pt" ? stemSpanish : stemPlural);
