/**
 * Reassembles the handshake messages of one side of a DTLS association from their fragments (RFC 9147 §5.5), which
 * may come in any order, overlap, and be retransmitted in other sizes. A message is emitted once.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import type { HandshakeOctets } from "./defragment.ts";
import type { Fragment } from "./dtls-record.ts";

/** A message with its message_seq, by which its sender orders it. */
export interface DtlsMessage extends HandshakeOctets {
  readonly sequence: number;
  readonly recordVersion: number;
}

/** Octets of overhead that a waiting piece takes. */
const PIECE_COST = 256;

/** The messages of one side. */
export class DtlsMessages {
  /** Fragments that were not taken, because too many messages are in progress or complete. */
  leftOut = 0;
  readonly #emit: (message: DtlsMessage) => void;
  readonly #hold: Hold;
  /** Complete messages; stacks before RFC 6347 give both their hellos the same number. */
  readonly #done: DtlsMessage[];
  readonly #open = new Map<number, Assembly>();

  /** `known` are messages that were emitted before; `hold` counts the memory for what is collected. */
  constructor(emit: (message: DtlsMessage) => void, known: readonly DtlsMessage[] = [], hold: Hold = () => undefined) {
    this.#emit = emit;
    this.#hold = hold;
    this.#done = [...known];
  }

  /** Takes a fragment from a record with this version; returns whether all of it was known before. */
  fragment(bytes: Uint8Array, fragment: Fragment, version: number, moment: Moment): boolean {
    if (this.#done.some((message) => isPartOf(message, bytes, fragment))) return true;
    let assembly = this.#open.get(fragment.sequence);
    if (assembly === undefined || !assembly.fits(bytes, fragment)) {
      if (assembly !== undefined) this.#lose(assembly);
      if (this.#open.size >= LIMITS.assembledMessages || this.#done.length >= LIMITS.messages) {
        this.leftOut++;
        return false;
      }
      assembly = new Assembly(fragment, version);
      this.#open.set(fragment.sequence, assembly);
    }
    const before = assembly.cost;
    const isNew = assembly.add(bytes, fragment, moment);
    this.#hold(assembly.cost - before);
    if (!assembly.isWhole) return !isNew;
    this.#close(assembly);
    const message = assembly.message(moment);
    this.#done.push(message);
    this.#emit(message);
    return false;
  }

  /** Nothing more will come: emits what there is of incomplete messages. */
  end(): void {
    for (const assembly of this.#open.values()) this.#lose(assembly);
  }

  #close(assembly: Assembly): void {
    this.#open.delete(assembly.sequence);
    this.#hold(-assembly.cost);
  }

  #lose(assembly: Assembly): void {
    this.#close(assembly);
    if (assembly.last !== null) this.#emit(assembly.message(assembly.last));
  }
}

function isPartOf(message: DtlsMessage, bytes: Uint8Array, fragment: Fragment): boolean {
  const { sequence, handshakeType, length } = message;
  if (sequence !== fragment.sequence || handshakeType !== fragment.handshakeType || length !== fragment.length) return false;
  return isSame(message.body, fragment.offset, bytes, fragment.start, fragment.end);
}

function isSame(body: Uint8Array, offset: number, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (body[offset + at - start] !== bytes[at]) return false;
  return true;
}

/** Octets that arrived before octets that precede them. */
interface Piece {
  readonly offset: number;
  readonly octets: Uint8Array;
  readonly moment: Moment;
}

/** A message in progress: its octets from the first on without a gap, and pieces beyond them in the order of their offsets. */
class Assembly {
  readonly sequence: number;
  /** The packet that brought the last of the octets without a gap; `null` while there are none. */
  last: Moment | null = null;
  readonly #handshakeType: number;
  readonly #length: number;
  readonly #version: number;
  #body: Uint8Array = new Uint8Array(0);
  #have = 0;
  #pieces: Piece[] = [];
  #held = 0;
  readonly #carriers = new Set<number>();

  constructor(fragment: Fragment, version: number) {
    this.sequence = fragment.sequence;
    this.#handshakeType = fragment.handshakeType;
    this.#length = fragment.length;
    this.#version = version;
  }

  /** Octets of memory that it takes. */
  get cost(): number {
    return this.#body.length + this.#held + PIECE_COST * this.#pieces.length;
  }

  get isWhole(): boolean {
    return this.#have === this.#length;
  }

  /** May the fragment belong to this message? Compares the octets that both have. */
  fits(bytes: Uint8Array, { handshakeType, length, offset, start, end }: Fragment): boolean {
    if (handshakeType !== this.#handshakeType || length !== this.#length) return false;
    return isSame(this.#body, offset, bytes, start, Math.min(end, start + Math.max(0, this.#have - offset)));
  }

  /** Returns whether anything of the fragment was new. */
  add(bytes: Uint8Array, { offset, start, end }: Fragment, moment: Moment): boolean {
    if (offset > this.#have) return this.#hold({ offset, octets: bytes.slice(start, end), moment: momentOf(moment) });
    const known = this.#have - offset;
    if (known >= end - start && this.#length > 0) return false;
    this.#append(bytes.subarray(start + known, end), moment);
    for (let piece = this.#pieces[0]; piece !== undefined && piece.offset <= this.#have; piece = this.#pieces[0]) {
      this.#pieces.shift();
      this.#held -= piece.octets.length;
      const rest = piece.octets.subarray(this.#have - piece.offset);
      if (rest.length > 0) this.#append(rest, piece.moment);
    }
    return true;
  }

  /** The message, as far as its octets are known without a gap. */
  message(moment: Moment): DtlsMessage {
    return {
      handshakeType: this.#handshakeType,
      body: this.#body.slice(0, this.#have),
      length: this.#length,
      packets: [...this.#carriers].sort((a, b) => a - b),
      moment: momentOf(moment),
      recordVersion: this.#version,
      sequence: this.sequence,
    };
  }

  #append(octets: Uint8Array, moment: Moment): void {
    const have = this.#have + octets.length;
    if (have > this.#body.length) {
      const grown = new Uint8Array(Math.min(this.#length, Math.max(have, 2 * this.#body.length)));
      grown.set(this.#body.subarray(0, this.#have));
      this.#body = grown;
    }
    this.#body.set(octets, this.#have);
    this.#have = have;
    this.#carriers.add(moment.number);
    this.last = momentOf(moment);
  }

  #hold(piece: Piece): boolean {
    const end = piece.offset + piece.octets.length;
    if (this.#pieces.some((other) => other.offset <= piece.offset && other.offset + other.octets.length >= end)) return false;
    if (this.#pieces.length >= LIMITS.queuedSegments || this.#held + piece.octets.length > LIMITS.queuedOctets) return true;
    const at = this.#pieces.findIndex((other) => other.offset > piece.offset);
    this.#pieces.splice(at < 0 ? this.#pieces.length : at, 0, piece);
    this.#held += piece.octets.length;
    return true;
  }
}
