/**
 * Values to others in their place: the same one for the same value as long as the key is the same, of the same
 * length, and not to be turned back without it. Words come out as words, so that names still match where they did.
 */
import { hashNamed, type Hash } from "../crypto/hash.ts";
import { macOf } from "../crypto/mac.ts";

/** What a character of a word is replaced with. */
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Makes replacements under one key. */
export class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #words = new Map<string, string>();

  /** `key` should be random octets that are forgotten afterwards. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** As many octets as `value` has, made of it. */
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
      while (at < end && isWordOctet(bytes[at])) at++;
      const word = String.fromCharCode(...bytes.subarray(from, at));
      if (isKept(word)) continue;
      const made = this.#word(word.toLowerCase());
      for (let index = 0; index < made.length; index++) bytes[from + index] = made.charCodeAt(index);
    }
  }

  /** An address of the same family, in a range that is for private use (RFC 1918, RFC 4193); ones of special use stay. */
  address(address: Uint8Array): Uint8Array {
    if (isSpecial(address)) return address.slice();
    const made = this.octets(address, "address");
    if (address.length === 4) made[0] = 10;
    else made[0] = 0xfd;
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
      ? // So that a dotted quad stays one, the first of three digits is 1.
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

/** Loopback, unspecified, and all ones: they say nothing of anybody. */
function isSpecial(address: Uint8Array): boolean {
  if (address.length === 4) return address[0] === 127 || address.every((octet) => octet === 0) || address.every((octet) => octet === 255);
  return address.subarray(0, 15).every((octet) => octet === 0);
}
