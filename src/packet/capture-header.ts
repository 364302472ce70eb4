/**
 * What cards, drivers and firewalls put before a captured packet: how it was received. The packet that follows has a link type that
 * the header states or implies. Lengths that reach beyond the packet are malformed.
 */
import { LAYER, layerOfLinkType, narrow, tooShort, u16, u32, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { layerOfFamily, littleU32 } from "./link.ts";
import { VERDICT } from "./verdict.ts";

/** Per-packet information, LINKTYPE_PPI: version, flags, length and link type, each in little-endian order, then fields. */
export function readPpi(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 8) return tooShort(layers);
  const length = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
  return length < 8 ? VERDICT.malformed : skip(layers, length, layerOfLinkType(littleU32(bytes, at + 4)));
}

/** The header of Prism chips: message code and length in host byte order; a code that is a version of AVS makes it an AVS header. */
export function readPrism(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 8) return tooShort(layers);
  if (bytes[at] === 0x80 && bytes[at + 1] === 0x21) return readAvs(layers);
  const length = bytes[at] === 0 ? u32(bytes, at + 4) : littleU32(bytes, at + 4);
  return length < 24 ? VERDICT.malformed : skip(layers, length, LAYER.ieee80211);
}

/** The header of the project AVS: version, then its length in network order. */
export function readAvs(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 8) return tooShort(layers);
  const length = u32(bytes, at + 4);
  return length < 8 ? VERDICT.malformed : skip(layers, length, LAYER.ieee80211);
}

/** Octets of the header, of an extension header, and of the alignment before Ethernet; the mask of a record's type, and the flag for extension headers. */
const ERF = { header: 16, type: 0x7f, more: 0x80, extension: 8, alignment: 2 } as const;

/** A record of Endace's cards, LINKTYPE_ERF: time stamp, type, flags, lengths; extension headers; then what the type says. */
export function readErf(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < ERF.header) return tooShort(layers);
  let more = ((bytes[at + 8] as number) & ERF.more) !== 0;
  let length: number = ERF.header;
  while (more) {
    if (end - at < length + ERF.extension) return tooShort(layers);
    more = ((bytes[at + length] as number) & ERF.more) !== 0;
    length += ERF.extension;
  }
  const wire = u16(bytes, at + 14);
  switch ((bytes[at + 8] as number) & ERF.type) {
    case 1: // serial lines, also with colours and a hash in place of counters
    case 10:
    case 15:
    case 19:
      return begin(layers, length, wire, LAYER.pppHdlc);
    case 2: // Ethernet, the same
    case 11:
    case 16:
    case 20:
      return begin(layers, length + ERF.alignment, wire, LAYER.ethernet);
    case 22:
      return begin(layers, length, wire, LAYER.ipv4);
    case 23:
      return begin(layers, length, wire, LAYER.ipv6);
    default:
      return VERDICT.linkType;
  }
}

/** What OpenBSD decapsulated, LINKTYPE_ENC: address family in host byte order, security parameter index, flags. */
export function readEnc(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 12) return tooShort(layers);
  return skip(layers, 12, layerOfFamily(bytes[at] === 0 ? (bytes[at + 3] as number) : (bytes[at] as number)));
}

/** Traffic between zones of Solaris, LINKTYPE_IPNET: family, length, interfaces and zones. */
export function readIpnet(layers: Layers): Next {
  return skip(layers, 24, LAYER.ip);
}

/** What a packet filter of BSD logged, LINKTYPE_PFLOG: its own length, which is padded to four octets, and the address family. */
export function readPflog(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 4) return tooShort(layers);
  const length = bytes[at] as number;
  return length < 4 ? VERDICT.malformed : skip(layers, length + (-length & 3), layerOfFamily(bytes[at + 1] as number));
}

/** PPP after an octet that gives the direction, LINKTYPE_PPP_WITH_DIR, or with one in place of the address, LINKTYPE_PPP_PPPD. */
export function readPppDirection(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 2) return tooShort(layers);
  return skip(layers, bytes[at + 1] === 0x03 ? 2 : 1, LAYER.ppp);
}

/** Juniper's header: a magic number and flags; one flag announces extensions, another that the packet's protocol follows instead of `inner`. */
export function readJuniper(layers: Layers, inner: Next): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 6) return tooShort(layers);
  if (u16(bytes, at) !== 0x4d47 || bytes[at + 2] !== 0x43) return VERDICT.notIp;
  const flags = bytes[at + 3] as number;
  const length = (flags & 0x80) === 0 ? 4 : 6 + u16(bytes, at + 4);
  return (flags & 0x02) === 0 ? skip(layers, length, inner) : skip(layers, length + 4, LAYER.ip);
}

/** Goes on with `inner` behind a header of `length` octets. */
function skip(layers: Layers, length: number, inner: Next): Next {
  const captured = layers.payloadEnd - layers.payloadStart;
  if (length > captured) return length > captured + layers.missing ? VERDICT.malformed : VERDICT.snapped;
  layers.payloadStart += length;
  return inner;
}

/** The same for a header that says how long what follows it was on the wire. */
function begin(layers: Layers, length: number, wire: number, inner: Next): Next {
  const next = skip(layers, length, inner);
  if (next === inner) narrow(layers, wire);
  return next;
}
