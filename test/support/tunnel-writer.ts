/**
 * Builds tunnels around packets of `packet-writer.ts`, each a `Layer` that announces itself to the one below:
 *
 *     ethernet(ipv4(vxlan(ethernet(ipv4(tcp("hello"))))))
 *     ethernet(ipv6(gre(ipv4(tcp("hello")), { key: 7, sequence: 1 })))
 *
 * Fields are the true ones unless a test says otherwise.
 */
import { join, type Layer, octetsOf, u16, u32, udp } from "./packet-writer.ts";

type Octets = Uint8Array | readonly number[];

export interface GreFields {
  readonly checksum?: boolean;
  readonly key?: number;
  readonly sequence?: number;
  /** Source routes of RFC 1701, each of so many octets. */
  readonly routes?: readonly number[];
  readonly protocol?: number;
  readonly version?: number;
}

/** GRE; transparent Ethernet bridging before bare octets, an Ethernet type before a layer. */
export function gre(payload: Layer | Uint8Array, fields: GreFields = {}): Layer {
  const { checksum, key, sequence, routes, version = 0 } = fields;
  const given = [checksum === true, routes !== undefined, key !== undefined, sequence !== undefined];
  const flags = given.reduce((bits, isGiven, index) => bits | (isGiven ? 0x8000 >>> index : 0), version);
  const known = payload instanceof Uint8Array ? 0x6558 : (payload.etherType ?? 0);
  const octets = join(
    [...u16(flags), ...u16(fields.protocol ?? known)],
    checksum === true || routes !== undefined ? [0xab, 0xcd, 0, 0] : [],
    key === undefined ? [] : u32(key),
    sequence === undefined ? [] : u32(sequence),
    routes === undefined ? [] : [...routes.flatMap((size) => [8, 0, 0, size, ...Array.from({ length: size }, () => 1)]), 0, 0, 0, 0],
    octetsOf(payload),
  );
  return { octets, protocol: 47 };
}

/** The GRE of PPTP before PPP. */
export function pptp(inner: Octets, acknowledgment?: number): Layer {
  const flags = acknowledgment === undefined ? 0x3001 : 0x3081;
  const head = [...u16(flags), ...u16(0x880b), ...u16(inner.length), ...u16(7), ...u32(1)];
  return { octets: join(head, acknowledgment === undefined ? [] : u32(acknowledgment), inner), protocol: 47 };
}

/** ERSPAN of a version in its GRE. Version 3 may have a header more. */
export function erspan(
  version: 1 | 2 | 3,
  frame: Uint8Array,
  more: { readonly subheader?: boolean; readonly frameType?: number } = {},
): Layer {
  if (version === 1) return gre(frame, { protocol: 0x88be });
  if (version === 2) return gre(join([0x10, 5, 0, 1, 0, 0, 0, 0], frame), { protocol: 0x88be, sequence: 9 });
  const fields = u16(((more.frameType ?? 0) << 10) | (more.subheader === true ? 1 : 0));
  const subheader = new Uint8Array(more.subheader === true ? 8 : 0);
  return gre(join([0x20, 5, 0, 1, ...u32(0x12345678), 0, 0, ...fields], subheader, frame), { protocol: 0x22eb, sequence: 9 });
}

function tunnel(port: number, ...parts: readonly Octets[]): Layer {
  return udp(join(...parts), { sourcePort: 51_234, targetPort: port });
}

export function vxlan(frame: Octets, flags: readonly number[] = [8, 0, 0, 0], port = 4789): Layer {
  return tunnel(port, flags, [0, 0, 42, 0], frame);
}

export function vxlanGpe(next: number, payload: Octets, port = 4790): Layer {
  return tunnel(port, [0x0c, 0, 0, next, 0, 0, 42, 0], payload);
}

/** `options` are the lengths of the options' bodies, each a multiple of four. */
export function geneve(etherType: number, payload: Octets, options: readonly number[] = []): Layer {
  const written = options.flatMap((size) => [1, 3, 0x80, size / 4, ...Array.from({ length: size }, () => 0xfe)]);
  return tunnel(6081, [written.length / 4, 0, ...u16(etherType), 0, 0, 42, 0], written, payload);
}

