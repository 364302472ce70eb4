/** The Network Service Header (RFC 8300) to what it carries; its path and metadata are passed over. A length below the header's own is malformed. */
import { LAYER, tooShort, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";
import { VERDICT } from "../verdict.ts";

const HEADER = 8;

/** Reads the header, whose length counts units of four octets (§2.2). */
export function readNsh(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < HEADER) return tooShort(layers);
  const length = ((bytes[at + 1] as number) & 0x3f) * 4;
  if ((bytes[at] as number) >>> 6 !== 0 || length < HEADER) return VERDICT.malformed;
  if (end - at < length) return tooShort(layers);
  return enter(layers, TUNNEL.nsh, at + length, nextInService(bytes[at + 3] as number));
}

/** What a next protocol number of NSH (§2.2), or of VXLAN-GPE, announces. */
export function nextInService(protocol: number): Next {
  switch (protocol) {
    case 1:
      return LAYER.ipv4;
    case 2:
      return LAYER.ipv6;
    case 3:
      return LAYER.ethernet;
    case 4:
      return LAYER.nsh;
    case 5:
      return LAYER.mpls;
    default:
      return VERDICT.notIp;
  }
}
