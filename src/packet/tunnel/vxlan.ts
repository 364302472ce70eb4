/**
 * VXLAN (RFC 7348) to the Ethernet frame inside, its reserved fields ignored (§5), so also with a group policy; and its generic
 * extension (VXLAN-GPE, the Internet draft draft-ietf-nvo3-vxlan-gpe), which says what is inside. A packet without the VNI flag,
 * or without what is announced, stays UDP.
 */
import { LAYER, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, ipAt, misfit } from "./fit.ts";
import { nextInService } from "./nsh.ts";

const HEADER = 8;

const FLAG = { version: 0x30, network: 0x08, protocol: 0x04 } as const;

/** Reads the UDP payload on VXLAN's ports. */
export function readVxlan(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return misfit(layers);
  const flags = bytes[at] as number;
  if ((flags & FLAG.network) === 0) return VERDICT.udp;
  if (end - at < HEADER) return misfit(layers);
  if ((flags & FLAG.protocol) !== 0) return readGeneric(layers, flags);
  return enter(layers, TUNNEL.vxlan, at + HEADER, ethernetAt(layers, at + HEADER));
}

function readGeneric(layers: Layers, flags: number): Next {
  const { bytes, payloadStart: at } = layers;
  if ((flags & FLAG.version) !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 7] !== 0) return VERDICT.udp;
  const start = at + HEADER;
  const announced = nextInService(bytes[at + 3] as number);
  const inner =
    announced === LAYER.ipv4 || announced === LAYER.ipv6
      ? ipAt(layers, start)
      : announced === LAYER.ethernet
        ? ethernetAt(layers, start)
        : announced;
  return enter(layers, TUNNEL.vxlanGpe, start, inner === VERDICT.notIp ? VERDICT.udp : inner);
}
