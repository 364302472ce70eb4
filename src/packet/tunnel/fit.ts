/**
 * Is what lies behind a tunnel's header what that header would carry? A port alone does not make a tunnel, so a reader of
 * tunnels over UDP asks here before it changes anything. Each function looks at the octets from `at` and returns the
 * layer that fits, `VERDICT.snapped` where the snapshot length cut off what would decide, and `VERDICT.udp` where nothing fits.
 */
import { LAYER, layerOfEtherType, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { VERDICT, type Verdict } from "../verdict.ts";

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;

/** No tunnel, as far as can be seen: the octets are not there, or were cut off. */
export function misfit(layers: Layers): Verdict {
  return layers.missing > 0 ? VERDICT.snapped : VERDICT.udp;
}

/** IP whose length fits into what was on the wire. */
export function ipAt(layers: Layers, at: number): Next {
  const { bytes, payloadEnd: end } = layers;
  const wire = end - at + layers.missing;
  if (end <= at) return misfit(layers);
  const first = bytes[at] as number;
  if (first >>> 4 === 4) {
    const header = (first & 0xf) * 4;
    if (header < IPV4_HEADER) return VERDICT.udp;
    if (end - at < 4) return misfit(layers);
    const total = u16(bytes, at + 2);
    return total >= header && total <= wire ? LAYER.ipv4 : VERDICT.udp;
  }
  if (first >>> 4 !== 6) return VERDICT.udp;
  if (end - at < 6) return misfit(layers);
  return IPV6_HEADER + u16(bytes, at + 4) <= wire ? LAYER.ipv6 : VERDICT.udp;
}

/** Ethernet with IP, behind any number of tags, or with MPLS or a PPPoE session. */
export function ethernetAt(layers: Layers, at: number): Next {
  const { bytes, payloadEnd: end } = layers;
  for (let type = at + 12; ; type += 4) {
    if (end - type < 2) return misfit(layers);
    const inner = layerOfEtherType(u16(bytes, type));
    if (inner === LAYER.tag) continue;
    if (inner === LAYER.mpls) return LAYER.ethernet;
    if (inner === LAYER.pppoe) return end - type < 3 ? misfit(layers) : bytes[type + 2] === 0x11 ? LAYER.ethernet : VERDICT.udp;
    if (inner !== LAYER.ipv4 && inner !== LAYER.ipv6) return VERDICT.udp;
    const found = ipAt(layers, type + 2);
    return found === inner ? LAYER.ethernet : found === VERDICT.snapped ? found : VERDICT.udp;
  }
}

/** PPP with IP, with or without the address and control of HDLC, the protocol in one octet or two. */
export function pppAt(layers: Layers, at: number): Next {
  const { bytes, payloadEnd: end } = layers;
  if (end - at < 2) return misfit(layers);
  const start = bytes[at] === 0xff && bytes[at + 1] === 0x03 ? at + 2 : at;
  if (end - start < 2) return misfit(layers);
  const protocol = start + ((bytes[start] as number) === 0 ? 1 : 0);
  if (bytes[protocol] !== 0x21 && bytes[protocol] !== 0x57) return VERDICT.udp;
  const found = ipAt(layers, protocol + 1);
  return found < LAYER.ethernet ? found : LAYER.ppp;
}
