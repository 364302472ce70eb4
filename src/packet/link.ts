/**
 * Link-layer headers to what they carry: Ethernet with any number of tags, the pseudo-headers of Linux, BSD, netfilter
 * and Darwin captures, and LLC. What is not IP in the end gets the verdict that says so.
 */
import { LAYER, layerOfEtherType, layerOfLinkType, narrow, tooShort, u16, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

const FIRST_ETHER_TYPE = 0x0600;

/** Ethernet II, or IEEE 802.3 with LLC where the type is a length. */
export function readEthernet(layers: Layers): Next {
  return readType(layers, 12);
}

/** Linux cooked capture, LINKTYPE_LINUX_SLL: packet type, hardware type, address, protocol. */
export function readCooked(layers: Layers): Next {
  return readType(layers, 14);
}

/** Linux cooked capture version 2, LINKTYPE_LINUX_SLL2: the protocol stands first, in a header of 20 octets. */
export function readCooked2(layers: Layers): Next {
  const at = layers.payloadStart;
  if (layers.payloadEnd - at < 20) return tooShort(layers);
  const type = u16(layers.bytes, at);
  layers.payloadStart = at + 20;
  return layerOfEtherType(type);
}

/** A VLAN tag: priority and number, then the type of what follows. */
export function readTag(layers: Layers): Next {
  return readType(layers, 2);
}

/** A VN-Tag, which is twice as long. */
export function readLongTag(layers: Layers): Next {
  return readType(layers, 4);
}

/** Ethernet between a computer and its built-in switch: a tag of four octets after the addresses names the port of the switch. */
export function readSwitchTag(layers: Layers): Next {
  return readType(layers, 16);
}

/** The same with the tag before the frame. */
export function readTagBefore(layers: Layers): Next {
  if (layers.payloadEnd - layers.payloadStart < 4) return tooShort(layers);
  layers.payloadStart += 4;
  return LAYER.ethernet;
}

/** A tag of six octets: Cisco's for a security group, with version, length and option before the number, or Marvell's for a port of a switch. */
export function readSecurityTag(layers: Layers): Next {
  return readType(layers, 6);
}

/**
 * An address family in four octets, LINKTYPE_NULL in the order of the machine that wrote the capture, LINKTYPE_LOOP in
 * network order; either order is accepted for both, as writers mix them up. Some write an Ethernet type instead, or PPP.
 */
export function readFamily(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 4) return tooShort(layers);
  if (bytes[at] === 0xff && bytes[at + 1] === 0x03) return LAYER.ppp;
  const little = bytes[at + 2] === 0 && bytes[at + 3] === 0;
  if (!little && (bytes[at] !== 0 || bytes[at + 1] !== 0)) return VERDICT.notIp;
  layers.payloadStart = at + 4;
  const family = little ? (bytes[at] as number) | ((bytes[at + 1] as number) << 8) : u16(bytes, at + 2);
  return family < FIRST_ETHER_TYPE ? layerOfFamily(family) : layerOfEtherType(family);
}

/** IP by its address family, of which IPv6 has another in every system. */
export function layerOfFamily(family: number): Next {
  switch (family) {
    case 2:
      return LAYER.ipv4;
    case 10: // Linux
    case 23: // Windows
    case 24: // NetBSD, OpenBSD, Npcap
    case 28: // FreeBSD
    case 30: // Darwin
      return LAYER.ipv6;
    default:
      return VERDICT.notIp;
  }
}

/** Logical link control (IEEE 802.2): SNAP with an Ethernet type, or the service access point of IP. */
export function readLlc(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 3) return tooShort(layers);
  const access = u16(bytes, at);
  if (access === 0x0606 && bytes[at + 2] === 3) {
    layers.payloadStart = at + 3;
    return LAYER.ipv4;
  }
  if (access !== 0xaaaa || bytes[at + 2] !== 3) return VERDICT.notIp;
  if (layers.payloadEnd - at < 8) return tooShort(layers);
  // Encapsulated Ethernet (RFC 1042), or bridge-tunnel encapsulation.
  const organisation = (u16(bytes, at + 3) << 8) | (bytes[at + 5] as number);
  return organisation === 0 || organisation === 0x0000f8 ? readType(layers, 6) : VERDICT.notIp;
}

/** A message of Linux netfilter's log, LINKTYPE_NFLOG: family, then attributes in the writer's order, one of them the packet. */
export function readNflog(layers: Layers): Next {
  const { bytes, payloadEnd: end } = layers;
  let at = layers.payloadStart + 4;
  if (end - at < 4) return tooShort(layers);
  if (bytes[at - 3] !== 0) return VERDICT.notIp;
  // No attribute type exceeds 255, so the zero octet of the type is the high one.
  const low = bytes[at + 3] === 0 ? 0 : 1;
  while (end - at >= 4) {
    const length = ((bytes[at + 1 - low] as number) << 8) | (bytes[at + low] as number);
    if (length < 4) return VERDICT.malformed;
    if (bytes[at + 2 + low] === 9) {
      layers.payloadStart = at + 4;
      narrow(layers, length - 4);
      return LAYER.ip;
    }
    at += length + (-length & 3);
  }
  return tooShort(layers);
}

/** Darwin's header before packets of any interface, LINKTYPE_PKTAP: its own length, a type that is 1 before a packet, and the link type. */
export function readPktap(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 12) return tooShort(layers);
  const length = littleU32(bytes, at);
  if (littleU32(bytes, at + 4) !== 1) return VERDICT.linkType;
  if (length < 12 || length > layers.payloadEnd - at + layers.missing) return VERDICT.malformed;
  if (length > layers.payloadEnd - at) return VERDICT.snapped;
  const linkType = littleU32(bytes, at + 8);
  layers.payloadStart = at + length;
  return layerOfLinkType(linkType);
}

/** Four octets in little-endian order, unsigned. */
export function littleU32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0
  );
}

/** Reads an Ethernet type `offset` octets into the header that it ends. */
function readType(layers: Layers, offset: number): Next {
  const at = layers.payloadStart + offset;
  if (layers.payloadEnd - at < 2) return tooShort(layers);
  layers.payloadStart = at + 2;
  return layerOfEtherType(u16(layers.bytes, at));
}
