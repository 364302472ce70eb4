/**
 * The user plane of mobile networks, GTP-U version 1 (3GPP TS 29.281 §5), to the user's IP packet, or Ethernet frame in a
 * 5G network; extension headers are passed over. Other messages than user data, and UDP whose
 * length does not fit, stay UDP.
 */
import { u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, ipAt, misfit } from "./fit.ts";

const HEADER = 8;

/** Version 1, protocol type 1, and a spare bit of zero; the other bits say whether four more octets follow. */
const FIRST = { mask: 0xf8, value: 0x30, extension: 0x04, more: 0x07 } as const;

const USER_DATA = 0xff;

/** Reads the UDP payload on the port of GTP-U. */
export function readGtpU(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return misfit(layers);
  const first = bytes[at] as number;
  if ((first & FIRST.mask) !== FIRST.value) return VERDICT.udp;
  if (end - at < HEADER) return misfit(layers);
  const length = u16(bytes, at + 2);
  if (bytes[at + 1] !== USER_DATA || length > end - at + layers.missing - HEADER) return VERDICT.udp;
  let start = at + HEADER + ((first & FIRST.more) === 0 ? 0 : 4);
  let extended = (first & FIRST.extension) !== 0;
  while (extended) {
    if (end < start) return misfit(layers);
    const type = bytes[start - 1] as number;
    if (type === 0) break;
    if (end === start) return misfit(layers);
    const units = bytes[start] as number;
    if (units === 0) return VERDICT.udp;
    start += units * 4;
    extended = start <= at + HEADER + length;
  }
  const inner = ipAt(layers, start);
  return enter(layers, TUNNEL.gtpU, start, inner === VERDICT.udp ? ethernetAt(layers, start) : inner);
}
