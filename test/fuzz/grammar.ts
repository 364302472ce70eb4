/**
 * Captures built from a row of choices, down from the file to the fields of a hello, with lengths that may lie at every level. Any octets
 * are a capture, so that a fuzzer and fast-check make them by the same rules.
 */
import { EXTENSIONS } from "../../src/message/extension/index.ts";
import { MESSAGE_VECTORS } from "../message/message-vectors.ts";
import {
  block,
  type Block,
  enhancedPacket,
  interfaceDescription,
  pcap,
  pcapng,
  sectionHeader,
  type TestPacket,
  TIME,
} from "../support/capture-writer.ts";
import { dtlsRecord } from "../support/dtls.ts";
import { ethernet, ipv4, join, tcp, u16, u32, udp } from "../support/packet-writer.ts";
import { initial } from "../support/quic.ts";
import { inChunks, type Input } from "./input.ts";
import { certificate } from "./material.ts";

const TYPES = [1, 2, 2, 11, 12, 13, 14, 15, 16, 20, 22, 4, 8, 25, 6, 3, 0, 24, 99];
const VERSIONS = [0x0303, 0x0301, 0x0304, 0x0300, 0xfefd, 0x7f1c];
const SUITES = [0x1301, 0xc02f, 0x009e, 0x002f, 0x0a0a, 0x00ff, 0x5600, 0xc0ff];
/** A server's name: nowhere else is it said. */
const PLANTED = new TextEncoder().encode("planted-name.example.test");
const ALERTS = [40, 70, 48, 42, 45, 46, 47, 50, 80, 86, 109, 112, 116, 120, 0, 90, 10, 20, 22, 51, 71, 100, 110, 115, 200];
const CERTIFICATES = ["ed25519", "ec-ca", "rsa-pss-key", "negative-serial", "odd-names", "chain-server"].map(certificate);
const CLIENT = [1, 2, 3, 4, 5, 6, 7, 8];

/** A capture file. */
export function captureFrom(input: Input): Uint8Array {
  const kind = input.u8();
  const packets: TestPacket[] = [];
  const says = [overTcp, overTcp, overDtls, overQuic][kind & 3] as (input: Input) => Uint8Array[];
  for (const octets of says(input)) {
    const cut = input.rarely(40) ? input.u8() % octets.length : octets.length;
    packets.push({ octets: octets.subarray(0, cut), wireLength: octets.length, time: TIME + packets.length * 1_000 });
  }
  if ((kind & 4) === 0) return pcap(packets, { order: (kind & 8) === 0 ? "little" : "big", nanoseconds: (kind & 16) !== 0 });
  return pcapng([
    sectionHeader((kind & 8) === 0 ? "little" : "big"),
    interfaceDescription(),
    ...packets.map((packet) => lying(packet, input)),
  ]);
}

/** A packet's block, seldom with lengths that lie, or another block before it. */
function lying(packet: TestPacket, input: Input): Block {
  if (!input.rarely(20)) return enhancedPacket(packet);
  return (order) => {
    const type = input.pick([6, 2, 3, 1, 10, 0x0a0d0d0a, 5, 4]);
    const body = input.take(input.u8() % 40);
    const other = block(type, body, { length: falsified(12 + body.length, 4, input), trailer: falsified(12 + body.length, 4, input) });
    return join(other(order), enhancedPacket(packet)(order));
  };
}

/** The true length, seldom another one. */
function falsified(length: number, octets: number, input: Input): number {
  const most = 256 ** octets - 1;
  const choice = input.u8();
  if (choice < 244) return Math.min(length, most);
  return [0, length + 1, Math.max(0, length - 1), most, most >> 1, length * 2][choice % 6] as number;
}

/** Octets behind their length, which may lie. */
function vector(octets: 1 | 2 | 3, body: Uint8Array, input: Input): Uint8Array {
  const length = falsified(body.length, octets, input) % 256 ** octets;
  return join(u32(length).slice(4 - octets), body);
}

function several(most: number, input: Input, make: () => Uint8Array): Uint8Array {
  return join(...Array.from({ length: input.u8() % (most + 1) }, make));
}

