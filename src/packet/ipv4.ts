/**
 * An IPv4 header (RFC 791) to addresses, time to live and protocol. Options and checksum are passed over, padding
 * behind the total length is cut off, a total length of zero (segmentation offload) means all that is there;
 * fragments wait in the table until their datagram is whole.
 */
import type { Frame } from "../capture/frame.ts";
import type { FragmentTable } from "./fragments.ts";
import { LAYER, layerOfProtocol, narrow, tooShort, u16, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

const HEADER = 20;

/** Tells IPv4 from IPv6 where only the first four bits of the packet do. */
export function readIp(layers: Layers): Next {
  if (layers.payloadEnd === layers.payloadStart) return tooShort(layers);
  const version = (layers.bytes[layers.payloadStart] as number) >>> 4;
  return version === 4 ? LAYER.ipv4 : version === 6 ? LAYER.ipv6 : VERDICT.notIp;
}

/** Reads an IPv4 header; the frame has the time, which limits how long its fragments are kept. */
export function readIpv4(layers: Layers, fragments: FragmentTable, frame: Frame): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < HEADER) return tooShort(layers);
  const first = bytes[at] as number;
  const header = (first & 0xf) * 4;
  if (first >>> 4 !== 4 || header < HEADER) return VERDICT.malformed;
  const total = u16(bytes, at + 2);
  if (total !== 0) {
    if (total < header) return VERDICT.malformed;
    narrow(layers, total);
  }
  if (layers.payloadEnd - at < header) return tooShort(layers);
  layers.ipVersion = 4;
  layers.sourceAt = at + 12;
  layers.targetAt = at + 16;
  layers.ttl = bytes[at + 8] as number;
  layers.protocol = bytes[at + 9] as number;
  layers.payloadStart = at + header;
  const fragment = u16(bytes, at + 6);
  // More fragments follow, or this is not the first.
  if ((fragment & 0x3fff) !== 0) {
    const offset = (fragment & 0x1fff) * 8;
    if (!fragments.join(layers, u16(bytes, at + 4), offset, (fragment & 0x2000) !== 0, frame)) return VERDICT.fragment;
  }
  return layerOfProtocol(layers.protocol);
}
