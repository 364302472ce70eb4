/**
 * L2TP to the frame inside: version 2 over UDP with PPP (RFC 2661 §3.1), version 3 over UDP or IP with Ethernet or PPP
 * (RFC 3931 §4.1). In version 3 only the two ends know how long the cookie and the sublayer's header are, so each length is
 * tried. Reserved bits are ignored; control messages and what does not fit stay UDP, or shut.
 */
import { LAYER, u16, u32, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, misfit, pppAt } from "./fit.ts";

const FLAG = { control: 0x8000, length: 0x4000, sequence: 0x0800, offset: 0x0200, version: 0x000f } as const;

/** Octets behind the session number: a cookie of none, four or eight, then a header of none or four. */
const LONGEST_COOKIE_AND_HEADER = 12;

/** Reads the UDP payload on the port of L2TP. */
export function readL2tp(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 2) return misfit(layers);
  const flags = u16(bytes, at);
  const version = flags & FLAG.version;
  if ((flags & FLAG.control) !== 0) return VERDICT.udp;
  if (version === 3) return readSession(layers, at + 4);
  if (version !== 2) return VERDICT.udp;
  let start = at + 2;
  if ((flags & FLAG.length) !== 0) {
    if (end - start < 2) return misfit(layers);
    if (u16(bytes, start) > end - at + layers.missing) return VERDICT.udp;
    start += 2;
  }
  start += (flags & FLAG.sequence) === 0 ? 4 : 8;
  if ((flags & FLAG.offset) !== 0) {
    if (end - start < 2) return misfit(layers);
    start += 2 + u16(bytes, start);
  }
  return enter(layers, TUNNEL.l2tp, start, pppAt(layers, start));
}

/** Reads L2TP version 3 where it is the payload of IP: protocol 115. */
export function readL2tpOverIp(layers: Layers): Next {
  const next = readSession(layers, layers.payloadStart);
  return next === VERDICT.udp ? VERDICT.encapsulated : next;
}

function readSession(layers: Layers, at: number): Next {
  const { bytes, payloadEnd: end } = layers;
  if (end - at < 4) return misfit(layers);
  if (u32(bytes, at) === 0) return VERDICT.udp;
  const start = at + 4;
  for (let skipped = 0; skipped <= LONGEST_COOKIE_AND_HEADER; skipped += 4) {
    if (ethernetAt(layers, start + skipped) === LAYER.ethernet) return enter(layers, TUNNEL.l2tp, start + skipped, LAYER.ethernet);
    if (pppAt(layers, start + skipped) === LAYER.ppp) return enter(layers, TUNNEL.l2tp, start + skipped, LAYER.ppp);
  }
  return misfit(layers);
}
