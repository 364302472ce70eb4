/**
 * IPv6 through NATs, Teredo (RFC 4380 §5.1.1), behind an authentication and an origin indication if there are any. One
 * address of the IPv6 packet must be Teredo's or link-local; other UDP on the port stays UDP.
 */
import { LAYER, u16, u32, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ipAt, misfit } from "./fit.ts";

const AUTHENTICATION = { type: 0x0001, fixed: 13 } as const;
const ORIGIN = { type: 0x0000, length: 8 } as const;

/** Reads the UDP payload on Teredo's port. */
export function readTeredo(layers: Layers): Next {
  const { bytes, payloadEnd: end } = layers;
  let at = layers.payloadStart;
  if (end - at < 4) return misfit(layers);
  // Client identifier and authentication value, of the lengths stated; then a nonce of eight octets and the confirmation.
  if (u16(bytes, at) === AUTHENTICATION.type) at += AUTHENTICATION.fixed + (bytes[at + 2] as number) + (bytes[at + 3] as number);
  if (end - at < 2) return misfit(layers);
  if (u16(bytes, at) === ORIGIN.type) at += ORIGIN.length;
  const inner = ipAt(layers, at);
  if (inner !== LAYER.ipv6) return inner === VERDICT.snapped ? inner : VERDICT.udp;
  if (end - at < 40) return misfit(layers);
  if (!isTeredo(bytes, at + 8) && !isTeredo(bytes, at + 24)) return VERDICT.udp;
  return enter(layers, TUNNEL.teredo, at, inner);
}

function isTeredo(bytes: Uint8Array, at: number): boolean {
  return u32(bytes, at) === 0x2001_0000 || (u16(bytes, at) & 0xffc0) === 0xfe80;
}
