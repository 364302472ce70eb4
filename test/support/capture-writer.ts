/**
 * Builds capture files in memory, in every variant that the capture room reads, right or wrong:
 *
 *     pcap([{ octets: ethernet(ipv4(tcp("hello"))), time: 1_700_000_000_000_000 }])
 *     pcap(packets, { order: "big", nanoseconds: true, linkType: 113 })
 *     pcapng([sectionHeader(), interfaceDescription({ linkType: 1 }), ...packets.map((packet) => enhancedPacket(packet))])
 *     snoop(packets)
 *
 * A pcapng file is a list of blocks; a block builder is called with the byte order of the section that it
 * stands in, so one `pcapng` can hold sections of both orders. Packets themselves come from `packet-writer.ts`.
 */
import { join } from "./packet-writer.ts";

/** A packet to be written. */
export interface TestPacket {
  readonly octets: Uint8Array;
  /** Microseconds since 1970; by default 2023-11-14. */
  readonly time?: number;
  /** 0 to 999 nanoseconds more; lost where a file has microseconds. */
  readonly nanos?: number;
  /** Octets on the wire, if more than `octets`. */
  readonly wireLength?: number;
  /** pcapng: the number of its interface. */
  readonly source?: number;
}

export type Order = "little" | "big";

export const TIME = 1_700_000_000_123_456;

export interface PcapOptions {
  readonly order?: Order;
  readonly nanoseconds?: boolean;
  readonly linkType?: number;
  readonly snapshot?: number;
  readonly version?: readonly [major: number, minor: number];
  readonly magic?: number;
  /** The record header: plain, or one of the variants by its octets (20 Nokia, 24 and 28 modified). */
  readonly record?: 16 | 20 | 24 | 28;
  /** Swap the two lengths, as before version 2.3. */
  readonly swapLengths?: boolean;
}

/** A classic file. */
export function pcap(packets: readonly TestPacket[], options: PcapOptions = {}): Uint8Array {
  return join(pcapHeader(options), ...packets.map((packet) => pcapRecord(packet, options)));
}

export function pcapHeader(options: PcapOptions = {}): Uint8Array {
  const order = options.order ?? "little";
  const [major, minor] = options.version ?? [2, 4];
  const magic = options.magic ?? (options.nanoseconds === true ? 0xa1b23c4d : options.record === 28 ? 0xa1b2cd34 : 0xa1b2c3d4);
  const snapshot = options.snapshot ?? 262_144;
  return fields(order, [4, magic], [2, major], [2, minor], [4, 0], [4, 0], [4, snapshot], [4, options.linkType ?? 1]);
}

export function pcapRecord(packet: TestPacket, options: PcapOptions = {}): Uint8Array {
  const order = options.order ?? "little";
  const time = packet.time ?? TIME;
  const microseconds = time % 1_000_000;
  const fraction = options.nanoseconds === true ? microseconds * 1000 + (packet.nanos ?? 0) : microseconds;
  const captured = packet.octets.length;
  const lengths = [captured, Math.max(packet.wireLength ?? 0, captured)];
  if (options.swapLengths === true) lengths.reverse();
  const [first = 0, second = 0] = lengths;
  const header = fields(order, [4, Math.floor(time / 1_000_000)], [4, fraction], [4, first], [4, second]);
  const extra = {
    16: new Uint8Array(0),
    20: fields(order, [4, 0x9fbfb601]),
    24: fields(order, [4, 2], [2, 0x800], [1, 0], [1, 0xa5]),
    28: fields(order, [4, 2], [2, 0x800], [1, 0], [1, 0xa5], [4, 0xa5a5a5a5]),
  }[options.record ?? 16];
  return join(header, extra, packet.octets);
}

/** A block of a pcapng file, in the byte order of its section. */
export type Block = ((order: Order) => Uint8Array) & { readonly order?: Order };

/** A pcapng file of blocks; it begins in little-endian order, and a section header in another one changes it. */
export function pcapng(blocks: readonly Block[]): Uint8Array {
  let order: Order = "little";
  return join(
    ...blocks.map((write) => {
      order = write.order ?? order;
      return write(order);
    }),
  );
}

/** The usual file: one section, one interface, enhanced packets. */
export function simplePcapng(packets: readonly TestPacket[], options: InterfaceOptions & { readonly order?: Order } = {}): Uint8Array {
  const start = [sectionHeader(options.order ?? "little"), interfaceDescription(options)];
  return pcapng([...start, ...packets.map((packet) => enhancedPacket(packet, options))]);
}

/** A block of any type; `length` and `trailer` lie about its octets. */
export function block(type: number, body: Uint8Array, lies: { readonly length?: number; readonly trailer?: number } = {}): Block {
  return (order) => {
    const padded = padTo4(body);
    const length = 12 + padded.length;
    return join(fields(order, [4, type], [4, lies.length ?? length]), padded, fields(order, [4, lies.trailer ?? length]));
  };
}

export function sectionHeader(order: Order = "little", version: readonly [number, number] = [1, 0]): Block {
  const body = fields(order, [4, 0x1a2b3c4d], [2, version[0]], [2, version[1]], [4, 0xffffffff], [4, 0xffffffff]);
  return Object.assign((given: Order) => block(0x0a0d0d0a, body)(given), { order });
}

