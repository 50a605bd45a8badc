// Sealed bytes → what they hold, by WebCrypto alone (`inflate` comes before it in the same file). The format is told in generator/portals/sealing.py and keys.py.
// It touches neither the page nor the network; what does not open is an Error whose `state` says which page to show.
const unseal = (() => {
  "use strict";

  const HEAD = 44;
  const SLOT = 132;
  const LINK_KEY = 16;
  const DEFLATE = 1;
  const DAY = 86400000;
  const LEAST_WORK = 600000;
  const MOST_WORK = 5000000;
  const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  const MODES = { 1: "link", 2: "passphrase" };

  class Closed extends Error {
    constructor(state) {
      super(state);
      this.state = state;
    }
  }

  const utf8 = (text) => new TextEncoder().encode(text);
  const u32 = (number) => new Uint8Array([number >>> 24, number >>> 16, number >>> 8, number]);
  const number = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
  const join = (...parts) => {
    const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  };
  const lp = (...parts) => join(...parts.flatMap((part) => [u32(part.length), part]));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const bits = (bytes) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const bytesOf = (text, base, width) => Uint8Array.from(text.match(new RegExp(`.{${width}}`, "g")), (part) => parseInt(part, base));
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

  // A key is { raw, source }: its bytes (null where the browser remembers it and gives them to nobody), and what derives from it.
  const keyOf = async (raw) => ({ raw, source: await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveBits"]) });
  const derive = async ({ source }, label, parts, salt = new Uint8Array(), size = 32) => {
    const info = join(utf8(`avance/1/${label}\0`), lp(...parts));
    return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, source, size * 8));
  };
  const decrypt = async (sealed, key, additionalData) => {
    const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    try {
      const how = { name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData };
      return new Uint8Array(await crypto.subtle.decrypt(how, cipher, sealed.subarray(12)));
    } catch {
      throw new Closed("damaged");
    }
  };
  const unframe = async (frame) => {
    const body = frame.subarray(5, 5 + number(frame, 1));
    if (frame[0] !== DEFLATE) return body;
    if (!self.DecompressionStream) return inflate(body);
    const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  // Links: the key and a check bound to the project, 30 characters.
  const check = async (pid, raw) => bits(await sha256(join(utf8("avance/1/check\0"), lp(utf8(pid), raw)))).slice(0, 22);
  const token = async (pid, raw) =>
    (bits(raw) + (await check(pid, raw))).match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("");
  const keyOfToken = async (pid, text) => {
    const digits = Array.from(text.toLowerCase().replace(/o/g, "0").replace(/[il]/g, "1"), (letter) => ALPHABET.indexOf(letter));
    if (digits.length !== 30 || digits.includes(-1)) throw new Closed("cut");
    const all = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("");
    const raw = bytesOf(all.slice(0, 8 * LINK_KEY), 2, 8);
    if ((await check(pid, raw)) !== all.slice(8 * LINK_KEY)) throw new Closed("cut");
    return keyOf(raw);
  };

  // Case, accents and what stands between the words do not matter; ß is the one letter whose lower case is not its folded one.
  const stretch = async (passphrase, { salt, iterations }) => {
    const plain = passphrase.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/[^a-z0-9]/g, "");
    const words = await crypto.subtle.importKey("raw", utf8(plain), "PBKDF2", false, ["deriveBits"]);
    return keyOf(new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, words, 256)));
  };

  // What can be read of a container without a key.
  const read = (bytes) => {
    const start = new TextDecoder().decode(bytes.subarray(0, 6));
    if (start !== "AVNCE1") throw new Closed(/^AVNCE./.test(start) ? "version" : /^\s*</.test(start) ? "captive" : "damaged");
    const end = HEAD + SLOT * bytes[7];
    if (bytes.length < end + 28) throw new Closed("damaged");
    const mode = MODES[bytes[6]];
    const iterations = number(bytes, 24);
    if (!mode) throw new Closed("version");
    if (mode === "passphrase" && (iterations < LEAST_WORK || iterations > MOST_WORK)) throw new Closed("damaged");
    const slots = [];
    for (let at = HEAD; at < end; at += SLOT) slots.push(bytes.subarray(at, at + SLOT));
    return {
      mode, iterations, slots, epoch: bytes.subarray(8, 24), salt: bytes.subarray(28, 44),
      head: bytes.subarray(0, end), body: bytes.subarray(end),
    };
  };

  // A container that was read, and a key → { payload, content, label }.
  const open = async ({ slots, epoch, head, body }, pid, key, now = new Date()) => {
    const project = utf8(pid);
    const name = await derive(key, "slot", [project], epoch, 8);
    const slot = slots.find((one) => hex(one.subarray(0, 8)) === hex(name));
    if (!slot) throw new Closed("revoked");
    const wrapping = await derive(key, "kek", [project], epoch);
    const said = await decrypt(slot.subarray(8), wrapping, lp(utf8("slot"), project, name));
    const expires = number(said, 32);
    if (expires && Math.floor((now - now.getTimezoneOffset() * 60000) / DAY) >= expires) throw new Closed("expired");
    const content = await keyOf(said.slice(0, 32));
    const frame = await decrypt(body, await derive(content, "payload", [project]), lp(utf8("payload"), project, await sha256(head)));
    return {
      content,
      label: new TextDecoder().decode(said.subarray(36)).replace(/\0+$/, ""),
      payload: JSON.parse(new TextDecoder().decode(await unframe(frame))),
    };
  };

  const openFile = async (sealed, pid, path, content) => {
    if (sealed.length < 28) throw new Closed("damaged");
    const parts = [utf8(pid), utf8(path)];
    return unframe(await decrypt(sealed, await derive(content, "file", parts), lp(utf8("file"), ...parts)));
  };

  return { Closed, read, open, openFile, token, keyOf, keyOfToken, stretch, hex, ofHex: (text) => bytesOf(text, 16, 2) };
})();
