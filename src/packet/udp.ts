/** A UDP header (RFC 768) to ports, and to a tunnel if one of them is its port; the payload ends where its length field says. A length below the header's own is malformed. */
import { layerOfUdpPort, narrow, tooShort, u16, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

const HEADER = 8;

/** Reads a UDP header. A length of zero means all that is there (RFC 2675 §4, and segmentation offload). */
export function readUdp(layers: Layers): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < HEADER) return tooShort(layers);
  const length = u16(bytes, at + 4);
  if (length !== 0) {
    if (length < HEADER) return VERDICT.malformed;
    narrow(layers, length);
  }
  layers.sourcePort = u16(bytes, at);
  layers.targetPort = u16(bytes, at + 2);
  layers.payloadStart = at + HEADER;
  const tunnel = layerOfUdpPort(layers.targetPort);
  return tunnel === VERDICT.udp ? layerOfUdpPort(layers.sourcePort) : tunnel;
}
