/** A handshake message of 16 MiB that is announced and never sent, in records of one octet. */
import { expect } from "vitest";
import { join } from "../../support/packet-writer.ts";
import { record } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { hello, pcapOf, recordsOf, segmentsFrom } from "../support.ts";

const CONNECTIONS = 20;
const RECORDS = 2_000;

/** The header of a certificate of `length` octets, in records of one octet each, and some more of those. */
function announced(length: number): Uint8Array {
  const header = [11, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  const body = Array.from({ length: RECORDS }, () => 0);
  return join(...[...header, ...body].map((octet) => record(22, [octet])));
}

export const announcedMessage: Family = {
  name: "messages of 16 MiB and of 1 MiB that are announced and never come",
  *capture() {
    const streams = Array.from({ length: CONNECTIONS }, (_, host) =>
      join(recordsOf(1, hello()), announced(host % 2 === 0 ? 0xff_ffff : 0x0f_ffff)),
    );
    yield* pcapOf(streams.flatMap((octets, host) => [...segmentsFrom(octets, 1_400, { host })]));
  },
  counts: "pcap, 194 packets, 21 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.0:40000 10.1.0.9:443 incomplete",
  told: [
    "10 handshake messages of more than 1048576 octets not read",
    "handshake 1: 246 more messages not read: the limit for one connection was reached; similarly in 9 more",
    "handshake 1: certificate could not be read completely: the capture holds 0 of its 16777215 octets; similarly in 19 more",
  ],
  steps: 10,
  memory: CONNECTIONS * 100_000,
  others: CONNECTIONS,
  bound({ handshakes }) {
    const cut = handshakes.flatMap(({ messages }) => messages).filter(({ malformed }) => malformed?.includes("the capture holds") === true);
    expect(cut.length).toBeGreaterThanOrEqual(CONNECTIONS / 2);
  },
};
