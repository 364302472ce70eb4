/**
 * One TCP connection as TLS: what both directions said, still as octets, in order of arrival. Nothing
 * here judges; the handshake room reads it when the connection has ended.
 */
import { joinOctets } from "../bytes/join.ts";
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import type { FlowEvent, StreamListener } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import type { HandshakeOctets, MessageBound } from "./defragment.ts";
import { KeptMessages } from "./kept-messages.ts";
import { type Sealed, SealedShare, type SealedStore } from "./sealed.ts";
import type { Said } from "./prelude/talk.ts";
import { TdsUnwrapper } from "./tds-unwrapper.ts";
import { type RecordSink, TlsHalf } from "./tls-half.ts";
import { CONTENT, RECORD_HEADER } from "./tls-record.ts";

/** What two peers said to each other in one handshake. */
export interface Exchange {
  /** From 1, in the order of first messages; 0 while there is none. */
  readonly id: number;
  readonly protocol: "tls" | "dtls" | "quic";
  readonly messages: readonly RawMessage[];
  readonly encrypted: readonly EncryptedRecord[];
  /** Over UDP, where the flow has no events: retransmissions, and what QUIC says in plaintext besides the handshake. */
  readonly events?: readonly FlowEvent[];
  /** The client's side, if the protocol shows it without a message. */
  readonly client?: SideIndex;
  /** Messages that were not kept, because of the limits for one connection. */
  readonly leftOut: number;
  /** Everything has been read: its ciphertext may be forgotten. */
  release(): void;
}

/** Something that a side sent, still as octets. */
export type RawMessage = { readonly side: SideIndex; /** Read with the help of a key log. */ readonly decrypted?: true } & (
  | ({ readonly kind: "handshake" } & HandshakeOctets)
  | {
      readonly kind: "alert" | "change_cipher_spec" | "sslv2";
      readonly body: Uint8Array;
      readonly packets: readonly number[];
      readonly moment: Moment;
      /** Absent in QUIC, which has no records. */
      readonly recordVersion?: number;
    }
);

/** An encrypted record, or one of which only the content type is reported. */
export interface EncryptedRecord {
  readonly side: SideIndex;
  /** TLSCiphertext content type; if it was opened, the type of what is inside. */
  readonly content: number;
  /** Octets of the body. */
  readonly length: number;
  /** DTLS: the number of its keys, of which the unified header has only the two lower bits. QUIC: the corresponding number for its kind of packet. */
  readonly epoch?: number;
  readonly moment: Moment;
  /** Its octets, if they are kept for a key log. */
  readonly sealed?: Sealed;
  /** A key log has opened it. */
  readonly isOpened?: true;
}

/** Plaintext from one side after the other had begun TLS. */
export interface PlainAnswer {
  readonly side: SideIndex;
  readonly octets: Uint8Array;
  readonly moment: Moment;
}

/** Encrypted records that are kept; enough to see a handshake's end and what followed it. */
const ENCRYPTED_RECORDS = 48;
/** As many encrypted octets are enough too, if they come after both sides have had their turn: that is a download, not a flight of certificates. */
const ENCRYPTED_OCTETS = 262_144;
const ANSWER_OCTETS = 512;
/** The body of every change_cipher_spec. */
const CHANGE = Uint8Array.of(1);
/** The dialogue of most connections, shared by them; never changed. */
const NOTHING_SAID: Said[] = [];
/** Octets of memory that an encrypted record takes without its body; also the overhead of a piece of dialogue. */
const RECORD_COST = 256;
const PIECE_COST = 192;

/** One connection. */
export class TlsStream implements StreamListener, Exchange {
  readonly protocol = "tls";
  id = 0;
  readonly messages: readonly RawMessage[];
  readonly encrypted: EncryptedRecord[] = [];
  /** The first octets of what both sides said in plaintext before TLS began, in the order of arrival. */
  dialogue = NOTHING_SAID;
  answer: PlainAnswer | null = null;
  readonly #halves: readonly [TlsHalf, TlsHalf];
  readonly #tds: readonly [TdsUnwrapper, TdsUnwrapper];
  readonly #said: [number, number] = [0, 0];
  readonly #nextId: () => number;
  readonly #share: SealedShare;
  readonly #kept: KeptMessages;
  /** How often the sides took turns in sending encrypted records, whose turn it is, and octets of such records since the second turn. */
  #turns = 0;
  #speaker: SideIndex | -1 = -1;
  #encryptedOctets = 0;
  readonly #hold: Hold;

  /**
   * `nextId` is called when the first handshake message or alert is complete. Encrypted records are kept in `store`, messages outside
   * `bound` are not read, and `hold` counts the other memory.
   */
  constructor(nextId: () => number, store: SealedStore | null = null, bound?: MessageBound, hold: Hold = () => undefined) {
    this.#nextId = nextId;
    this.#hold = hold;
    this.#kept = new KeptMessages(hold);
    this.messages = this.#kept.list;
    this.#share = new SealedShare(store);
    this.#halves = [new TlsHalf(new Speaker(this, 0), bound, hold), new TlsHalf(new Speaker(this, 1), bound, hold)];
    this.#tds = TdsUnwrapper.pair(...this.#halves);
  }

  get leftOut(): number {
    return this.#kept.leftOut;
  }

