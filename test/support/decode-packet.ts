/** Decodes one packet to plain data that a test can compare. */
import { newFrame } from "../../src/capture/frame.ts";
import { decodeFrame } from "../../src/packet/decode-frame.ts";
import { FragmentTable } from "../../src/packet/fragments.ts";
import { newLayers } from "../../src/packet/layers.ts";
import { tunnelNames } from "../../src/packet/tunnel.ts";
import { VERDICT } from "../../src/packet/verdict.ts";

/** What a packet was found to be. */
export interface DecodedPacket {
  readonly verdict: keyof typeof VERDICT;
  readonly version: number;
  /** Octets of the addresses, or of what stands in their place before anything was decoded. */
  readonly source: readonly number[];
  readonly target: readonly number[];
  readonly ttl: number;
  readonly protocol: number;
  readonly ports: readonly [source: number, target: number];
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  /** As Latin-1. */
  readonly payload: string;
  readonly missing: number;
  /** The outermost first. */
  readonly tunnels: readonly string[];
}

export interface DecodeOptions {
  readonly linkType?: number;
  readonly wireLength?: number;
  /** Microseconds. */
  readonly time?: number;
  readonly number?: number;
  /** The table that fragments of several packets share. */
  readonly fragments?: FragmentTable;
}

/** The frame lies behind other octets, as in a capture. */
export function decodePacket(octets: Uint8Array, options: DecodeOptions = {}): DecodedPacket {
  const frame = newFrame();
  const layers = newLayers();
  frame.bytes = new Uint8Array(octets.length + 14).fill(0xee);
  frame.bytes.set(octets, 7);
  frame.view = new DataView(frame.bytes.buffer);
  frame.start = 7;
  frame.end = 7 + octets.length;
  frame.wireLength = options.wireLength ?? octets.length;
  frame.linkType = options.linkType ?? 1;
  frame.time = options.time ?? 0;
  frame.number = options.number ?? 1;
  const verdict = decodeFrame(frame, layers, options.fragments ?? new FragmentTable());
  const address = layers.ipVersion === 4 ? 4 : 16;
  const { bytes, sourceAt, targetAt, payloadStart, payloadEnd } = layers;
  return {
    verdict: (Object.keys(VERDICT) as (keyof typeof VERDICT)[]).find((name) => VERDICT[name] === verdict) ?? "malformed",
    version: layers.ipVersion,
    source: [...bytes.subarray(sourceAt, sourceAt + address)],
    target: [...bytes.subarray(targetAt, targetAt + address)],
    ttl: layers.ttl,
    protocol: layers.protocol,
    ports: [layers.sourcePort, layers.targetPort],
    sequence: layers.sequence >>> 0,
    acknowledgment: layers.acknowledgment >>> 0,
    flags: layers.flags,
    payload: String.fromCharCode(...bytes.subarray(payloadStart, payloadEnd)),
    missing: layers.missing,
    tunnels: tunnelNames(layers.tunnels),
  };
}
