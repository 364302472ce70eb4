/**
 * A stack of MPLS labels (RFC 3032), on the link, in IP or in UDP (RFC 4023, 7510), to the IP below it, known by its
 * version, or to an Ethernet frame, known by what it carries. Other UDP on the port of MPLS stays UDP.
 */
import { LAYER, tooShort, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, ipAt, misfit } from "./fit.ts";

/** Reads a stack of labels to what is under it. */
export function readMpls(layers: Layers): Next {
  const { bytes, payloadEnd: end } = layers;
  let at = layers.payloadStart;
  do {
    if (end - at < 4) return tooShort(layers);
    at += 4;
  } while (((bytes[at - 2] as number) & 1) === 0);
  if (at === end) return tooShort(layers);
  const version = (bytes[at] as number) >>> 4;
  if (version === 4) return enter(layers, TUNNEL.mpls, at, LAYER.ipv4);
  if (version === 6) return enter(layers, TUNNEL.mpls, at, LAYER.ipv6);
  const frame = startOfFrame(layers, at);
  const inner = ethernetAt(layers, frame);
  return enter(layers, TUNNEL.mpls, frame, inner === VERDICT.udp ? VERDICT.encapsulated : inner);
}

/** Reads the UDP payload on the port of MPLS: a stack of labels has no header by which to know it, except that no time to live is zero. */
export function readMplsInUdp(layers: Layers): Next {
  const { bytes, payloadEnd: end } = layers;
  let at = layers.payloadStart;
  do {
    if (end - at < 4) return misfit(layers);
    at += 4;
    const timeToLive = bytes[at - 1];
    if (timeToLive === 0) return VERDICT.udp;
  } while (((bytes[at - 2] as number) & 1) === 0);
  const ip = ipAt(layers, at);
  const inner = ip === VERDICT.udp ? ethernetAt(layers, startOfFrame(layers, at)) : ip;
  return inner < LAYER.ethernet ? inner : LAYER.mpls;
}

/** Where an Ethernet frame under the labels begins: at once, or behind a control word (RFC 4385 §3), which begins with zero. */
function startOfFrame(layers: Layers, at: number): number {
  const { bytes, payloadEnd: end } = layers;
  if (end <= at || (bytes[at] as number) >>> 4 !== 0 || ethernetAt(layers, at) === LAYER.ethernet) return at;
  return ethernetAt(layers, at + 4) === VERDICT.udp ? at : at + 4;
}
