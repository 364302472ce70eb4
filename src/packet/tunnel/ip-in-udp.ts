/**
 * Tunnels with small headers over UDP, to the IP packet inside: LISP (RFC 9300), AYIYA (the Internet draft draft-massar-v6ops-ayiya), GTP version 0
 * (3GPP TS 09.60), Juniper's mirrored packets, and GRE in UDP (RFC 8086). A packet on their ports stays UDP if there is no IP where it should be.
 */
import { LAYER, layerOfEtherType, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, ipAt, misfit } from "./fit.ts";

/** Reads the UDP payload on the port of LISP's data: flags with a nonce or map versions, and an instance with status bits. */
export function readLisp(layers: Layers): Next {
  return enter(layers, TUNNEL.lisp, layers.payloadStart + 8, ipAt(layers, layers.payloadStart + 8));
}

/** Reads the UDP payload on the port of Juniper's mirrors: what is intercepted, and its session. */
export function readJuniperMirror(layers: Layers): Next {
  return enter(layers, TUNNEL.juniperMirror, layers.payloadStart + 8, ipAt(layers, layers.payloadStart + 8));
}

const FORWARD = 1;

/** Reads the UDP payload on the port of AYIYA: lengths, methods and an operation; next header, time, identity, signature. */
export function readAyiya(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 4) return misfit(layers);
  if (((bytes[at + 2] as number) & 0x0f) !== FORWARD) return VERDICT.udp;
  const identity = 1 << ((bytes[at] as number) >>> 4);
  const start = at + 8 + identity + ((bytes[at + 1] as number) >>> 4) * 4;
  const inner = ipAt(layers, start);
  const announced = bytes[at + 3] === 4 ? LAYER.ipv4 : LAYER.ipv6;
  return enter(layers, TUNNEL.ayiya, start, inner < LAYER.ethernet || inner === announced ? inner : VERDICT.udp);
}

const GTP = { header: 20, first: 0x1e, userData: 0xff } as const;

/** Reads the UDP payload on the port of GTP version 0, whose header has a length of its own, a tunnel and 12 octets more. */
export function readGtp0(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 4) return misfit(layers);
  const first = bytes[at] as number;
  if ((first & 0xfe) !== GTP.first || bytes[at + 1] !== GTP.userData) return VERDICT.udp;
  if (u16(bytes, at + 2) > end - at + layers.missing - GTP.header) return VERDICT.udp;
  return enter(layers, TUNNEL.gtpU, at + GTP.header, ipAt(layers, at + GTP.header));
}

const FLAG = { checksum: 0x8000, key: 0x2000, sequence: 0x1000, others: 0x4fff } as const;

/** Reads the UDP payload on the port of GRE in UDP. */
export function readGreInUdp(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 4) return misfit(layers);
  const flags = u16(bytes, at);
  if ((flags & FLAG.others) !== 0) return VERDICT.udp;
  let start = at + 4;
  for (const flag of [FLAG.checksum, FLAG.key, FLAG.sequence]) if ((flags & flag) !== 0) start += 4;
  const announced = layerOfEtherType(u16(bytes, at + 2));
  const found = announced === LAYER.ethernet ? ethernetAt(layers, start) : ipAt(layers, start);
  return found === announced ? LAYER.gre : found === VERDICT.snapped ? found : VERDICT.udp;
}
