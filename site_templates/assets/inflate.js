// What zlib packed (RFC 1950 and 1951), for browsers that cannot: Safari can since 2023, and phones older than that are in use.
const inflate = (() => {
  "use strict";

  // The codes of lengths and of distances: where each begins, and how many more bits it takes.
  const ranges = (first, widths) => widths.map((bits) => {
    const range = [first, bits];
    first += 1 << bits;
    return range;
  });
  const LENGTHS = [...ranges(3, Array.from({ length: 28 }, (_, code) => Math.max((code >> 2) - 1, 0))), [258, 0]];
  const DISTANCES = ranges(1, Array.from({ length: 30 }, (_, code) => Math.max((code >> 1) - 1, 0)));
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const END = 256;

  // A code is told by the length of each symbol's: how many there are of each, and the symbols in that order.
  const codeOf = (lengths) => {
    const counts = new Uint16Array(16);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    const symbols = [];
    for (let length = 1; length < 16; length++) lengths.forEach((own, symbol) => { if (own === length) symbols.push(symbol); });
    return { counts, symbols };
  };
  const FIXED = [
    codeOf(Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8))),
    codeOf(new Array(30).fill(5)),
  ];

  return (packed) => {
    let out = new Uint8Array(packed.length * 8);
    let size = 0;
    let at = 8 * 2; // in bits, after zlib's header
    const bit = () => (packed[at >> 3] >> (at++ & 7)) & 1;
    const bits = (count) => {
      let value = 0;
      for (let place = 0; place < count; place++) value |= bit() << place;
      return value;
    };
    const symbol = ({ counts, symbols }) => {
      let code = 0;
      let first = 0;
      let place = 0;
      for (let length = 1; length < 16; length++) {
        code |= bit();
        if (code - first < counts[length]) return symbols[place + code - first];
        place += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      throw new RangeError("no such code");
    };
    const room = (more) => {
      if (size + more <= out.length) return;
      const larger = new Uint8Array(2 * (size + more));
      larger.set(out);
      out = larger;
    };

    const store = () => {
      at = (at + 7) & ~7;
      const length = bits(16);
      at += 16; // the length again, inverted
      room(length);
      out.set(packed.subarray(at >> 3, (at >> 3) + length), size);
      size += length;
      at += 8 * length;
    };
    const readCodes = () => {
      const [literals, distances, used] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
      const widths = new Array(19).fill(0);
      for (const own of ORDER.slice(0, used)) widths[own] = bits(3);
      const code = codeOf(widths);
      const lengths = [];
      while (lengths.length < literals + distances) {
        const said = symbol(code);
        if (said < 16) lengths.push(said);
        else {
          const again = said === 16 ? lengths[lengths.length - 1] : 0;
          for (let count = said === 18 ? bits(7) + 11 : bits(said === 16 ? 2 : 3) + 3; count; count--) lengths.push(again);
        }
      }
      return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
    };
    const unpack = ([literals, distances]) => {
      for (let said = symbol(literals); said !== END; said = symbol(literals)) {
        if (said < END) {
          room(1);
          out[size++] = said;
          continue;
        }
        const [shortest, more] = LENGTHS[said - 257];
        const length = shortest + bits(more);
        const [nearest, further] = DISTANCES[symbol(distances)];
        const back = nearest + bits(further);
        room(length);
        for (const end = size + length; size < end; size++) out[size] = out[size - back];
      }
    };

    for (let isLast = 0; !isLast;) {
      isLast = bit();
      const kind = bits(2);
      if (kind === 0) store();
      else unpack(kind === 1 ? FIXED : readCodes());
    }
    return out.subarray(0, size);
  };
})();
