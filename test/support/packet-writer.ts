/**
 * Builds packets from the inside out, with closed forms for what a test wants wrong:
 *
 *     ethernet(ipv4(tcp("hello", { sourcePort: 40000, targetPort: 443, sequence: 1 })))
 *     vlan([10, 20], ipv6(udp(octets)))                   // what an Ethernet type can carry
 *     fragmentsOfIpv4(ipv4(tcp(big)), 512)                 // one datagram in several
 *
 * Payloads are octets, or text as Latin-1. A builder gives a `Layer`: octets that know the Ethernet type and the IP
 * protocol by which the layer below announces them. Checksums are left zero: nobody reads them.
 */

/** Octets with the numbers by which a lower layer announces them. */
export interface Layer {
  readonly octets: Uint8Array;
  readonly etherType?: number;
  readonly protocol?: number;
}

type Payload = Uint8Array | string | Layer;

const CLIENT_4 = [10, 0, 0, 5];
const SERVER_4 = [10, 0, 0, 9];
const CLIENT_6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5];
const SERVER_6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];

export function u16(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value)];
}

/** The octets of anything that can be a payload. */
export function octetsOf(payload: Payload): Uint8Array {
  if (typeof payload === "string") return Uint8Array.from(payload, (sign) => sign.charCodeAt(0));
  return payload instanceof Uint8Array ? payload : payload.octets;
}

export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export interface TcpFields {
  readonly sourcePort?: number;
  readonly targetPort?: number;
  readonly sequence?: number;
  readonly acknowledgment?: number;
  /** PSH and ACK by default. */
  readonly flags?: number;
  /** Octets of options, a multiple of four. */
  readonly options?: readonly number[];
  /** 32-bit words that the header says it has, if not the true ones. */
  readonly dataOffset?: number;
}

export function tcp(payload: Payload = "", fields: TcpFields = {}): Layer {
  const options = fields.options ?? [];
  const words = fields.dataOffset ?? 5 + options.length / 4;
  const octets = join(
    [...u16(fields.sourcePort ?? 40_000), ...u16(fields.targetPort ?? 443)],
    [...u32(fields.sequence ?? 0), ...u32(fields.acknowledgment ?? 0)],
    [words << 4, fields.flags ?? 0x18, 0xff, 0xff, 0, 0, 0, 0],
    options,
    octetsOf(payload),
  );
  return { octets, protocol: 6 };
}

export interface UdpFields {
  readonly sourcePort?: number;
  readonly targetPort?: number;
  /** What the length field says, if not the truth. */
  readonly length?: number;
}

export function udp(payload: Payload = "", fields: UdpFields = {}): Layer {
  const body = octetsOf(payload);
  const length = u16(fields.length ?? 8 + body.length);
  const octets = join([...u16(fields.sourcePort ?? 40_000), ...u16(fields.targetPort ?? 443), ...length, 0, 0], body);
  return { octets, protocol: 17 };
}

export interface IpFields {
  readonly source?: readonly number[];
  readonly target?: readonly number[];
  readonly ttl?: number;
  /** By default what the payload says of itself. */
  readonly protocol?: number;
}

export interface Ipv4Fields extends IpFields {
  /** Octets of options, a multiple of four. */
  readonly options?: readonly number[];
  /** What the total length field says, if not the truth. */
  readonly totalLength?: number;
  readonly id?: number;
  /** In octets, a multiple of eight. */
  readonly fragmentOffset?: number;
  readonly moreFragments?: boolean;
  readonly dontFragment?: boolean;
}

export function ipv4(payload: Payload, fields: Ipv4Fields = {}): Layer {
  const body = octetsOf(payload);
  const options = fields.options ?? [];
  const header = 20 + options.length;
  const flags = (fields.moreFragments === true ? 0x2000 : 0) | (fields.dontFragment === true ? 0x4000 : 0);
  const octets = join(
    [0x40 | (header / 4), 0, ...u16(fields.totalLength ?? header + body.length), ...u16(fields.id ?? 0)],
    [...u16(flags | ((fields.fragmentOffset ?? 0) / 8)), fields.ttl ?? 64, fields.protocol ?? protocolOf(payload), 0, 0],
    fields.source ?? CLIENT_4,
    fields.target ?? SERVER_4,
    options,
    body,
  );
  return { octets, etherType: 0x0800, protocol: 4 };
}

