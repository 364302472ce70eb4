/** TLS records, messages and vectors whose lengths lie. */
import { expect } from "vitest";
import { join } from "../../support/packet-writer.ts";
import { handshake, record } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { hello, pcapOf, segmentsFrom } from "../support.ts";

const whole = hello([{ type: 0, body: new Uint8Array([0, 9, 0, 0, 200, 65]) }]);

/** The hello with the octets at `at` set to 0xff. */
function lyingAt(at: number): Uint8Array {
  return whole.map((octet, index) => (index === at || index === at + 1 ? 0xff : octet));
}

/** Session id, suites, compression, extensions, and the length inside an extension. */
const places = [34, 35, 40, 42, 46];

export const recordLengths: Family = {
  name: "lengths that lie in records, messages, vectors and extensions",
  *capture() {
    const streams = [
      join([22, 3, 1, 0xff, 0xff], new Uint8Array(400)),
      // Two hellos, and between them a record that is too long.
      join(record(22, handshake(1, whole)), [23, 3, 3, 0xff, 0xff], new Uint8Array(100)),
      ...places.map((at) => record(22, handshake(1, lyingAt(at)))),
    ];
    yield* pcapOf(streams.flatMap((octets, host) => [...segmentsFrom(octets, 100, { host })]));
  },
  counts: "pcap, 26 packets, 7 handshakes",
  line: "1 ≈ 6 22:13:20.000Z 10.0.0.1:40000 10.1.0.9:443 incomplete",
  told: [
    "handshake 1: extension server_name of client_hello not read: truncated in server_name at offset 51: 9 octets wanted, 4 left; similarly in 5 more",
  ],
  steps: 10,
  memory: 100_000,
  bound: ({ handshakes, answer }) => {
    const malformed = handshakes
      .flatMap(({ messages }) => messages)
      .filter((message) => message.malformed !== undefined || JSON.stringify(message).includes("malformed"));
    expect(malformed.length).toBeGreaterThanOrEqual(places.length);
    expect(answer).toBeLessThan(200_000);
  },
};
