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

// What ends a verb, and the pronouns that hang on it: "devolverle", "registrándolo".
const PRONOUNS = "me te se le les lo la los las nos melo mela selo sela selos selas telo tela".split(" ");
const CONJUGATED = table([
  [3, ["ar", "er", "ir", "ando", "iendo"].flatMap((ending) => [ending, ...PRONOUNS.map((pronoun) => ending + pronoun)]).join(" ")],
  [3, "aba aban abamos ado ados ada adas amos emos imos aron ieron i"],
  [4, `ido idos ida idas an io aste iste aran eran iran aria eria iria arian erian irian aremos eremos iremos ariamos eriamos
       iriamos`],
]);

// Roots of verbs that change inside, as people write them of what they do with a program, by what their infinitive has.
const CHANGED = new Map(Object.entries({
  cerr: "cierr", comenz: "comienz", correg: "corrig corrij correc", cost: "cuest", descont: "descuent", desped: "despid",
  devolv: "devuelv devuelt devol", eleg: "elig elij", empez: "empiez empec", encontr: "encuentr", hac: "hag hic hiz", mostr: "muestr",
  mov: "muev", ped: "pid", perd: "pierd", pon: "pong pus", prob: "prueb", tra: "traj traig", volv: "vuelv vuelt",
}).flatMap(([root, changed]) => changed.split(" ").map((one) => [one, root])));

const without = (word, endings) => {
  const found = endings.find(([ending, least]) => word.length - ending.length >= least && word.endsWith(ending));
  return found ? word.slice(0, -found[0].length) : word;
};

const singular = (word) => {
  if (word.endsWith("ces")) return `${word.slice(0, -3)}z`;
  if (/[^aeiou]es$/.test(word) && word.length > 5) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
};

// Words that only begin as others do: accounting is not counting.
const APART = ["contab", "contador", "maquinari"];

// *word* is folded (text.js).
export function stemSpanish(word) {
  if (word.length < 4 || /\d/.test(word)) return word;
  const apart = APART.find((root) => word.startsWith(root));
  if (apart) return apart;
  const root = rootOf(word);
  return CHANGED.get(root) ?? root;
}

function rootOf(word) {
  const derived = without(word, DERIVED);
  if (derived !== word) return ended(derived);
  const verb = without(word, CONJUGATED);
  return ended(verb === word ? without(singular(word), CONJUGATED) : verb);
}

// Without the vowel that tells person or gender, and with the consonant as the infinitive has it: "pague", "aplique", "autorice".
const ended = (root) => {
  if (root.length < 4) return root;
  if (root.length > 4 && root.endsWith("i")) return root.slice(0, -1);
  return root.replace(/gue$/, "g").replace(/que$/, "c").replace(/ice$/, "iz").replace(/i?[aeo]$/, "");
};

// English, and what has no stemmer of its own: the plural.
export const stemPlural = (word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word);

export const stemmerOf = (language) => (language === "es" || language === "pt" ? stemSpanish : stemPlural);
