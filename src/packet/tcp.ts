/** A TCP header (RFC 9293 §3.1) to ports, numbers and flags; options are passed over. An impossible data offset is malformed. */
import { i32, tooShort, u16 } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT, type Verdict } from "./verdict.ts";

const HEADER = 20;

/** Reads a TCP header; where the snapshot length cut its options, all of its payload is missing. */
export function readTcp(layers: Layers): Verdict {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < HEADER) return tooShort(layers);
  const length = ((bytes[at + 12] as number) >>> 4) * 4;
  if (length < HEADER || length > end - at + layers.missing) return VERDICT.malformed;
  layers.sourcePort = u16(bytes, at);
  layers.targetPort = u16(bytes, at + 2);
  layers.sequence = i32(bytes, at + 4);
  layers.acknowledgment = i32(bytes, at + 8);
  layers.flags = bytes[at + 13] as number;
  if (length > end - at) {
    layers.missing -= length - (end - at);
    layers.payloadStart = end;
  } else {
    layers.payloadStart = at + length;
  }
  return VERDICT.tcp;
}
