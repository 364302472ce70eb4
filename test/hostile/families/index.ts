/** THE list of hostile families. */
import type { Family } from "../contract.ts";
import { alerts } from "./alerts.ts";
import { announcedMessage } from "./announced-message.ts";
import { captureLengths } from "./capture-lengths.ts";
import { certificates } from "./certificates.ts";
import { gzipBomb, gzipMembers, zstdBomb, zstdFrames } from "./compression-bombs.ts";
import { dtlsFragments } from "./dtls-fragments.ts";
import { extensions } from "./extensions.ts";
import { fragmentBomb } from "./fragment-bomb.ts";
import { hashFlood } from "./hash-flood.ts";
import { headerLengths } from "./header-lengths.ts";
import { heldOctets } from "./held-octets.ts";
import { names } from "./names.ts";
import { oneOctetPackets } from "./one-octet-packets.ts";
import { pcapngBlocks } from "./pcapng-blocks.ts";
import { quicGarbage } from "./quic-garbage.ts";
import { recordLengths } from "./record-lengths.ts";
import { retries } from "./retries.ts";
import { rewriting } from "./rewriting.ts";
import { portScan } from "./scan.ts";
import { stragglers } from "./stragglers.ts";
import { tinySegments } from "./tiny-segments.ts";
import { tunnels } from "./tunnels.ts";
import { zstdBlocks } from "./zstd-blocks.ts";

export const FAMILIES: readonly Family[] = [
  captureLengths,
  pcapngBlocks,
  headerLengths,
  recordLengths,
  announcedMessage,
  extensions,
  retries,
  tinySegments,
  rewriting,
  portScan,
  fragmentBomb,
  dtlsFragments,
  tunnels,
  quicGarbage,
  hashFlood,
  heldOctets,
  names,
  oneOctetPackets,
  gzipBomb,
  gzipMembers,
  zstdBomb,
  zstdFrames,
  zstdBlocks,
  certificates,
  stragglers,
  alerts,
];
