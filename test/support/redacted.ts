/** What the tests of redaction share: an analysis of octets, and what must not be found in a redacted capture. */
import { existsSync, readFileSync } from "node:fs";
import { toHex } from "../../src/bytes/hex.ts";
import { Cursor } from "../../src/bytes/cursor.ts";
import type { Capture } from "../../src/handshake/handshake.ts";
import { readCaptures, readOctets, type ReadOptions } from "../../src/node.ts";
import { longHeader, varint, varintOctets } from "../../src/record/quic-packet.ts";
import { readPackets } from "../../src/redaction/packets.ts";
import { redact, type Redaction } from "../../src/redaction/redact.ts";
import { fixturePath, readFixture } from "./fixtures.ts";

/** The capture in these octets, without key logs. */
export async function analyse(octets: Uint8Array, options: ReadOptions = {}): Promise<Capture> {
  const [capture] = await readCaptures("-", { ...options, stdin: once(octets) });
  if (capture === undefined) throw new Error("nothing was read");
  return capture;
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(octets);
}

/** The key under which the tests redact. */
export const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);

export async function redactFixture(name: string, keepNames = false): Promise<Redaction> {
  return redact(await readOctets(fixturePath(name)), { key: KEY, keepNames, read: analyse });
}

/** Has the fixture a certificate, a user, a host or a password of this name, it is in no redacted one. */
export const PLANTED_WORDS = ["example", "alice", "fixtures", "secret", "YWxpY2U6", "wrong", "192.0.2.", "2001:db8"] as const;

/** Octets that a capture must not have any more, in hex, under words that say what they are. */
export type PlantedOctets = ReadonlyMap<string, string>;

/** Fields of messages that belong to one connection, or name somebody. */
const FIELDS = /^(?:random|sessionId|ticket|cookie|identity|identities|binders?|connectionId|verifyData|sha256|serialNumber)$/;

/** What the capture `name`, read as it is, has of that kind. */
export async function plantedIn(name: string): Promise<PlantedOctets> {
  const planted = new Map<string, string>();
  const add = (what: string, hex: string): void => {
    if (hex.length >= 16 && !hex.startsWith("cf21ad74e59a6111") && !/^(..)\1*$/.test(hex)) planted.set(hex, what);
  };
  const visit = (value: unknown, field: string): void => {
    if (typeof value === "string") {
      if (FIELDS.test(field) && /^[0-9a-f]+$/.test(value)) add(field, value.slice(0, 48));
    } else if (typeof value === "object" && value !== null) {
      for (const [member, content] of Object.entries(value)) visit(content, Array.isArray(value) ? field : member);
    }
  };
  const { handshakes } = await readFixture(name, { octets: true });
  for (const { messages, protocol } of handshakes) {
    for (const message of messages) {
      if (message.decrypted === true) continue;
      visit(message, "");
      if ((message.type !== "client_hello" && message.type !== "server_hello") || message.malformed !== undefined) continue;
      if ("sslv2" in message) continue;
      const hello = Buffer.from(message.octets ?? "", "hex");
      for (const value of publicValuesIn(hello, message.type === "client_hello", protocol === "dtls"))
        add("key share or encrypted hello", value);
    }
  }
  for (const { payload, source, target, protocol } of readPackets(await readOctets(fixturePath(name))).packets) {
    for (const address of [source, target])
      if (address[0] !== 127 && address.some((octet) => octet > 1)) planted.set(toHex(address), "address");
    if (protocol === "udp" && name.includes("/quic/")) for (const value of quicValuesIn(payload)) add("connection id or token", value);
  }
  for (const line of keyLogOf(name))
    line
      .split(" ")
      .slice(1)
      .forEach((hex) => add("key log", hex));
  return planted;
}

/** The ends of what looks random in the extensions of a hello: key shares, tickets, encrypted hellos. */
function publicValuesIn(hello: Uint8Array, isClient: boolean, isDtls: boolean): string[] {
  const cursor = new Cursor(hello, 0, hello.length);
  cursor.sub(34);
  cursor.vector8();
  if (isDtls && isClient) cursor.vector8();
  if (isClient) cursor.vector16();
  else cursor.u16();
  if (isClient) cursor.vector8();
  else cursor.u8();
  const values: string[] = [];
  if (cursor.remaining === 0) return values;
  for (const extensions = cursor.vector16(); extensions.remaining > 0;) {
    const type = extensions.u16();
    const { bytes, end, remaining } = extensions.vector16();
    if ([35, 41, 44, 51, 0xfe0d].includes(type) && remaining > 32) values.push(toHex(bytes, end - 24, end));
  }
  return values;
}

function quicValuesIn(datagram: Uint8Array): string[] {
  const values: string[] = [];
  for (let at = 0; at < datagram.length;) {
    const header = longHeader(datagram, at, datagram.length);
    if (header === null) break;
    values.push(toHex(header.target), toHex(header.source));
    const token = at + 7 + header.target.length + header.source.length;
    if (header.type === "initial") {
      const start = token + varintOctets(datagram, token);
      values.push(toHex(datagram, start, start + varint(datagram, token, datagram.length)));
    } else if (header.type === "retry") {
      values.push(toHex(datagram, token, header.end - 16), toHex(datagram, header.end - 16, header.end));
    }
    at = header.end;
  }
  return values;
}

function keyLogOf(name: string): string[] {
  const file = fixturePath(name.replace(/\.[a-z]+$/, ".keylog"));
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split(/\r?\n/)
        .filter((line) => /^[A-Z]/.test(line))
    : [];
}

/** Source and destination of every Ethernet frame in a pcap or pcapng file, in hex. */
export function macsIn(frames: readonly Uint8Array[]): Set<string> {
  return new Set(frames.flatMap((frame) => [toHex(frame, 0, 6), toHex(frame, 6, 12)]));
}
