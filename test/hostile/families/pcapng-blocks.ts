/** Blocks of pcapng that lie about their lengths, have none, or hold options that do. */
import { expect } from "vitest";
import { enhancedPacket, fields } from "../../support/capture-writer.ts";
import { join } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { block, goodFrames, pcapngOf } from "../support.ts";

const EMPTY = new Uint8Array(0);
const EMPTY_BLOCKS = 20_000;

export const pcapngBlocks: Family = {
  name: "blocks without a body by the thousand, with lengths that contradict each other, and options that reach beyond them",
  capture: () =>
    pcapngOf([
      ...Array.from({ length: EMPTY_BLOCKS }, () => block(0x77, EMPTY)),
      // An interface with an option of 65,535 octets, and one with options of none.
      block(1, join(fields("little", [2, 1], [2, 0], [4, 0], [2, 9], [2, 0xffff]), new Uint8Array(8))),
      block(
        1,
        join(
          fields("little", [2, 1], [2, 0], [4, 0]),
          new Uint8Array(4_000).map((_, at) => (at % 4 === 0 ? 2 : 0)),
        ),
      ),
      block(6, new Uint8Array(16)),
      block(10, fields("little", [4, 0x544c534b], [4, 0xffff_ffff])),
      block(0x77, new Uint8Array(40), { length: 0 }),
      block(0x77, new Uint8Array(40), { length: 0xffff_fff0 }),
      block(0x77, new Uint8Array(40), { trailer: 4 }),
      enhancedPacket({ octets: EMPTY }),
    ]),
  counts: "pcapng, 15 packets, 1 handshake",
  told: [
    "20000 blocks of unknown or private kinds passed over",
    "1 packet block not read: of an unknown interface, or with an impossible length",
    "1 block not read: too short for what it must hold",
    "damage at offset 244148, before the first packet: a block claims to have 0 octets; 156 octets are passed over",
    "1 packet with headers that contradict themselves",
  ],
  steps: 1,
  memory: 20_000,
  others: 0,
  bound: ({ summary }) => expect(summary.packets).toBe(1 + goodFrames.length),
};
