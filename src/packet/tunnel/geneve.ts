/**
 * Geneve (RFC 8926 §3.4) to what its Ethernet type says, options passed over and reserved bits ignored. A packet stays UDP if its version is
 * not zero, its options do not fill their length, or what is announced is not inside.
 */
import { LAYER, layerOfEtherType, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, ipAt, misfit } from "./fit.ts";

const HEADER = 8;

/** Reads the UDP payload on Geneve's port. */
export function readGeneve(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return misfit(layers);
  const first = bytes[at] as number;
  if (first >>> 6 !== 0) return VERDICT.udp;
  if (end - at < HEADER) return misfit(layers);
  const start = at + HEADER + (first & 0x3f) * 4;
  let option = at + HEADER;
  while (option < start) {
    if (end - option < 4) return misfit(layers);
    option += 4 + ((bytes[option + 3] as number) & 0x1f) * 4;
  }
  if (option !== start) return VERDICT.udp;
  const announced = layerOfEtherType(u16(bytes, at + 2));
  const inner = announced === LAYER.ethernet ? ethernetAt(layers, start) : ipAt(layers, start);
  if (announced === LAYER.nsh || announced === LAYER.mpls) return enter(layers, TUNNEL.geneve, start, announced);
  return enter(layers, TUNNEL.geneve, start, inner === announced || inner === VERDICT.snapped ? inner : VERDICT.udp);
}
