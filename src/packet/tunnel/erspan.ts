/**
 * Cisco's mirrored packets, ERSPAN II and III as in the Internet draft draft-foschiano-erspan, to the frame inside; the
 * version in the header distinguishes them. Unknown versions and kinds of frames are not opened.
 */
import { LAYER, tooShort, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";

/** Reads an ERSPAN header, behind GRE with a sequence number. */
export function readErspan(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return tooShort(layers);
  const version = (bytes[at] as number) >>> 4;
  if (version !== 1 && version !== 2) return VERDICT.encapsulated;
  let header = version === 1 ? 8 : 12;
  if (end - at < header) return tooShort(layers);
  if (version === 1) return enter(layers, TUNNEL.erspan, at + header, LAYER.ethernet);
  const fields = u16(bytes, at + 10);
  if ((fields & 1) !== 0) header += 8;
  if (end - at < header) return tooShort(layers);
  const frameType = (fields >>> 10) & 0x1f;
  const inner = frameType === 0 ? LAYER.ethernet : frameType === 2 ? LAYER.ip : VERDICT.encapsulated;
  return enter(layers, TUNNEL.erspan, at + header, inner);
}
