/**
 * Generic Routing Encapsulation (RFC 2784, 2890) to what its Ethernet type says: checksum, key, sequence number and the
 * source routes of RFC 1701 are passed over. Version 1 is that of PPTP (RFC 2637 §4.1), with PPP inside or a bare
 * acknowledgment. Cisco's mirrored packets and redirected web traffic (WCCP) have one more header.
 */
import { LAYER, layerOfEtherType, tooShort, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";

const FLAG = { checksum: 0x8000, routing: 0x4000, key: 0x2000, sequence: 0x1000, acknowledgment: 0x0080 } as const;

/** Reads a GRE header. */
export function readGre(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 4) return tooShort(layers);
  const flags = u16(bytes, at);
  const protocol = u16(bytes, at + 2);
  const version = flags & 7;
  let start = at + 4;
  if ((flags & (FLAG.checksum | FLAG.routing)) !== 0) start += 4;
  if ((flags & FLAG.key) !== 0) start += 4;
  if ((flags & FLAG.sequence) !== 0) start += 4;
  if (version === 1) return readPptp(layers, flags, start);
  if (version !== 0) return VERDICT.encapsulated;
  if ((flags & FLAG.routing) !== 0) start = behindRoutes(layers, start);
  if (end < start) return tooShort(layers);
  switch (protocol) {
    case 0x88be: // ERSPAN; its first version has no header of its own, and is known by lacking a sequence number
      if ((flags & FLAG.sequence) === 0) return enter(layers, TUNNEL.erspan, start, LAYER.ethernet);
      return move(layers, start, LAYER.erspan);
    case 0x22eb: // ERSPAN III
      return move(layers, start, LAYER.erspan);
    case 0x883e: // WCCP, whose second version has a header of four octets
      if (end === start) return tooShort(layers);
      return enter(layers, TUNNEL.gre, (bytes[start] as number) >>> 4 === 4 ? start : start + 4, LAYER.ipv4);
    case 0x8200: // Aruba's access points
      return enter(layers, TUNNEL.gre, start, LAYER.ieee80211);
    default:
      // Below the first Ethernet type there are keepalives, and networks other than IP.
      return protocol < 0x0600 ? VERDICT.notIp : enter(layers, TUNNEL.gre, start, layerOfEtherType(protocol));
  }
}

function readPptp(layers: Layers, flags: number, start: number): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (u16(bytes, at + 2) !== 0x880b || (flags & FLAG.key) === 0) return VERDICT.malformed;
  if ((flags & FLAG.sequence) === 0) return VERDICT.notIp;
  const payload = (flags & FLAG.acknowledgment) === 0 ? start : start + 4;
  return end < payload ? tooShort(layers) : enter(layers, TUNNEL.pptp, payload, LAYER.ppp);
}

/** Where a list of source routes ends: family, offset, length of each; a family and a length of zero are the last. */
function behindRoutes(layers: Layers, start: number): number {
  const { bytes, payloadEnd: end } = layers;
  let at = start;
  while (end - at >= 4) {
    const length = bytes[at + 3] as number;
    const last = u16(bytes, at) === 0 && length === 0;
    at += 4 + length;
    if (last) return at;
  }
  return end + 1;
}

function move(layers: Layers, start: number, inner: Next): Next {
  layers.payloadStart = start;
  return inner;
}
