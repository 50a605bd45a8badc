// What a word is, and which words of a question say nothing of what is sought.

// Lower case, without accents; ñ is a letter of its own: "año" is not "ano". The same as `words_of` in search.py.
export const fold = (text) => {
  const plain = text.toLowerCase();
  return ASCII.test(plain) ? plain : plain.normalize("NFD").replace(TILDE, "ñ").replace(MARKS, "");
};

const ASCII = /^[\x00-\x7f]*$/;
const TILDE = /n\u0303/g;
const MARKS = /\p{M}/gu;

const WORD = /[\p{L}\p{N}]+/gu;

export const wordsOf = (text) => fold(text).match(WORD) ?? [];

// Articles, prepositions and pronouns, and what people put around what they ask, in the three languages of the interface.
const IGNORED = new Set(`
  a acaba acabamos acaban
  al ante asi aun bajo cada como con cual cuales cualquier cuando cuanta cuantas cuanto cuantos de del desde donde durante e el
  ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta estan estar estas este esto estos estoy fue ha han
  hasta hay he la las le les lo los mas me mi mis mismo mucho muy nada ni no nos o os otra otro para pero por porque
  que quien quienes se sea segun ser si sido sin sino sobre solo son soy su sus tal tambien tan te toda todas todo todos tu tus
  u un una unas uno unos y ya yo
  ayuda ayudar ayudarme ayudeme busco conocer desea deseo duda explicar explique favor forma gracias
  gustaria hace hacemos hacen hacer hacerlo hago haria hola indicar manera necesita necesitamos necesito ocurre pasa pasos permite
  podemos poder podria podrian puede pueden puedo queremos quiere quiero quisiera realiza realizar realizo saber sabe sabes se seria
  sirve tenemos tener tengo tiene tienen usted ustedes vamos ver voy
  an and are at be by can could do does for from get how i in into is it me my of on or our please should that the there this to
  want we what when where which who why will with would you your
  ao aos as com da das do dos em eu fazer faço gostaria isso mais meu minha na nas nos não ou pela pelo posso preciso quais qual
  quando quanto que quero seu sua são uma onde
`.trim().split(/\s+/).map(fold));

export const isIgnored = (word) => IGNORED.has(word);

// What people say around what they mean, and what may yet be part of it: it counts for less.
const WEAK = new Set(`
  ademas ahi ahora algo alguien alguna algunas alguno algunos alla alli anda antes aparece aparecen aqui asi aunque bien buen
  buena bueno cosa cosas creo da dame dan dar darle darles das deja dejan dejar dejo despues dice dicen dio doy estaba esten hacia
  hecho hice hicieron hicimos hizo iba ir lleva llevan llevar llevo luego mal mejor misma mismas nadie ninguna ninguno nuestra
  nuestras nuestro nuestros nunca pone ponen poner ponerle ponerlo pongo pronto puse puso queda quedan quedar quedaron quede quedo
  sale salen salga salio salir siempre siga sigue siguen sistema suele tampoco toca tocar todavia traer tuve tuvo usa usamos usar
  uso va van varias varios vaya veces vez viene vienen vino volver
`.trim().split(/\s+/).map(fold));

export const isWeak = (word) => WEAK.has(word);

// How many letters of a word may be wrong.
export const edits = (word) => (/\d/.test(word) || word.length < 5 ? 0 : word.length < 9 ? 1 : 2);

// Letters added, left out, exchanged with another or with a neighbour, to make one word of the other (optimal string alignment).
export function distance(one, other) {
  let before, row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = above;
  }
  return row[other.length];
}