export interface InterfaceOptions {
  readonly linkType?: number;
  readonly snapshot?: number;
  /** if_tsresol: `6` is 10⁻⁶, `0x80 | 20` is 2⁻²⁰. */
  readonly resolution?: number;
  /** if_tsoffset, seconds. */
  readonly offset?: number;
}

export function interfaceDescription(options: InterfaceOptions = {}): Block {
  return (order) => {
    const body = [fields(order, [2, options.linkType ?? 1], [2, 0], [4, options.snapshot ?? 0])];
    if (options.resolution !== undefined) body.push(option(order, 9, Uint8Array.of(options.resolution)));
    if (options.offset !== undefined) {
      const ticks = BigInt.asUintN(64, BigInt(options.offset));
      body.push(option(order, 14, quad(order, ticks)));
    }
    if (body.length > 1) body.push(option(order, 0, new Uint8Array(0)));
    return block(1, join(...body))(order);
  };
}

/** An option of a block, padded. */
export function option(order: Order, code: number, value: Uint8Array): Uint8Array {
  return join(fields(order, [2, code], [2, value.length]), padTo4(value));
}

/** Ticks of an interface's clock at the time of a packet. */
function ticksOf(packet: TestPacket, options: InterfaceOptions = {}): bigint {
  const resolution = options.resolution ?? 6;
  const nanoseconds = BigInt(packet.time ?? TIME) * 1000n + BigInt(packet.nanos ?? 0) - BigInt(options.offset ?? 0) * 1_000_000_000n;
  const inSecond = (resolution & 0x80) === 0 ? 10n ** BigInt(resolution) : 2n ** BigInt(resolution & 0x7f);
  // Ticks finer than a nanosecond are rounded up, so that a reader that rounds down comes back to the same one.
  return (nanoseconds * inSecond + (inSecond > 1_000_000_000n ? 999_999_999n : 0n)) / 1_000_000_000n;
}

export function enhancedPacket(packet: TestPacket, clock: InterfaceOptions = {}): Block {
  return packetBlock(6, packet, clock, (order) => fields(order, [4, packet.source ?? 0]));
}

export function obsoletePacket(packet: TestPacket, clock: InterfaceOptions = {}): Block {
  return packetBlock(2, packet, clock, (order) => fields(order, [2, packet.source ?? 0], [2, 0xffff]));
}

export function simplePacket(packet: TestPacket): Block {
  return (order) => block(3, join(fields(order, [4, Math.max(packet.wireLength ?? 0, packet.octets.length)]), packet.octets))(order);
}

/** A Decryption Secrets Block; the default type is a TLS key log. */
export function secretsBlock(octets: Uint8Array, type = 0x544c534b): Block {
  return (order) => block(10, join(fields(order, [4, type], [4, octets.length]), octets))(order);
}

function packetBlock(type: number, packet: TestPacket, clock: InterfaceOptions, source: (order: Order) => Uint8Array): Block {
  return (order) => {
    const ticks = BigInt.asUintN(64, ticksOf(packet, clock));
    const lengths: [number, number][] = [
      [4, packet.octets.length],
      [4, Math.max(packet.wireLength ?? 0, packet.octets.length)],
    ];
    const high = fields(order, [4, Number(ticks >> 32n)], [4, Number(ticks & 0xffffffffn)]);
    return block(type, join(source(order), high, fields(order, ...lengths), packet.octets))(order);
  };
}

/** A snoop file of version 2; `link` is RFC 1761's number (4 is Ethernet). */
export function snoop(packets: readonly TestPacket[], options: { readonly link?: number; readonly version?: number } = {}): Uint8Array {
  const header = join([0x73, 0x6e, 0x6f, 0x6f, 0x70, 0, 0, 0], fields("big", [4, options.version ?? 2], [4, options.link ?? 4]));
  return join(header, ...packets.map(snoopRecord));
}

export function snoopRecord(packet: TestPacket): Uint8Array {
  const { octets } = packet;
  const time = packet.time ?? TIME;
  const padded = padTo4(octets);
  const wire = Math.max(packet.wireLength ?? 0, octets.length);
  const lengths = fields("big", [4, wire], [4, octets.length], [4, 24 + padded.length], [4, 0]);
  return join(lengths, fields("big", [4, Math.floor(time / 1_000_000)], [4, time % 1_000_000]), padded);
}

/** Unsigned numbers of 1, 2 or 4 octets in a byte order. */
export function fields(order: Order, ...list: readonly (readonly [octets: number, value: number])[]): Uint8Array {
  return join(
    ...list.map(([octets, value]) => {
      const big = Array.from({ length: octets }, (_, index) => Math.floor(value / 256 ** (octets - 1 - index)) % 256);
      return order === "big" ? big : big.toReversed();
    }),
  );
}

function quad(order: Order, value: bigint): Uint8Array {
  const halves: [number, number][] = [
    [4, Number(value >> 32n)],
    [4, Number(value & 0xffffffffn)],
  ];
  return fields(order, ...(order === "big" ? halves : halves.toReversed()));
}

function padTo4(octets: Uint8Array): Uint8Array {
  return join(octets, new Uint8Array(-octets.length & 3));
}