/** `extensions` are units of four octets, each an extension header. */
export function gtpU(
  payload: Octets,
  fields: { readonly sequence?: boolean; readonly extensions?: readonly number[]; readonly type?: number } = {},
): Layer {
  const { sequence = false, extensions = [], type = 0xff } = fields;
  const flags = (sequence ? 2 : 0) | (extensions.length > 0 ? 4 : 0);
  const optional = flags === 0 ? [] : [0, 1, 0, extensions.length > 0 ? 0x85 : 0];
  const headers = extensions.flatMap((units, index) => [
    units,
    ...Array.from({ length: units * 4 - 2 }, () => 0xaa),
    index === extensions.length - 1 ? 0 : 0x85,
  ]);
  const length = optional.length + headers.length + payload.length;
  return tunnel(2152, [0x30 | flags, type, ...u16(length), 0, 0, 0, 1], optional, headers, payload);
}

export function teredo(ipv6: Octets, fields: { readonly authentication?: number; readonly origin?: boolean } = {}): Layer {
  const { authentication, origin } = fields;
  return tunnel(
    3544,
    authentication === undefined
      ? []
      : [0, 1, authentication, authentication, ...Array.from({ length: 2 * authentication + 9 }, () => 0x20)],
    origin === true ? [0, 0, 0x12, 0x34, 1, 2, 3, 4] : [],
    ipv6,
  );
}

/** Version 2: `flags` says which of length, sequence numbers and offset are there. */
export function l2tp(inner: Octets, flags = 0x4000): Layer {
  const rest = join([0, 5, 0, 6], (flags & 0x0800) === 0 ? [] : [0, 1, 0, 2], (flags & 0x0200) === 0 ? [] : [0, 3, 0, 0, 0], inner);
  const length = (flags & 0x4000) === 0 ? [] : u16(4 + rest.length);
  return tunnel(1701, u16(flags | 2), length, rest);
}

/** Version 3, over UDP. */
export function l2tp3(frame: Octets, extra: Octets = []): Layer {
  return tunnel(1701, [0, 3, 0, 0], u32(77), extra, frame);
}

/** Version 3, over IP. */
export function l2tp3OverIp(frame: Octets, extra: Octets = [], session = 77): Layer {
  return { octets: join(u32(session), extra, frame), protocol: 115 };
}

export function etherIp(frame: Octets, version = 3): Layer {
  return { octets: join([version << 4, 0], frame), protocol: 97 };
}

/** A stack of labels before anything, as the payload of Ethernet or IP. */
export function mpls(labels: number, payload: Octets, timeToLive = 64): Layer {
  const stack = Array.from({ length: labels }, (_, index) => [0, 1, index === labels - 1 ? 0x01 : 0x00, timeToLive]).flat();
  return { octets: join(stack, payload), etherType: 0x8847, protocol: 137 };
}

export function mplsInUdp(labels: number, payload: Octets, timeToLive = 64): Layer {
  return tunnel(6635, mpls(labels, payload, timeToLive).octets);
}

export interface CapwapFields {
  /** False for an Ethernet frame. */
  readonly native?: boolean;
  /** Octets of wireless information behind the header, a multiple of four. */
  readonly information?: number;
  readonly flags?: number;
  readonly id?: number;
  readonly offset?: number;
}

export function capwap(frame: Octets, fields: CapwapFields = {}): Layer {
  const { native = true, information = 0, flags = 0, id = 0, offset = 0 } = fields;
  const packed = ((2 + information / 4) << 11) | (1 << 1) | (native ? 1 : 0);
  return tunnel(5247, [0, ...u16(packed), flags, ...u16(id), ...u16(offset)], new Uint8Array(information), frame);
}

export function nsh(next: number, payload: Octets, words = 6): Layer {
  return {
    octets: join([0x0f, 0xc0 | words, 1, next, 0, 0, 1, 255], new Uint8Array(Math.max(0, words * 4 - 8)), payload),
    etherType: 0x894f,
  };
}

export function tzsp(frame: Octets, carries = 1): Layer {
  return tunnel(37_008, [1, 0, ...u16(carries)], [0, 10, 1, 0xc4, 1], frame);
}

/** PPP before IP. */
export function ppp(protocol: readonly number[], ip: Layer): Uint8Array {
  return join(protocol, ip.octets);
}

/** A wireless data frame to an access point, with SNAP; `swapped` has its control field in the wrong order. */
export function wireless(ip: Layer, control: readonly [number, number] = [0x08, 0x01], extra = 0): Uint8Array {
  return join(control, new Uint8Array(22 + extra), [0xaa, 0xaa, 3, 0, 0, 0, ...u16(ip.etherType ?? 0)], ip.octets);
}
