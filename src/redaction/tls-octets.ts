/**
 * Replaces in place what is secret in the octets of one direction of a TCP connection: the plaintext before TLS,
 * handshake messages in plaintext (`message-octets.ts`), and everything encrypted. Records and messages keep their lengths.
 */
import { beginsTls, isPlainHello } from "../record/recognise.ts";
import { beginsSslv2 } from "../record/sslv2.ts";
import { CONTENT, isHandshakeType, isOversized, maybeRecord, mayFollow, RECORD_HEADER, recordLength } from "../record/tls-record.ts";
import { redactMessage } from "./message-octets.ts";
import { redactPlaintext } from "./plaintext-octets.ts";
import type { RedactionRules } from "./rules.ts";
import { redactSslv2 } from "./sslv2-octets.ts";

/** Octets of the header of a handshake message. */
const HEADER = 4;

const nowhere = (): boolean => false;

/** How far the redaction of one direction has got. */
export interface Reached {
  readonly phase: "beginning" | "middle" | "records";
  /** Octets of the last record that are still to come. */
  readonly left: number;
}

/**
 * Redacts all of `bytes`, which continue a direction that has got as far as `from`; its phase is `middle` if the capture lacks what came before.
 * Returns how far it has got after them. `begins` says whether a packet begins at an index: after something that is not a record, records of any
 * kind are only looked for there.
 */
export function redactTlsStream(
  bytes: Uint8Array,
  from: Reached,
  rules: RedactionRules,
  begins: (at: number) => boolean = nowhere,
): Reached {
  const messages = new Messages(rules);
  let reached = from.phase;
  let isEncrypted = false;
  // If the capture lacks a part of a record, its rest cannot be decoded; the next record follows it.
  let plain = Math.min(from.left, bytes.length);
  let left = from.left - plain;
  rules.names.replace(bytes, 0, plain);
  for (let at = plain; at < bytes.length;) {
    const isSslv2 = reached !== "records" && beginsSslv2(bytes, at, bytes.length);
    const isFollowing = reached === "records" && plain === at && !isEncrypted;
    if (!isSslv2 && !isRecord(bytes, at, plain < at || at === 0, at === 0 || begins(at)) && !(isFollowing && isWhole(bytes, at))) {
      at++;
      continue;
    }
    redactBetween(bytes, plain, at, reached, rules);
    reached = "records";
    if (isSslv2) {
      at = plain = redactSslv2(bytes, at, rules);
      continue;
    }
    const start = at + RECORD_HEADER;
    const whole = start + recordLength(bytes, at);
    const end = Math.min(bytes.length, whole);
    left = whole - end;
    const content = bytes[at] as number;
    if (content === CONTENT.handshake && (!isEncrypted || isPlainHello(bytes, start, end, end - start))) messages.take(bytes, start, end);
    else if (content === CONTENT.changeCipherSpec) {
      isEncrypted = true;
      rules.names.replace(bytes, start, end, 1);
    } else if (content !== CONTENT.alert || end - start > 2) rules.names.replace(bytes, start, end);
    at = plain = end;
  }
  redactBetween(bytes, plain, bytes.length, reached, rules);
  messages.end();
  return { phase: reached, left };
}

/** Redacts what is not a record: a dialogue before TLS, or, once there were records, unknown octets. */
function redactBetween(bytes: Uint8Array, start: number, end: number, phase: Reached["phase"], rules: RedactionRules): void {
  if (phase === "beginning" || (phase === "middle" && isText(bytes.subarray(start, end)))) redactPlaintext(bytes, start, end, rules);
  else rules.names.replace(bytes, isOversized(bytes, start, end) ? start + RECORD_HEADER : start, end);
}

/** Are nine of ten octets printable characters, blanks or ends of lines? */
function isText(octets: Uint8Array): boolean {
  return (
    octets.filter((octet) => (octet >= 0x20 && octet < 0x7f) || octet === 9 || octet === 10 || octet === 13).length >= octets.length * 0.9
  );
}

/** Is there a complete header of what may follow a record, whatever its version? */
function isWhole(bytes: Uint8Array, at: number): boolean {
  return bytes.length - at >= RECORD_HEADER && mayFollow(bytes, at, bytes.length);
}

/** Does a record begin here? After plaintext it must begin as TLS does; after a record any may follow. */
function isRecord(bytes: Uint8Array, at: number, afterPlaintext: boolean, beginsPacket: boolean): boolean {
  if (at === 0 && beginsTls(bytes, at, bytes.length) && bytes[at] === CONTENT.handshake) return true;
  if (!maybeRecord(bytes, at, bytes.length) || bytes.length - at < RECORD_HEADER) return false;
  if (!afterPlaintext) return true;
  if (!beginsTls(bytes, at, bytes.length)) return false;
  if (bytes[at] !== CONTENT.handshake) return beginsPacket || bytes[at] === CONTENT.alert;
  return beginsPacket || isPlainHello(bytes, at + RECORD_HEADER, bytes.length, recordLength(bytes, at));
}

/** Puts messages together from the bodies of records, redacts them, and writes each back where its octets came from. */
class Messages {
  readonly #rules: RedactionRules;
  #bytes: Uint8Array = new Uint8Array(0);
  #parts: { start: number; end: number }[] = [];
  /** Octets in the parts, and how many the message in progress needs: until then there is nothing to put together. */
  #held = 0;
  #needed = HEADER;

  constructor(rules: RedactionRules) {
    this.#rules = rules;
  }

  take(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#parts.push({ start, end });
    this.#held += end - start;
    if (this.#held >= this.#needed) this.#drain(false);
  }

  /** What is left is incomplete: it is redacted as far as it can be read. */
  end(): void {
    this.#drain(true);
  }

  #drain(isEnd: boolean): void {
    const joined = this.#joined();
    let at = 0;
    this.#needed = HEADER;
    while (joined.length - at >= HEADER) {
      const type = joined[at] as number;
      const length = ((joined[at + 1] as number) << 16) | ((joined[at + 2] as number) << 8) | (joined[at + 3] as number);
      if (!isHandshakeType(type)) {
        this.#rules.names.replace(joined, at, joined.length);
        at = joined.length;
        break;
      }
      if (at + HEADER + length > joined.length && !isEnd) {
        this.#needed = HEADER + length;
        break;
      }
      const end = Math.min(joined.length, at + HEADER + length);
      redactMessage(type, joined.subarray(at + HEADER, end), false, this.#rules);
      at = end;
    }
    this.#putBack(joined, isEnd ? joined.length : at);
  }

  #joined(): Uint8Array {
    const joined = new Uint8Array(this.#held);
    let at = 0;
    for (const { start, end } of this.#parts) {
      joined.set(this.#bytes.subarray(start, end), at);
      at += end - start;
    }
    return joined;
  }

  /** Writes the first `done` octets back, and keeps the rest. */
  #putBack(joined: Uint8Array, done: number): void {
    let at = 0;
    const rest: { start: number; end: number }[] = [];
    for (const { start, end } of this.#parts) {
      const octets = Math.min(end - start, Math.max(0, done - at));
      this.#bytes.set(joined.subarray(at, at + octets), start);
      if (start + octets < end) rest.push({ start: start + octets, end });
      at += end - start;
    }
    this.#parts = rest;
    this.#held -= done;
  }
}
