/** PPP in its framings to the network layer: bare, in HDLC (RFC 1662), in PPPoE (RFC 2516), and Cisco's HDLC, which looks like it. */
import { LAYER, layerOfEtherType, narrow, tooShort, u16, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { pppAt } from "./tunnel/fit.ts";
import { enter, TUNNEL } from "./tunnel.ts";
import { VERDICT } from "./verdict.ts";

/** Reads the protocol field of PPP, one or two octets long (RFC 1661 §2), with or without the address and control of HDLC before it. */
export function readPpp(layers: Layers): Next {
  const { bytes, payloadEnd: end } = layers;
  let at = layers.payloadStart;
  if (end - at < 2) return tooShort(layers);
  if (bytes[at] === 0xff && bytes[at + 1] === 0x03) at += 2;
  if (end - at < 2) return tooShort(layers);
  const compressed = ((bytes[at] as number) & 1) !== 0;
  const protocol = compressed ? (bytes[at] as number) : u16(bytes, at);
  layers.payloadStart = at + (compressed ? 1 : 2);
  switch (protocol) {
    case 0x0021:
      return LAYER.ipv4;
    case 0x0057:
      return LAYER.ipv6;
    case 0x0281:
    case 0x0283:
      return LAYER.mpls;
    case 0x003d:
      return readMultilink(layers);
    case 0x0053: // encryption
    case 0x00fd: // compression
      return VERDICT.encapsulated;
    default:
      return VERDICT.notIp;
  }
}

/** Multilink (RFC 1990 §3): a packet in one piece follows a header of four octets, or two in the short form: flags and sequence number. */
function readMultilink(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return tooShort(layers);
  if (((bytes[at] as number) & 0xc0) !== 0xc0) return VERDICT.encapsulated;
  for (const length of [4, 2]) {
    const inner = pppAt(layers, at + length);
    if (inner === VERDICT.udp) continue;
    layers.payloadStart = at + length;
    return inner;
  }
  return VERDICT.encapsulated;
}

/** PPP on a serial line; the address octet tells whether it is Cisco's HDLC instead. */
export function readPppHdlc(layers: Layers): Next {
  if (layers.payloadEnd === layers.payloadStart) return tooShort(layers);
  const address = layers.bytes[layers.payloadStart];
  return address === 0x0f || address === 0x8f ? LAYER.ciscoHdlc : LAYER.ppp;
}

/** Address, control, Ethernet type. */
export function readCiscoHdlc(layers: Layers): Next {
  const at = layers.payloadStart;
  if (layers.payloadEnd - at < 4) return tooShort(layers);
  layers.payloadStart = at + 4;
  return layerOfEtherType(u16(layers.bytes, at + 2));
}

/** Reads the header of a PPPoE session; discovery and anything but code 0 carries no PPP. */
export function readPppoe(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 6) return tooShort(layers);
  if (bytes[at + 1] !== 0) return VERDICT.notIp;
  layers.payloadStart = at + 6;
  narrow(layers, u16(bytes, at + 4));
  return enter(layers, TUNNEL.pppoe, at + 6, LAYER.ppp);
}
