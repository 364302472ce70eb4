/**
 * One DTLS association: what both sides said, still as octets, in order of arrival. Messages arrive complete
 * and once; a retransmission is a transport event.
 */
import { toHex } from "../bytes/hex.ts";
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import { RETRY_RANDOM } from "../registry/retry-random.ts";
import type { DtlsMessage } from "./dtls-messages.ts";
import type { DtlsRecord } from "./dtls-record.ts";
import { KeptMessages } from "./kept-messages.ts";
import { SealedShare, type SealedStore } from "./sealed.ts";
import type { EncryptedRecord, Exchange, RawMessage } from "./tls-stream.ts";

const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const HELLO_VERIFY_REQUEST = 3;
/** The beginning of a HelloRetryRequest's random: enough to recognise it, even if the capture has cut it. */
const RETRY = RETRY_RANDOM.subarray(0, 4);

/** Encrypted records that are kept; enough to see a handshake's end and what followed it. */
const ENCRYPTED_RECORDS = 48;
/** Octets of memory that an association takes by itself, and that each record or event kept of it takes. */
const ASSOCIATION_COST = 1_024;
const RECORD_COST = 256;
/** Octets of memory that the key of an alert takes. */
const ALERT_COST = 128;
/** Where a record's header has its epoch and sequence number (RFC 6347 §4.1). */
const RECORD_NUMBER = { start: 3, end: 11 } as const;

/** One association. */
export class DtlsAssociation implements Exchange {
  readonly protocol = "dtls";
  id = 0;
  readonly messages: readonly RawMessage[];
  readonly encrypted: EncryptedRecord[] = [];
  readonly events: FlowEvent[] = [];
  /** Has it got beyond the client's hellos? Only then may a record be encrypted with its keys. */
  isAnswered = false;
  readonly #nextId: () => number;
  readonly #share: SealedShare;
  readonly #kept: KeptMessages;
  readonly #hold: Hold;
  /** Side, record number and octets of each alert that was kept. */
  readonly #alerts = new Set<string>();

  /** `nextId` is called when the first handshake message or alert is complete. Encrypted records are kept in `store`; `hold` counts the other memory. */
  constructor(nextId: () => number, store: SealedStore | null, hold: Hold) {
    this.#nextId = nextId;
    this.#share = new SealedShare(store);
    this.#kept = new KeptMessages(hold);
    this.messages = this.#kept.list;
    this.#hold = hold;
    hold(ASSOCIATION_COST);
  }

  get leftOut(): number {
    return this.#kept.leftOut;
  }

  /** Does this message begin another association: is it a hello with a random that differs from this side's hello before? */
  isEndedBy(side: SideIndex, message: DtlsMessage): boolean {
    if (message.handshakeType !== CLIENT_HELLO && message.handshakeType !== SERVER_HELLO) return false;
    if (isRetry(message)) return false;
    const before = this.messages.find(
      (other) => other.kind === "handshake" && other.side === side && other.handshakeType === message.handshakeType && !isRetry(other),
    );
    if (before === undefined || isSameRandom(before.body, message.body)) return false;
    // A stack that makes a new random for its second hello violates the RFC, but continues the same association.
    const last = this.messages.at(-1);
    const isAsked = last?.kind === "handshake" && (last.handshakeType === HELLO_VERIFY_REQUEST || isRetry(last));
    return !(isAsked && last.side !== side && message.sequence > 0);
  }

  /** Takes a handshake message. */
  handshake(side: SideIndex, message: DtlsMessage): void {
    const { sequence: _, ...octets } = message;
    if (message.handshakeType !== CLIENT_HELLO && message.handshakeType !== HELLO_VERIFY_REQUEST && !isRetry(message))
      this.isAnswered = true;
    this.#add({ side, kind: "handshake", ...octets });
  }

  /**
   * Takes an alert or a change_cipher_spec in plaintext. Only their records are numbered: an equal alert in the same record is a
   * retransmission; in a record of its own it is another alert, since a peer that repeats what fails is answered again. A second
   * change_cipher_spec of a side is always a retransmission.
   */
  plain(side: SideIndex, kind: "alert" | "change_cipher_spec", bytes: Uint8Array, record: DtlsRecord, moment: Moment): void {
    const body = bytes.slice(record.start, record.end);
    const isKnown =
      kind === "alert"
        ? this.#isAlertKnown(side, bytes, record)
        : this.messages.some((other) => other.kind === kind && other.side === side);
    if (isKnown) {
      this.sentAgain(side, record.length, moment);
      return;
    }
    if (kind === "change_cipher_spec") this.isAnswered = true;
    this.#add({ side, kind, body, packets: [moment.number], moment: momentOf(moment), recordVersion: record.version });
  }

  #isAlertKnown(side: SideIndex, bytes: Uint8Array, { at, start, end }: DtlsRecord): boolean {
    const name = `${side} ${toHex(bytes, at + RECORD_NUMBER.start, at + RECORD_NUMBER.end)} ${toHex(bytes, start, end)}`;
    if (this.#alerts.has(name)) return true;
    // Beyond this number, not even the alerts are kept.
    if (this.#alerts.size < LIMITS.messages) {
      this.#hold(ALERT_COST);
      this.#alerts.add(name);
    }
    return false;
  }

  /** Takes an encrypted record. */
  hidden(side: SideIndex, bytes: Uint8Array, { content, length, epoch, at, start, end }: DtlsRecord, moment: Moment): void {
    if (this.encrypted.length >= (this.#share.isHopeful ? LIMITS.sealedRecords : ENCRYPTED_RECORDS)) return;
    const record = { side, content, length, epoch, moment: momentOf(moment) };
    const sealed = this.#share.open(start + length - at, start - at, this.messages.length);
    sealed?.append(bytes, at, end, moment.number, moment);
    this.encrypted.push(sealed === null ? record : { ...record, sealed });
    this.#hold(RECORD_COST);
  }

  /** Counts a message that was not kept. */
  leaveOut(): void {
    this.#kept.leftOut++;
  }

  /** Everything has been read: its ciphertext may be forgotten. */
  release(): void {
    this.#share.release();
  }

  /** Notes that a side repeated what it had said, once for each packet. */
  sentAgain(side: SideIndex, length: number, moment: Moment): void {
    if (this.events.length >= LIMITS.events || this.events.at(-1)?.moment.number === moment.number) return;
    this.#hold(RECORD_COST);
    this.events.push({ kind: "retransmission", side, moment: momentOf(moment), length });
  }

  #add(message: RawMessage): void {
    if (!this.#kept.add(message)) return;
    if (message.kind !== "change_cipher_spec" && this.id === 0) this.id = this.#nextId();
  }
}

function isRetry({ handshakeType, body }: { readonly handshakeType: number; readonly body: Uint8Array }): boolean {
  return handshakeType === SERVER_HELLO && RETRY.every((octet, index) => body[2 + index] === octet);
}

/** The random follows `legacy_version`. */
function isSameRandom(one: Uint8Array, other: Uint8Array): boolean {
  for (let at = 2; at < 34 && at < one.length && at < other.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