function hello(type: number, input: Input, isDtls: boolean): Uint8Array {
  const head = join(u16(input.pick(VERSIONS)), new Uint8Array(32).fill(input.u8()), vector(1, input.take(input.u8() % 33), input));
  const extensions = (): Uint8Array =>
    vector(
      2,
      several(8, input, () => extension(input)),
      input,
    );
  const hasNone = input.rarely(16);
  if (type !== 1) return join(head, u16(input.pick(SUITES)), [input.u8() & 1], hasNone ? [] : extensions());
  const cookie = isDtls ? vector(1, input.take(input.u8() % 33), input) : [];
  const suites = vector(
    2,
    several(12, input, () => Uint8Array.from(u16(input.pick(SUITES)))),
    input,
  );
  return join(head, cookie, suites, vector(1, Uint8Array.of(0), input), hasNone ? [] : extensions());
}

/** Any extension that is known, its body any octets, or lists in lists as most of them are. */
function extension(input: Input): Uint8Array {
  const known = EXTENSIONS[input.u8() % EXTENSIONS.length];
  const type = input.rarely(8) ? input.u16() : (known?.type ?? 0);
  if (type === 0 && !input.rarely(3)) return join(u16(type), vector(2, vector(2, join([0], vector(2, PLANTED, input)), input), input));
  const inner = (): Uint8Array => vector(input.rarely(2) ? 1 : 2, input.take(input.u8() % 24), input);
  const body = input.rarely(2) ? input.take(input.u8() % 40) : vector(input.rarely(3) ? 1 : 2, several(3, input, inner), input);
  return join(u16(type), vector(2, body, input));
}

function messageBody(type: number, input: Input, isDtls: boolean): Uint8Array {
  if (type === 1 || type === 2 || type === 6) return hello(type, input, isDtls);
  if (type === 11) return chain(input);
  const known = MESSAGE_VECTORS.filter(({ handshakeType, body }) => handshakeType === type && body.length < 600);
  if (known.length === 0 || input.rarely(3)) return input.take(input.u8());
  const body = input.pick(known).body.slice();
  if (input.rarely(3)) body[input.u16() % (body.length + 1)] = input.u8();
  return body;
}

/** Real certificates, or any octets in their place; with a context and extensions as in TLS 1.3, or without. */
function chain(input: Input): Uint8Array {
  const isModern = input.rarely(2);
  const entry = (): Uint8Array => {
    const der = input.rarely(4) ? input.take(input.u8()) : input.pick(CERTIFICATES).slice();
    if (input.rarely(3)) der[input.u16() % (der.length + 1)] = input.u8();
    return join(vector(3, der, input), isModern ? vector(2, input.rarely(4) ? extension(input) : new Uint8Array(0), input) : []);
  };
  return join(isModern ? vector(1, new Uint8Array(0), input) : [], vector(3, several(2, input, entry), input));
}

/** What a side says in its turn, as a rule. */
const USUAL = [[1], [2, 11, 12, 13, 14], [11, 16, 15, 20], [20, 4, 2]] as const;

function message(input: Input, turn: number): Uint8Array {
  const type = input.rarely(5) ? input.pick(TYPES) : input.pick<number>(USUAL[turn % USUAL.length] ?? [1]);
  return join([type], vector(3, messageBody(type, input, false), input));
}

/** Records with one or more messages, or pieces of them; seldom something else. */
function records(input: Input, turn: number): Uint8Array {
  if (input.rarely(6)) return join([21, 3, 3, 0, 2, input.rarely(4) ? 1 : 2], [input.pick(ALERTS)]);
  if (input.rarely(10))
    return join([input.pick([20, 21, 23, 24, 22])], u16(input.pick(VERSIONS)), vector(2, input.take(input.u8() % 40), input));
  const said = several(3, input, () => message(input, turn));
  const pieces = inChunks(said, [16 * input.u8() + 1]).slice(0, 20);
  return join(...pieces.map((piece) => join([22], u16(input.pick([0x0303, 0x0301])), vector(2, piece, input))));
}

