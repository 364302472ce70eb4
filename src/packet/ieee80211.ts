/**
 * Frames of wireless networks (IEEE 802.11), with or without the radiotap header of the receiver, to the LLC in
 * unencrypted data frames. Encrypted and aggregated frames are encapsulations that are not opened; the rest is not IP.
 */
import { LAYER, tooShort, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

const HEADER = 24;

/** Reads the header of a data frame. */
export function readIeee80211(layers: Layers): Next {
  return readFrame(layers, false);
}

/** Reads a radiotap header, which says whether the frame's header is padded to four octets. */
export function readRadiotap(layers: Layers): Next {
  const { bytes, payloadStart: at, payloadEnd: end } = layers;
  if (end - at < 8) return tooShort(layers);
  const length = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
  if (length < 8 || length > end - at + layers.missing) return VERDICT.malformed;
  if (length > end - at) return VERDICT.snapped;
  // Words of present bits, bit 31 of each saying that one more follows; the fields are aligned from the header's start.
  const present = bytes[at + 4] as number;
  let field = 4;
  while (field + 4 <= length && ((bytes[at + field + 3] as number) & 0x80) !== 0) field += 4;
  field += 4;
  if ((present & 1) !== 0) field = field + (-field & 7) + 8;
  const flags = (present & 2) !== 0 && field < length ? (bytes[at + field] as number) : 0;
  layers.payloadStart = at + length;
  return readFrame(layers, (flags & 0x20) !== 0);
}

/** Octets of a data frame's header, by the two octets of its control field; -1 for a frame without data. */
export function headerLength(control: number, flags: number): number {
  if ((control & 0x0f) !== 0x08 || (control & 0x40) !== 0) return -1;
  const quality = hasQualityOfService(control) ? ((flags & 0x80) === 0 ? 2 : 6) : 0;
  return HEADER + addressLength(flags) + quality;
}

function readFrame(layers: Layers, padded: boolean): Next {
  const { bytes, payloadStart: at } = layers;
  if (layers.payloadEnd - at < 2) return tooShort(layers);
  const control = bytes[at] as number;
  const flags = bytes[at + 1] as number;
  let length = headerLength(control, flags);
  // Other frames may be shorter than the header of a data frame: an acknowledgement has only one address.
  if (length < 0) return VERDICT.notIp;
  if (layers.payloadEnd - at < HEADER) return tooShort(layers);
  if ((flags & 0x40) !== 0) return VERDICT.encapsulated;
  if (hasQualityOfService(control)) {
    const quality = at + HEADER + addressLength(flags);
    if (layers.payloadEnd - quality < 2) return tooShort(layers);
    const aggregated = ((bytes[quality] as number) & 0x80) !== 0;
    if (aggregated) return VERDICT.encapsulated;
  }
  if (padded) length += -length & 3;
  if (layers.payloadEnd - at < length) return tooShort(layers);
  layers.payloadStart = at + length;
  return LAYER.llc;
}

function hasQualityOfService(control: number): boolean {
  return (control & 0x80) !== 0;
}

/** Octets of a fourth address, in frames from one access point to another. */
function addressLength(flags: number): number {
  return (flags & 3) === 3 ? 6 : 0;
}
