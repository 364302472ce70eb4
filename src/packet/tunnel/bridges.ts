/** Ethernet through other people's Ethernet, to the frame inside: provider backbone bridges (IEEE 802.1ah), TRILL (RFC 6325), and MACsec (IEEE 802.1AE) where it does not encrypt. */
import { LAYER, layerOfEtherType, tooShort, u16, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";

/** Reads the tag of a service instance, behind which the customer's frame begins. */
export function readPbb(layers: Layers): Next {
  const start = layers.payloadStart + 4;
  return layers.payloadEnd < start ? tooShort(layers) : enter(layers, TUNNEL.pbb, start, LAYER.ethernet);
}

/** Reads TRILL's header: version, flags, the length of its options in units of four octets, hops, and two names of bridges. */
export function readTrill(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 6) return tooShort(layers);
  const first = u16(bytes, at);
  const start = at + 6 + ((first >>> 6) & 0x1f) * 4;
  if (first >>> 14 !== 0) return VERDICT.encapsulated;
  return end < start ? tooShort(layers) : enter(layers, TUNNEL.trill, start, LAYER.ethernet);
}

const TAG = { version: 0x80, channel: 0x20, changed: 0x0c } as const;

/** Reads the security tag: control, short length, packet number, and the secure channel if a bit says so. Encrypted or modified contents are not opened. */
export function readMacsec(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end === at) return tooShort(layers);
  const control = bytes[at] as number;
  if ((control & (TAG.version | TAG.changed)) !== 0) return VERDICT.encapsulated;
  const type = at + 6 + ((control & TAG.channel) === 0 ? 0 : 8);
  if (end - type < 2) return tooShort(layers);
  const inner = layerOfEtherType(u16(bytes, type));
  if (inner !== LAYER.ipv4 && inner !== LAYER.ipv6 && inner !== LAYER.tag) return VERDICT.encapsulated;
  layers.payloadStart = type + 2;
  return inner;
}
