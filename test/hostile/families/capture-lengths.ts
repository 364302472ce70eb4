/** Records and blocks whose lengths are those of other files. */
import { expect } from "vitest";
import { fields, pcapHeader } from "../../support/capture-writer.ts";
import { join } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { goodFrames, recordOf, segment } from "../support.ts";

/** A record header that announces so many octets. */
const lie = (captured: number): Uint8Array => fields("little", [4, 1_700_000_000], [4, 1], [4, captured], [4, captured]);

export const captureLengths: Family = {
  name: "records that announce more octets than any packet has",
  *capture() {
    yield pcapHeader();
    for (const captured of [0xffff_ffff, 0x8000_0000, 262_145, 1_000_000]) {
      // A record is believed if the next one can be, too.
      for (let n = 0; n < 3; n++) yield recordOf(segment(new Uint8Array(40)));
      yield join(lie(captured), new Uint8Array(300).fill(0x2e));
    }
    for (const frame of goodFrames) yield recordOf(frame);
  },
  counts: "pcap, 26 packets, 1 handshake",
  told: [
    "4 damaged places; the first at offset 354, after packet 3: a record claims that 4294967295 octets of a packet follow; 316 octets are passed over",
  ],
  steps: 20,
  memory: 20_000,
  others: 0,
  bound: ({ summary }) => expect(summary.packets).toBe(4 * 3 + goodFrames.length),
};
