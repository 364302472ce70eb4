/**
 * What access points send to their controllers, CAPWAP's data channel (RFC 5415 §4.3), to the wireless frame inside, or
 * the Ethernet frame; fragments are put together. Some makers write the two octets of a wireless frame's control field in
 * the wrong order, so both are tried. Keepalives, DTLS, and what does not fit stay UDP.
 */
import type { Frame } from "../../capture/frame.ts";
import type { FragmentTable } from "../fragments.ts";
import { headerLength } from "../ieee80211.ts";
import { LAYER, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, ipAt, misfit } from "./fit.ts";

const HEADER = 8;

const FLAG = { fragment: 0x80, last: 0x40, keepAlive: 0x08, reserved: 0x07 } as const;

/** Binding to IEEE 802.11 (RFC 5416). */
const WIRELESS = 1;

/** Above every identification of IPv4 and IPv6, so that a fragment of CAPWAP is not taken for one of IP. */
const FRAGMENT_IDS = 2 ** 32;

/** Reads the UDP payload on the port of CAPWAP's data channel. */
export function readCapwap(layers: Layers, fragments: FragmentTable, frame: Frame): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return misfit(layers);
  if (bytes[at] !== 0) return VERDICT.udp;
  if (end - at < HEADER) return misfit(layers);
  const fields = u16(bytes, at + 1);
  const flags = bytes[at + 3] as number;
  const header = (fields >>> 11) * 4;
  const binding = (fields >>> 1) & 0x1f;
  const native = (fields & 1) !== 0;
  const offset = u16(bytes, at + 6);
  if (header < HEADER || binding !== WIRELESS || (flags & (FLAG.keepAlive | FLAG.reserved)) !== 0 || (offset & 7) !== 0) return VERDICT.udp;
  if ((flags & FLAG.fragment) === 0) return offset === 0 ? readPayload(layers, native, at + header) : VERDICT.udp;
  if (end - at < header) return misfit(layers);
  layers.payloadStart = at + header;
  const id = FRAGMENT_IDS + layers.sourcePort * 65_536 + u16(bytes, at + 4);
  if (!fragments.join(layers, id, offset, (flags & FLAG.last) === 0, frame)) return VERDICT.fragment;
  const next = readPayload(layers, native, layers.payloadStart);
  return next === VERDICT.udp ? VERDICT.encapsulated : next;
}

function readPayload(layers: Layers, native: boolean, at: number): Next {
  if (!native) return enter(layers, TUNNEL.capwap, at, ethernetAt(layers, at));
  const { bytes, payloadEnd: end } = layers;
  if (end - at < 2) return misfit(layers);
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  const found = llcAt(layers, at, headerLength(first, second));
  if (found !== VERDICT.udp) return found;
  return llcAt(layers, at, headerLength(second, first));
}

/** LLC with IP, behind a wireless header of `header` octets; a negative length means that there is none. */
function llcAt(layers: Layers, at: number, header: number): Next {
  const { bytes, payloadEnd: end } = layers;
  const start = at + header;
  if (header < 0) return VERDICT.udp;
  if (end - start < 8) return misfit(layers);
  if (u16(bytes, start) !== 0xaaaa || bytes[start + 2] !== 3) return VERDICT.udp;
  const inner = ipAt(layers, start + 8);
  return enter(layers, TUNNEL.capwap, start, inner < LAYER.ethernet ? inner : LAYER.llc);
}