/** Both sides by turns, in segments that may be lost, doubled or out of order. */
function overTcp(input: Input): Uint8Array[] {
  const next = [1_000, 0xffff_ff00];
  const frames = [segment(0, next, 2, new Uint8Array(0)), segment(1, next, 18, new Uint8Array(0))];
  for (let turn = 0; turn < 6 && input.left > 0; turn++) {
    const side = (turn & 1) as 0 | 1;
    for (const piece of inChunks(input.rarely(12) ? input.take(input.u8()) : records(input, turn), [8 * input.u8() + 40]).slice(0, 30)) {
      const frame = segment(side, next, 16, piece);
      const fate = input.u8();
      if (fate === 1) frames.push(frame, frame);
      else if (fate === 2) frames.unshift(frame);
      else if (fate !== 3) frames.push(frame);
    }
  }
  if (input.rarely(3)) frames.push(segment(0, next, input.pick([4, 17]), new Uint8Array(0)));
  return frames;
}

function segment(side: 0 | 1, next: number[], flags: number, octets: Uint8Array): Uint8Array {
  const sequence = next[side] as number;
  next[side] = (sequence + octets.length + (flags & 3 ? 1 : 0)) % 2 ** 32;
  const fields = { sequence, acknowledgment: flags === 2 ? 0 : (next[1 - side] as number), flags };
  return between(side, (ports) => tcp(octets, { ...fields, ...ports }));
}

function overDtls(input: Input): Uint8Array[] {
  return datagrams(input, () => {
    const type = input.pick([1, 2, 3, 11, 14, 16, 20]);
    const body = messageBody(type, input, true);
    const start = input.rarely(3) ? input.u8() % (body.length + 1) : 0;
    const end = input.rarely(3) ? start + (input.u8() % (body.length - start + 1)) : body.length;
    const lengths = [
      ...u32(falsified(body.length, 3, input)).slice(1),
      ...u16(input.u8() & 3),
      ...u32(falsified(start, 3, input)).slice(1),
    ];
    const fragment = join([type], lengths, vector(3, body.subarray(start, end), input));
    return input.rarely(8)
      ? dtlsRecord(input.pick([20, 21, 23, 25, 26]), input.take(input.u8() % 30), { epoch: input.u8() & 3 })
      : dtlsRecord(22, fragment, { epoch: input.rarely(9) ? 1 : 0 });
  });
}

function overQuic(input: Input): Uint8Array[] {
  return datagrams(input, (side) => {
    const said = input.rarely(6) ? input.take(input.u8()) : message(input, side);
    const pieces = inChunks(said, [4 * input.u8() + 20]).slice(0, 12);
    let at = 0;
    const frames = pieces.map((piece) => {
      const offset = input.rarely(12) ? input.u16() : at;
      at += piece.length;
      return join(
        [6],
        u32(offset | 0x8000_0000),
        vector(2, piece, input).map((octet, index) => (index === 0 ? (octet & 0x3f) | 0x40 : octet)),
      );
    });
    const role = side === 0 ? "client" : "server";
    const ids = side === 0 ? { target: CLIENT, source: [] } : { target: [], source: [9, 9] };
    return initial({
      role,
      keysFrom: CLIENT,
      ...ids,
      frames: join(
        ...frames,
        several(2, input, () => input.take(6)),
      ),
      packetNumber: input.u8(),
    });
  });
}

function datagrams(input: Input, make: (side: 0 | 1) => Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  while (frames.length < 8 && input.left > 0) {
    const side = (input.u8() & 1) as 0 | 1;
    const octets = input.rarely(4) ? join(make(side), make(side)) : make(side);
    frames.push(between(side, (ports) => udp(octets, ports)));
  }
  return frames;
}

function between(side: 0 | 1, layer: (ports: { sourcePort: number; targetPort: number }) => ReturnType<typeof tcp>): Uint8Array {
  const [source, target] =
    side === 0
      ? [
          [192, 0, 2, 1],
          [192, 0, 2, 2],
        ]
      : [
          [192, 0, 2, 2],
          [192, 0, 2, 1],
        ];
  const ports = side === 0 ? { sourcePort: 40_000, targetPort: 443 } : { sourcePort: 443, targetPort: 40_000 };
  return ethernet(ipv4(layer(ports), { source, target }));
}