  get done(): boolean {
    if (this.#share.isHopeful) return this.encrypted.length >= LIMITS.sealedRecords;
    return this.encrypted.length >= ENCRYPTED_RECORDS || this.#encryptedOctets >= ENCRYPTED_OCTETS;
  }

  octets(side: SideIndex, bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void {
    this.#tds[side].octets(bytes, start, end, carrier, moment);
  }

  gap(side: SideIndex, length: number): void {
    this.#tds[side].gap(length);
  }

  /** The connection has ended. */
  end(): void {
    for (const tds of this.#tds) tds.end();
  }

  /** Everything has been read: its ciphertext may be forgotten. */
  release(): void {
    this.#share.release();
  }

  /** Takes a message of a side. */
  message(message: RawMessage): void {
    this.#admit(message.side);
    if (!this.#kept.add(message)) return;
    if (message.kind !== "change_cipher_spec" && this.id === 0) this.id = this.#nextId();
  }

  /** This side speaks TLS after all: its plaintext was its last word before TLS, and crossed the other side's hello. */
  #admit(side: SideIndex): void {
    if (this.answer?.side !== side) return;
    const { octets, moment } = this.answer;
    this.answer = null;
    this.#keep(side, octets, 0, octets.length, moment);
  }

  /** Takes an encrypted record of a side; returns where to keep it, or `null`. */
  sealed(side: SideIndex, content: number, length: number, moment: Moment): Sealed | null {
    this.#admit(side);
    if (this.done) return null;
    const sealed = this.#share.open(RECORD_HEADER + length, RECORD_HEADER, this.messages.length);
    const record = { side, content, length, moment: momentOf(moment) };
    this.encrypted.push(sealed === null ? record : { ...record, sealed });
    this.#hold(RECORD_COST);
    if (this.#speaker !== side && !this.#isEarlyData(side, content)) this.#turns++;
    this.#speaker = side;
    if (this.#turns >= 2) this.#encryptedOctets += length;
    return sealed;
  }

  /** Early data (RFC 9846 §4.2.10) does not count as a turn: if it is refused, a whole handshake follows. */
  #isEarlyData(side: SideIndex, content: number): boolean {
    return this.#speaker < 0 && content === CONTENT.applicationData && this.messages[0]?.side === side;
  }

  /** Takes what a side says before its first record, or instead of one. */
  plaintext(side: SideIndex, bytes: Uint8Array, start: number, end: number, moment: Moment): void {
    const { answer } = this;
    if (!this.#halves[side === 0 ? 1 : 0].isTls) this.#keep(side, bytes, start, end, moment);
    else if (answer === null)
      this.answer = { side, octets: bytes.slice(start, Math.min(end, start + ANSWER_OCTETS)), moment: momentOf(moment) };
    else if (answer.side === side && answer.octets.length < ANSWER_OCTETS) {
      const more = bytes.subarray(start, Math.min(end, start + ANSWER_OCTETS - answer.octets.length));
      this.answer = { ...answer, octets: joinOctets(answer.octets, more) };
    }
  }

  #keep(side: SideIndex, bytes: Uint8Array, start: number, end: number, { number: packet }: Moment): void {
    const room = LIMITS.dialogueOctets - this.#said[side];
    if (room <= 0 || this.dialogue.length >= LIMITS.dialoguePieces) return;
    if (this.dialogue === NOTHING_SAID) this.dialogue = [];
    const octets = bytes.slice(start, Math.min(end, start + room));
    this.#said[side] += octets.length;
    const last = this.dialogue.at(-1);
    // Somebody is typing: adjacent pieces of one side are then counted as one.
    if (this.dialogue.length >= LIMITS.dialoguePieces / 2 && last?.side === side) {
      this.dialogue.splice(-1, 1, { side, octets: joinOctets(last.octets, octets), packet });
      this.#hold(octets.length);
    } else {
      this.dialogue.push({ side, octets, packet });
      this.#hold(octets.length + PIECE_COST);
    }
  }
}

/** What one side of a stream gives. An object, because closures for each kind of record would make up a tenth of a connection's memory. */
class Speaker implements RecordSink {
  readonly #stream: TlsStream;
  readonly #side: SideIndex;

  constructor(stream: TlsStream, side: SideIndex) {
    this.#stream = stream;
    this.#side = side;
  }

  handshake(message: HandshakeOctets): void {
    this.#stream.message(rawMessage(this.#side, message));
  }

  alert(bytes: Uint8Array, start: number, end: number, packets: readonly number[], version: number, moment: Moment): void {
    this.#short("alert", bytes.slice(start, end), packets, version, moment);
  }

  sslv2(body: Uint8Array, packets: readonly number[], moment: Moment): void {
    this.#stream.message({ side: this.#side, kind: "sslv2", body, packets, moment: momentOf(moment) });
  }

  changeCipherSpec(packets: readonly number[], version: number, moment: Moment): void {
    this.#short("change_cipher_spec", CHANGE, packets, version, moment);
  }

  encrypted(content: number, length: number, moment: Moment): Sealed | null {
    return this.#stream.sealed(this.#side, content, length, moment);
  }

  plaintext(bytes: Uint8Array, start: number, end: number, moment: Moment): void {
    this.#stream.plaintext(this.#side, bytes, start, end, moment);
  }

  #short(kind: "alert" | "change_cipher_spec", body: Uint8Array, packets: readonly number[], recordVersion: number, moment: Moment): void {
    this.#stream.message({ side: this.#side, kind, body, packets, moment: momentOf(moment), recordVersion });
  }
}

/** Field by field: object spread would cost more than reading the message. */
function rawMessage(side: SideIndex, message: HandshakeOctets): RawMessage {
  const { handshakeType, body, length, packets, moment } = message;
  const recordVersion = message.recordVersion as number;
  const raw = { side, kind: "handshake", handshakeType, body, length, packets, moment, recordVersion } as const;
  return message.records === undefined ? raw : { ...raw, records: message.records };
}
