/**
 * DTLS between two endpoints: datagrams in, associations out. STUN, RTP and whatever else shares the
 * ports is passed over by its first octet (RFC 9443); so is a record whose association was not seen.
 */
import type { Hold } from "../flow/budget.ts";
import type { SideIndex } from "../flow/pair.ts";
import type { Moment } from "../flow/moment.ts";
import { LIMITS } from "../fault/limits.ts";
import type { DatagramExchanges, DatagramProtocol } from "./datagram-protocol.ts";
import { DtlsAssociation } from "./dtls-association.ts";
import { type DtlsMessage, DtlsMessages } from "./dtls-messages.ts";
import { type DtlsRecord, dtlsRecord, FRAGMENT_HEADER, fragmentAt, isPlainAlert } from "./dtls-record.ts";
import type { SealedStore } from "./sealed.ts";
import type { Exchange } from "./tls-stream.ts";
import { CONTENT } from "./tls-record.ts";

/** Its line in the list of protocols over UDP. */
export const dtls: DatagramProtocol = {
  name: "dtls",
  recognises: (bytes, start, end) => {
    const at = recordsAt(bytes, start, end);
    const record = dtlsRecord(bytes, at, end, false);
    if (record === null || record.epoch !== 0) return false;
    if (record.content === CONTENT.handshake) return fragmentAt(bytes, record.start, record.end, record.start + record.length) !== null;
    return isPlainAlert(bytes, record) && (record.end === end || dtlsRecord(bytes, record.end, end, false) !== null);
  },
  create: (nextId, store = null, hold = () => undefined) => new DtlsExchanges(nextId, store, hold),
};

class DtlsExchanges implements DatagramExchanges {
  /** Datagrams without a record. */
  ignored = 0;
  readonly #nextId: () => number;
  readonly #store: SealedStore | null;
  readonly #hold: Hold;
  readonly #associations: DtlsAssociation[] = [];
  #halves: readonly [DtlsMessages, DtlsMessages];

  constructor(nextId: () => number, store: SealedStore | null, hold: Hold) {
    this.#nextId = nextId;
    this.#store = store;
    this.#hold = hold;
    this.#halves = [this.#half(0), this.#half(1)];
  }

  get exchanges(): readonly Exchange[] {
    return this.#associations.filter((association) => association.id > 0);
  }

  datagram(side: SideIndex, bytes: Uint8Array, start: number, end: number, moment: Moment): void {
    let at = recordsAt(bytes, start, end);
    while (at < end) {
      const record = dtlsRecord(bytes, at, end, this.#associations.length > 0);
      if (record === null) {
        if (at === recordsAt(bytes, start, end)) this.ignored++;
        return;
      }
      this.#record(side, bytes, record, moment);
      at = record.start + record.length;
    }
  }

  end(): void {
    for (const half of this.#halves) {
      half.end();
      for (; half.leftOut > 0; half.leftOut--) this.#current.leaveOut();
    }
  }

  get #current(): DtlsAssociation {
    const last = this.#associations.at(-1);
    if (last !== undefined) return last;
    const first = new DtlsAssociation(this.#nextId, this.#store, this.#hold);
    this.#associations.push(first);
    return first;
  }

  #record(side: SideIndex, bytes: Uint8Array, record: DtlsRecord, moment: Moment): void {
    if (record.version === 0 || record.epoch > 0) this.#hidden(side, bytes, record, moment);
    else if (record.content === CONTENT.handshake) this.#fragments(side, bytes, record, moment);
    else if (isPlainAlert(bytes, record)) this.#current.plain(side, "alert", bytes, record, moment);
    else if (
      record.content === CONTENT.changeCipherSpec &&
      bytes[record.start] === 1 &&
      (record.length === 1 || record.version === 0x0100)
    ) {
      this.#current.plain(side, "change_cipher_spec", bytes, record, moment);
    }
  }

  /** Between two hellos, encrypted records still belong to the previous association. */
  #hidden(side: SideIndex, bytes: Uint8Array, record: DtlsRecord, moment: Moment): void {
    const last = this.#associations.at(-1);
    const before = this.#associations.at(-2);
    const association = last?.isAnswered === false && before !== undefined ? before : last;
    association?.hidden(side, bytes, record, moment);
  }

  /** A record may hold several messages, or fragments of them. */
  #fragments(side: SideIndex, bytes: Uint8Array, record: DtlsRecord, moment: Moment): void {
    const announcedEnd = record.start + record.length;
    let at = record.start;
    while (record.end - at >= FRAGMENT_HEADER) {
      const fragment = fragmentAt(bytes, at, record.end, announcedEnd);
      if (fragment === null) return;
      const isKnown = this.#halves[side].fragment(bytes, fragment, record.version, moment);
      if (isKnown) this.#current.sentAgain(side, record.length, moment);
      at = fragment.start + fragment.announced;
    }
  }

  #half(side: SideIndex, known: readonly DtlsMessage[] = []): DtlsMessages {
    return new DtlsMessages((message) => this.#message(side, message), known, this.#hold);
  }

  #message(side: SideIndex, message: DtlsMessage): void {
    const before = this.#associations.at(-1);
    if (before?.isEndedBy(side, message) === true) {
      if (this.#associations.length >= LIMITS.associations) {
        before.leaveOut();
        return;
      }
      this.end();
      this.#associations.push(new DtlsAssociation(this.#nextId, this.#store, this.#hold));
      this.#halves = [this.#half(0, side === 0 ? [message] : []), this.#half(1, side === 1 ? [message] : [])];
    }
    this.#current.handshake(side, message);
  }
}

/** Where records begin: CAPWAP puts four octets in front of them (RFC 5415 §4.2). */
export function recordsAt(bytes: Uint8Array, start: number, end: number): number {
  const isCapwap = end - start > 4 && bytes[start] === 1 && bytes[start + 1] === 0 && bytes[start + 2] === 0 && bytes[start + 3] === 0;
  return isCapwap ? start + 4 : start;
}
