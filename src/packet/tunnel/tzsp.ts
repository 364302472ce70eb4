/** Packets that a sniffer streams to another machine, TZSP, to the frame inside; tagged fields are passed over. Other UDP on its port stays UDP. */
import { LAYER, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";
import { ethernetAt, misfit } from "./fit.ts";

const VERSION = 1;
const TAG = { padding: 0, end: 1 } as const;
const CARRIES = { ethernet: 1, wireless: 18 } as const;

/** Reads the UDP payload on TZSP's port. */
export function readTzsp(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 4) return misfit(layers);
  // A packet that was received, or one to be sent.
  if (bytes[at] !== VERSION || (bytes[at + 1] as number) > 1) return VERDICT.udp;
  const carries = u16(bytes, at + 2);
  let field = at + 4;
  while (field < end && bytes[field] !== TAG.end) {
    if (end - field < 2) return misfit(layers);
    field += bytes[field] === TAG.padding ? 1 : 2 + (bytes[field + 1] as number);
  }
  if (field >= end) return misfit(layers);
  const inner = carries === CARRIES.ethernet ? ethernetAt(layers, field + 1) : carries === CARRIES.wireless ? LAYER.ieee80211 : VERDICT.udp;
  return enter(layers, TUNNEL.tzsp, field + 1, inner);
}
