/** Ethernet in IP (RFC 3378) to the frame inside. Another version than 3 is malformed. */
import { LAYER, tooShort, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";

const HEADER = 2;

/** Reads the header: a version, and reserved bits that receivers ignore. */
export function readEtherIp(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < HEADER) return tooShort(layers);
  if ((bytes[at] as number) >>> 4 !== 3) return VERDICT.malformed;
  return enter(layers, TUNNEL.etherIp, at + HEADER, LAYER.ethernet);
}
