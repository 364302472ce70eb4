/** Networks other than Ethernet, to the LLC or the Ethernet type in their frames: FDDI, Token Ring, Fibre Channel, ATM, Frame Relay, InfiniBand. */
import { LAYER, layerOfEtherType, tooShort, u16, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

/** FDDI: frame control, two addresses. Frames without LLC belong to the ring itself. */
export function readFddi(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 13) return tooShort(layers);
  if (((bytes[at] as number) & 0x70) !== 0x50) return VERDICT.notIp;
  layers.payloadStart = at + 13;
  return LAYER.llc;
}

/** Token Ring (IEEE 802.5): access control, frame control, two addresses, and a route if the first bit of the source says so. */
export function readTokenRing(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 15) return tooShort(layers);
  if (((bytes[at + 1] as number) & 0xc0) !== 0x40) return VERDICT.notIp;
  const route = ((bytes[at + 8] as number) & 0x80) === 0 ? 0 : (bytes[at + 14] as number) & 0x1f;
  if (end - at < 14 + route) return tooShort(layers);
  layers.payloadStart = at + 14 + route;
  return LAYER.llc;
}

/** IP over Fibre Channel (RFC 2625 §3): the two addresses of the network header. */
export function readFibreChannel(layers: Layers): Next {
  if (layers.payloadEnd - layers.payloadStart < 16) return tooShort(layers);
  layers.payloadStart += 16;
  return LAYER.llc;
}

/** Solaris' header before ATM, LINKTYPE_SUNATM: the kind of traffic, path and channel. LAN emulation has two octets before its Ethernet. */
export function readSunAtm(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 6) return tooShort(layers);
  const kind = (bytes[at] as number) & 0x0f;
  if (kind !== 1 && kind !== 2) return VERDICT.notIp;
  layers.payloadStart = at + (kind === 1 ? 6 : 4);
  return kind === 1 ? LAYER.ethernet : LAYER.llc;
}

/** Network layer protocol identifiers (RFC 2427 §4, §5). */
const NLPID = { padding: 0x00, snap: 0x80, ipv6: 0x8e, ipv4: 0xcc } as const;

/** Frame Relay (RFC 2427): an address of two to four octets, control, protocol; or Cisco's, an Ethernet type behind the address. */
export function readFrameRelay(layers: Layers): Next {
  const { bytes, payloadEnd: end } = layers;
  let at = layers.payloadStart;
  do {
    if (end - at < 4) return tooShort(layers);
    at++;
  } while (((bytes[at - 1] as number) & 1) === 0);
  if (bytes[at] !== 0x03) {
    layers.payloadStart = at + 2;
    const inner = layerOfEtherType(u16(bytes, at));
    return inner === LAYER.llc ? VERDICT.notIp : inner;
  }
  at += bytes[at + 1] === NLPID.padding ? 2 : 1;
  if (end - at < 6) return tooShort(layers);
  layers.payloadStart = at + 1;
  switch (bytes[at]) {
    case NLPID.ipv4:
      return LAYER.ipv4;
    case NLPID.ipv6:
      return LAYER.ipv6;
    case NLPID.snap:
      if (u16(bytes, at + 1) !== 0 || bytes[at + 3] !== 0) return VERDICT.notIp;
      layers.payloadStart = at + 6;
      return layerOfEtherType(u16(bytes, at + 4));
    default:
      return VERDICT.notIp;
  }
}

/** IP over InfiniBand, LINKTYPE_IPOIB: the global routing header, then an Ethernet type and two reserved octets (RFC 4391 §6). */
export function readInfiniBand(layers: Layers): Next {
  const at = layers.payloadStart + 40;
  if (layers.payloadEnd - at < 4) return tooShort(layers);
  layers.payloadStart = at + 4;
  return layerOfEtherType(u16(layers.bytes, at));
}
