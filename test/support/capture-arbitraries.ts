/** Generators of capture files with their packets, and of ways to cut a file into chunks. */
import * as fc from "fast-check";
import {
  enhancedPacket,
  interfaceDescription,
  obsoletePacket,
  type Order,
  pcap,
  pcapng,
  sectionHeader,
  snoop,
  type TestPacket,
  TIME,
} from "./capture-writer.ts";

/** A file that holds these packets, under a name for the report. */
export interface WrittenCapture {
  readonly name: string;
  readonly packets: readonly TestPacket[];
  readonly file: Uint8Array;
}

const packet: fc.Arbitrary<TestPacket> = fc
  .record({
    octets: fc.uint8Array({ maxLength: 120 }),
    more: fc.nat(60),
    time: fc.integer({ min: TIME, max: TIME + 1_000_000_000 }),
    nanos: fc.nat(999),
  })
  .map(({ octets, more, time, nanos }) => ({ octets, wireLength: octets.length + more, time, nanos }));

const order = fc.constantFrom<Order>("little", "big");

const packets = fc.array(packet, { maxLength: 12 });

/** Files of all formats and variants with up to a dozen packets. */
export const writtenCapture: fc.Arbitrary<WrittenCapture> = fc.oneof(
  fc.record({ packets, order, nanoseconds: fc.boolean() }).map(({ packets: list, ...options }) => ({
    name: `pcap ${JSON.stringify(options)}`,
    packets: list,
    file: pcap(list, options),
  })),
  fc
    .record({ packets, order, resolution: fc.constantFrom(6, 9, 0x80 | 20, 0x80 | 32), offset: fc.constantFrom(0, -3600, 86_400) })
    .map(({ packets: list, order: first, ...options }) => ({
      name: `pcapng ${first} ${JSON.stringify(options)}`,
      packets: list,
      file: pcapng([
        sectionHeader(first),
        interfaceDescription(options),
        ...list.map((each, index) => (index % 3 === 2 ? obsoletePacket : enhancedPacket)(each, options)),
      ]),
    })),
  packets.map((list) => ({ name: "snoop", packets: list, file: snoop(list) })),
);

/** Offsets at which a file of so many octets may be cut into chunks: ascending, empty chunks among them. */
export function cutsOf(length: number): fc.Arbitrary<number[]> {
  return fc.array(fc.nat(length), { maxLength: 20 }).map((cuts) => cuts.sort((a, b) => a - b));
}
