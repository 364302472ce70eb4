/**
 * An IPv6 header (RFC 8200) and its extension headers to addresses, hop limit and protocol. A payload length of zero
 * (jumbograms, segmentation offload) means all that is there; fragments wait in the table until their
 * datagram is whole. An extension header that reaches beyond the packet is malformed.
 */
import type { Frame } from "../capture/frame.ts";
import type { FragmentTable } from "./fragments.ts";
import { layerOfProtocol, narrow, tooShort, u16, u32, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

const HEADER = 40;
const FRAGMENT_HEADER = 8;

/** Reads the fixed header. */
export function readIpv6(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < HEADER) return tooShort(layers);
  if ((bytes[at] as number) >>> 4 !== 6) return VERDICT.malformed;
  const length = u16(bytes, at + 4);
  layers.ipVersion = 6;
  layers.sourceAt = at + 8;
  layers.targetAt = at + 24;
  layers.ttl = bytes[at + 7] as number;
  layers.payloadStart = at + HEADER;
  if (length !== 0) narrow(layers, length);
  return follow(layers, bytes[at + 6] as number);
}

/** Reads an extension header in the usual form: next header, length in units of eight octets beyond the first (RFC 8200 §4.2). */
export function readExtension(layers: Layers): Next {
  const at = layers.payloadStart;
  if (layers.payloadEnd - at < 2) return tooShort(layers);
  return pass(layers, ((layers.bytes[at + 1] as number) + 1) * 8);
}

/** Reads an authentication header, of IPv4 or IPv6, whose length counts units of four octets beyond the second (RFC 4302 §2.2). */
export function readAuthentication(layers: Layers): Next {
  const at = layers.payloadStart;
  if (layers.payloadEnd - at < 2) return tooShort(layers);
  return pass(layers, ((layers.bytes[at + 1] as number) + 2) * 4);
}

/** Reads a fragment header (RFC 8200 §4.5). A datagram in one fragment goes on at once. */
export function readFragment(layers: Layers, fragments: FragmentTable, frame: Frame): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.ipVersion !== 6) return VERDICT.notTransport;
  if (layers.payloadEnd - at < FRAGMENT_HEADER) return tooShort(layers);
  const field = u16(bytes, at + 2);
  layers.protocol = bytes[at] as number;
  layers.payloadStart = at + FRAGMENT_HEADER;
  const more = (field & 1) !== 0;
  if ((more || field >= 8) && !fragments.join(layers, u32(bytes, at + 4), field & 0xfff8, more, frame)) return VERDICT.fragment;
  return layerOfProtocol(layers.protocol);
}

function pass(layers: Layers, length: number): Next {
  const at = layers.payloadStart;
  if (layers.payloadEnd - at < length) return tooShort(layers);
  layers.payloadStart = at + length;
  return follow(layers, layers.bytes[at] as number);
}

function follow(layers: Layers, protocol: number): Next {
  layers.protocol = protocol;
  return layerOfProtocol(protocol);
}
