/**
 * Makes replacements for values: always the same one for the same value and key, of the same
 * length, and not reversible without the key. Words come out as words, so that equal names stay equal.
 */
import { hashNamed, type Hash } from "../crypto/hash.ts";
import { macOf } from "../crypto/mac.ts";

/** Octets of the longest word. */
const LONGEST_WORD = 256;
/** So many adjacent octets are letters and digits in words, but hardly ever by chance in numbers. */
const SHORTEST_WORD = 6;

/** What a character of a word is replaced with. */
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const HEX = "0123456789abcdef";

/** How many values are tried to find one that is not taken: ids of one octet may run out. */
const ATTEMPTS = 64;

/** Makes replacements under one key. */
export class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #words = new Map<string, string>();
  /** Replacements for short values, no two of which may be equal. */
  readonly #distinct = new Map<string, Uint8Array>();
  readonly #taken = new Set<string>();

  /** `key` should be random octets that are discarded afterwards. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Octets derived from `value`, of the same length. */
  octets(value: Uint8Array, purpose = "octets"): Uint8Array {
    const made = new Uint8Array(value.length);
    const seed = this.#mac(purpose, value);
    for (let at = 0, block = 0; at < made.length; at += 32, block++) {
      made.set(this.#mac(`${purpose} ${block}`, seed).subarray(0, made.length - at), at);
    }
    return made;
  }

  /** Replaces `[start, end)` of `bytes`, but not its first `kept` octets. */
  replace(bytes: Uint8Array, start: number, end: number, kept = 0): void {
    if (start + kept >= end) return;
    bytes.set(this.octets(bytes.slice(start, end)).subarray(kept), start + kept);
  }

  /** Replaces every word of ASCII letters and digits in `[start, end)` that is not `kept`; case does not count. */
  replaceWords(bytes: Uint8Array, start: number, end: number, isKept: (word: string) => boolean = () => false): void {
    for (let at = start; at < end; at++) {
      if (!isWordOctet(bytes[at])) continue;
      const from = at;
      while (at < end && at - from < LONGEST_WORD && isWordOctet(bytes[at])) at++;
      const word = String.fromCharCode(...bytes.subarray(from, at));
      if (at - from === LONGEST_WORD) at--;
      if (isKept(word)) continue;
      const made = this.#word(word.toLowerCase());
      for (let index = 0; index < made.length; index++) bytes[from + index] = made.charCodeAt(index);
    }
  }

  /** Replaces `[start, end)`, which should be a list of numbers, if it contains a word: then its length is wrong. */
  replaceWordy(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start, from = start; at < end; at++) {
      if (!isWordOctet(bytes[at])) from = at + 1;
      else if (at - from + 1 === SHORTEST_WORD) {
        this.replace(bytes, start, end);
        return;
      }
    }
  }

  /** Replaces every hexadecimal number in `[start, end)`, as in an IPv6 address, by another one of as many digits. */
  replaceHex(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      if (!isWordOctet(bytes[at])) continue;
      const from = at;
      while (at < end && isWordOctet(bytes[at])) at++;
      const digits = bytes.slice(from, at).map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
      const made = this.octets(digits, "hexadecimal");
      // Such numbers are not written with a leading 0.
      for (let index = 0; index < made.length; index++)
        bytes[from + index] = HEX.charCodeAt(1 + ((made[index] as number) % (HEX.length - 1)));
    }
  }

  /** An address of the same family, in a range for private use (RFC 1918, RFC 4193); special addresses stay. */
  address(address: Uint8Array): Uint8Array {
    if (isSpecial(address)) return address.slice();
    return this.#apart(address, "address", (made) => (made[0] = address.length === 4 ? 10 : 0xfd));
  }

  /** Another connection id (QUIC or DTLS) of the same length. */
  connectionId(id: Uint8Array): Uint8Array {
    return this.#apart(id, "connection id", () => {});
  }

  /** A replacement that no other value of this purpose and length has, as long as there are any left. */
  #apart(value: Uint8Array, purpose: string, shape: (made: Uint8Array) => void): Uint8Array {
    const key = `${purpose} ${value.join(".")}`;
    const known = this.#distinct.get(key);
    if (known !== undefined) return known;
    let made = value;
    let name = "";
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      made = this.octets(value, attempt === 0 ? purpose : `${purpose}, attempt ${attempt}`);
      shape(made);
      name = `${purpose} ${made.join(".")}`;
      if (!this.#taken.has(name)) break;
    }
    this.#taken.add(name);
    this.#distinct.set(key, made);
    return made;
  }

  #word(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const made = this.octets(
      Uint8Array.from(word, (sign) => sign.charCodeAt(0)),
      "word",
    );
    const text = /^\d+$/.test(word)
      ? // The first of three digits becomes 1, so that an IPv4 address stays valid.
        [...made].map((octet, index) => (index === 0 && word.length > 1 ? "1" : String(octet % 10))).join("")
      : [...made].map((octet) => LETTERS[octet % LETTERS.length]).join("");
    this.#words.set(word, text);
    return text;
  }

  #mac(purpose: string, value: Uint8Array): Uint8Array {
    const text = Uint8Array.from(`${purpose}\0`, (sign) => sign.charCodeAt(0));
    const input = new Uint8Array(text.length + value.length);
    input.set(text);
    input.set(value, text.length);
    return macOf(hashNamed("SHA256") as Hash, this.#key, input);
  }
}

function isWordOctet(octet: number | undefined): boolean {
  return octet !== undefined && ((octet >= 0x30 && octet <= 0x39) || (octet >= 0x41 && octet <= 0x5a) || (octet >= 0x61 && octet <= 0x7a));
}

/** Loopback, unspecified, and all ones: they identify nobody. */
function isSpecial(address: Uint8Array): boolean {
  if (address.length === 4) return address[0] === 127 || address.every((octet) => octet === 0) || address.every((octet) => octet === 255);
  return address.subarray(0, 15).every((octet) => octet === 0);
}
