/**
 * IP fragments to whole datagrams, for IPv4 and IPv6 alike: pieces come in any order, twice or overlapping (what came
 * first wins), until the last one is there and no hole is left. Datagrams that stay incomplete are given up by
 * age, or when there are too many of them.
 */
import type { Frame } from "../capture/frame.ts";
import { toHex } from "../bytes/hex.ts";
import { LIMITS } from "../fault/limits.ts";
import type { Layers } from "./layers.ts";

/** Octets before the payload of a datagram in its buffer: room for two addresses. */
const ADDRESSES = 32;

/** Octets of the longest payload: the fields for length and offset reach no further. */
const MAX_PAYLOAD = 65_535;

/** Octets of a datagram's room at first: enough for nearly all, which are fragmented because they just exceed what a link carries. */
const FIRST_ROOM = 4_096;

/** A datagram that is being put together. */
interface Datagram {
  readonly key: string;
  /** Both addresses, then the payload as far as it came. */
  bytes: Uint8Array;
  /** Which octets of the payload are there: alternating starts and ends, ascending, with a hole between any two ranges. */
  ranges: number[];
  /** Octets of the payload, once the last fragment came. */
  total: number | undefined;
  /** What the first fragment announces: in IPv6 the others may say something else. */
  protocol: number;
  /** Microseconds since 1970, of the fragment that came first. */
  readonly time: number;
}

/** The datagrams of one capture that wait for fragments. */
export class FragmentTable {
  /** Fragments that repeated octets with contents other than those that came first, which are the ones that count. */
  rewritten = 0;
  /** In the order of their first fragments. */
  readonly #datagrams = new Map<string, Datagram>();
  #octets = 0;
  /** The room of the datagram that was completed last, and the packet in which it is still used: the next one can have it. */
  #room: Uint8Array | null = null;
  #roomUsedIn = 0;

  /**
   * Takes the payload of `layers` as the piece at `offset` of the datagram `id`. Returns true if that completes the
   * datagram: then `layers` is about the whole of it.
   */
  join(layers: Layers, id: number, offset: number, more: boolean, frame: Frame): boolean {
    const length = layers.payloadEnd - layers.payloadStart;
    const end = offset + length;
    if (length === 0 || layers.missing > 0 || end > MAX_PAYLOAD) return false;
    const datagram = this.#find(layers, id, frame);
    if (ADDRESSES + end > datagram.bytes.length) this.#grow(datagram, ADDRESSES + end);
    if (fill(datagram, layers, offset, end)) this.rewritten++;
    if (datagram.ranges.length > 2 * LIMITS.fragmentPieces) {
      this.#drop(datagram);
      return false;
    }
    if (offset === 0) datagram.protocol = layers.protocol;
    if (!more) datagram.total ??= end;
    if (datagram.total === undefined || datagram.ranges[0] !== 0 || (datagram.ranges[1] as number) < datagram.total) {
      while (this.#datagrams.size > LIMITS.fragmentedDatagrams || this.#octets > LIMITS.fragmentOctets) this.#dropOldest();
      return false;
    }
    this.#drop(datagram);
    this.#room = datagram.bytes;
    this.#roomUsedIn = frame.number;
    layers.bytes = datagram.bytes;
    layers.sourceAt = 0;
    layers.targetAt = ADDRESSES / 2;
    layers.protocol = datagram.protocol;
    layers.payloadStart = ADDRESSES;
    layers.payloadEnd = ADDRESSES + datagram.total;
    return true;
  }

  #find(layers: Layers, id: number, { number, time }: Frame): Datagram {
    const { bytes, sourceAt, targetAt } = layers;
    const address = layers.ipVersion === 4 ? 4 : 16;
    const protocol = layers.ipVersion === 4 ? layers.protocol : "";
    const key = `${toHex(bytes, sourceAt, sourceAt + address)} ${toHex(bytes, targetAt, targetAt + address)} ${protocol} ${id}`;
    const known = this.#datagrams.get(key);
    if (known !== undefined && Math.abs(time - known.time) <= LIMITS.fragmentSeconds * 1_000_000) return known;
    if (known !== undefined) this.#drop(known);
    const datagram: Datagram = { key, bytes: new Uint8Array(0), ranges: [], total: undefined, protocol: layers.protocol, time };
    this.#datagrams.set(key, datagram);
    if (this.#room?.length === FIRST_ROOM && this.#roomUsedIn !== number) {
      datagram.bytes = this.#room;
      this.#octets += FIRST_ROOM;
      this.#room = null;
    } else this.#grow(datagram, FIRST_ROOM / 2);
    datagram.bytes.set(bytes.subarray(sourceAt, sourceAt + address));
    datagram.bytes.set(bytes.subarray(targetAt, targetAt + address), ADDRESSES / 2);
    return datagram;
  }

  #grow(datagram: Datagram, needed: number): void {
    const larger = new Uint8Array(Math.min(ADDRESSES + MAX_PAYLOAD, needed * 2));
    larger.set(datagram.bytes);
    this.#octets += larger.length - datagram.bytes.length;
    datagram.bytes = larger;
  }

  #dropOldest(): void {
    for (const oldest of this.#datagrams.values()) {
      this.#drop(oldest);
      return;
    }
  }

  #drop(datagram: Datagram): void {
    this.#datagrams.delete(datagram.key);
    this.#octets -= datagram.bytes.length;
  }
}

/** Fills in a piece where there are no octets yet, and merges the ranges that it touches. Returns whether it differs from octets already there. */
function fill(datagram: Datagram, layers: Layers, offset: number, end: number): boolean {
  const { ranges } = datagram;
  const joined: number[] = [];
  let from = offset;
  let first = offset;
  let last = end;
  let differs = false;
  let at = 0;
  for (; at < ranges.length && (ranges[at + 1] as number) < offset; at += 2) joined.push(ranges[at] as number, ranges[at + 1] as number);
  for (; at < ranges.length && (ranges[at] as number) <= end; at += 2) {
    const start = ranges[at] as number;
    copy(datagram, layers, offset, from, start);
    differs ||= isOther(datagram, layers, offset, Math.max(offset, start), Math.min(end, ranges[at + 1] as number));
    from = Math.max(from, ranges[at + 1] as number);
    first = Math.min(first, start);
    last = Math.max(last, ranges[at + 1] as number);
  }
  copy(datagram, layers, offset, from, end);
  joined.push(first, last, ...ranges.slice(at));
  datagram.ranges = joined;
  return differs;
}

/** Do the piece's octets in `[from, to)` differ from the datagram's? */
function isOther(datagram: Datagram, layers: Layers, offset: number, from: number, to: number): boolean {
  const start = layers.payloadStart - offset;
  for (let at = from; at < to; at++) if (layers.bytes[start + at] !== datagram.bytes[ADDRESSES + at]) return true;
  return false;
}

function copy(datagram: Datagram, layers: Layers, offset: number, from: number, to: number): void {
  if (from >= to) return;
  const start = layers.payloadStart - offset;
  datagram.bytes.set(layers.bytes.subarray(start + from, start + to), ADDRESSES + from);
}