export interface Ipv6Fields extends IpFields {
  /** What the payload length field says, if not the truth. */
  readonly payloadLength?: number;
}

export function ipv6(payload: Payload, fields: Ipv6Fields = {}): Layer {
  const body = octetsOf(payload);
  const octets = join(
    [0x60, 0, 0, 0, ...u16(fields.payloadLength ?? body.length), fields.protocol ?? protocolOf(payload), fields.ttl ?? 64],
    fields.source ?? CLIENT_6,
    fields.target ?? SERVER_6,
    body,
  );
  return { octets, etherType: 0x86dd, protocol: 41 };
}

/** An extension header of IPv6 in the usual form (hop-by-hop 0, routing 43, destination 60, mobility 135), `octets` long in all. */
export function extension(protocol: number, payload: Layer, octets = 8): Layer {
  const header = new Uint8Array(octets);
  header[0] = protocolOf(payload);
  header[1] = octets / 8 - 1;
  return { octets: join(header, payload.octets), protocol };
}

/** An authentication header (RFC 4302) with `octets` in all, a multiple of four. */
export function authentication(payload: Layer, octets = 24): Layer {
  const header = new Uint8Array(octets);
  header[0] = protocolOf(payload);
  header[1] = octets / 4 - 2;
  return { octets: join(header, payload.octets), protocol: 51 };
}

/** An IPv6 fragment header (RFC 8200 §4.5) before a piece of a datagram's payload. */
export function fragmentHeader(piece: Uint8Array, protocol: number, offset: number, more: boolean, id = 1): Layer {
  return { octets: join([protocol, 0, ...u16(offset | (more ? 1 : 0)), ...u32(id)], piece), protocol: 44 };
}

/** The payload of `datagram` in pieces of `size` octets (a multiple of eight), each a datagram of its own. */
export function fragmentsOfIpv4(payload: Layer, size: number, fields: Ipv4Fields = {}): Layer[] {
  return piecesOf(payload.octets, size).map(({ piece, offset, more }) =>
    ipv4(piece, { id: 1, ...fields, protocol: protocolOf(payload), fragmentOffset: offset, moreFragments: more }),
  );
}

/** The same for IPv6. */
export function fragmentsOfIpv6(payload: Layer, size: number, fields: Ipv6Fields = {}, id = 1): Layer[] {
  return piecesOf(payload.octets, size).map(({ piece, offset, more }) =>
    ipv6(fragmentHeader(piece, protocolOf(payload), offset, more, id), fields),
  );
}

/** VLAN tags, the outermost first, before what an Ethernet type can announce. `types` are the tags' own Ethernet types. */
export function vlan(ids: readonly number[], payload: Layer, types: readonly number[] = []): Layer {
  const inner = ids.slice(1);
  const below = inner.length === 0 ? payload : vlan(inner, payload, types.slice(1));
  return { octets: join([...u16(ids[0] ?? 0), ...u16(etherTypeOf(below))], below.octets), etherType: types[0] ?? 0x8100 };
}

/** A frame of Ethernet; `padding` octets follow what the payload announces as its length. */
export function ethernet(payload: Layer, fields: { readonly etherType?: number; readonly padding?: number } = {}): Uint8Array {
  const type = u16(fields.etherType ?? etherTypeOf(payload));
  return join(new Uint8Array([2, 0x42, 10, 0, 0, 9, 2, 0x42, 10, 0, 0, 5, ...type]), payload.octets, new Uint8Array(fields.padding ?? 0));
}

function etherTypeOf(payload: Layer): number {
  return payload.etherType ?? 0x88b5;
}

function protocolOf(payload: Payload): number {
  return typeof payload === "string" || payload instanceof Uint8Array ? 253 : (payload.protocol ?? 253);
}

function piecesOf(octets: Uint8Array, size: number): { piece: Uint8Array; offset: number; more: boolean }[] {
  const count = Math.max(1, Math.ceil(octets.length / size));
  return Array.from({ length: count }, (_, index) => ({
    piece: octets.subarray(index * size, (index + 1) * size),
    offset: index * size,
    more: index < count - 1,
  }));
}
