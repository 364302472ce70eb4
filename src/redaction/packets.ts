/** Copies of the TCP and UDP packets of a capture, each with its innermost headers and payload, for rewriting. */
import { joinOctets } from "../bytes/join.ts";
import { CaptureReader } from "../capture/capture-reader.ts";
import type { FrameSink } from "../capture/contract.ts";
import type { Frame } from "../capture/frame.ts";
import { Notes } from "../fault/note.ts";
import { addressText, wordAt } from "../bytes/address.ts";
import { decodeFrame } from "../packet/decode-frame.ts";
import { FragmentTable } from "../packet/fragments.ts";
import { newLayers } from "../packet/layers.ts";
import { VERDICT } from "../packet/verdict.ts";

/** One packet. */
export interface Packet {
  /** From 1, in the original. */
  readonly number: number;
  /** Microseconds since 1970, and the nanoseconds beyond them. */
  readonly time: number;
  readonly nanos: number;
  readonly protocol: "tcp" | "udp";
  /** 4 or 16 octets. */
  readonly source: Uint8Array;
  readonly target: Uint8Array;
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly ttl: number;
  readonly sequence: number;
  readonly flags: number;
  /** The TCP header with its options; empty for UDP. */
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  /** Octets of the payload that the capture does not hold. */
  readonly missing: number;
}

/** The packets, and how many others there were. */
export interface Packets {
  readonly packets: readonly Packet[];
  /** All packets of the capture. */
  readonly count: number;
  /** Blocks with secrets for decryption. */
  readonly secrets: number;
}

/** Reads an uncompressed capture. Throws `CaptureError` if it is not one. */
export function readPackets(octets: Uint8Array): Packets {
  const reader = new Collector();
  const capture = new CaptureReader(reader);
  capture.push(octets);
  capture.end();
  return { packets: reader.packets, count: capture.packets, secrets: reader.blocks };
}

/** A key for the two endpoints of a packet, in either direction, and the protocol. */
export function connectionOf(packet: Packet): string {
  return `${packet.protocol} ${[sourceOf(packet), endpoint(packet.target, packet.targetPort)].toSorted().join(" ")}`;
}

/** A key for the endpoint that sent a packet. */
export function sourceOf({ source, sourcePort }: Packet): string {
  return endpoint(source, sourcePort);
}

function endpoint(address: Uint8Array, port: number): string {
  const words = joinOctets(address, new Uint8Array(16 - address.length));
  const text = addressText(address.length === 4 ? 4 : 6, [wordAt(words, 0), wordAt(words, 4), wordAt(words, 8), wordAt(words, 12)]);
  return `${text} ${port}`;
}

class Collector implements FrameSink {
  readonly notes = new Notes();
  readonly packets: Packet[] = [];
  blocks = 0;
  readonly #layers = newLayers();
  readonly #fragments = new FragmentTable();

  frame(frame: Frame): void {
    const layers = this.#layers;
    const verdict = decodeFrame(frame, layers, this.#fragments);
    if (verdict !== VERDICT.tcp && verdict !== VERDICT.udp) return;
    const { bytes, payloadStart, payloadEnd, sourceAt, targetAt } = layers;
    const octets = layers.ipVersion === 4 ? 4 : 16;
    const header = verdict === VERDICT.tcp ? tcpHeader(layers) : bytes.slice(0, 0);
    if (header === null) return;
    this.packets.push({
      number: frame.number,
      time: frame.time,
      nanos: frame.nanos,
      protocol: verdict === VERDICT.tcp ? "tcp" : "udp",
      source: bytes.slice(sourceAt, sourceAt + octets),
      target: bytes.slice(targetAt, targetAt + octets),
      sourcePort: layers.sourcePort,
      targetPort: layers.targetPort,
      ttl: layers.ttl,
      sequence: layers.sequence,
      flags: layers.flags,
      header,
      payload: bytes.slice(payloadStart, payloadEnd),
      missing: Math.max(0, layers.missing),
    });
  }

  secrets(): void {
    this.blocks++;
  }
}

/** The header that ends where the payload begins, found by trying lengths until its fields match. */
function tcpHeader(layers: { bytes: Uint8Array; payloadStart: number; sourcePort: number; sequence: number }): Uint8Array | null {
  const { bytes, payloadStart, sourcePort, sequence } = layers;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let length = 20; length <= 60; length += 4) {
    const at = payloadStart - length;
    if (at < 0) break;
    if ((bytes[at + 12] as number) >> 4 === length / 4 && view.getUint16(at) === sourcePort && view.getInt32(at + 4) === sequence) {
      return withoutIdentities(bytes.slice(at, payloadStart));
    }
  }
  return null;
}

/** End of options, no-operation, maximum segment size, window scale, selective acknowledgments, timestamps. */
const OPTIONS: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 8]);
const NOTHING = 1;

/** The header without other options, which may hold addresses, keys and cookies (RFC 8684, RFC 7413): they become no-operations. */
function withoutIdentities(header: Uint8Array): Uint8Array {
  for (let at = 20; at < header.length && header[at] !== 0;) {
    const kind = header[at] as number;
    const length = kind === NOTHING ? 1 : Math.max(2, header[at + 1] ?? 2);
    if (!OPTIONS.has(kind)) header.fill(NOTHING, at, at + length);
    at += length;
  }
  return header;
}
