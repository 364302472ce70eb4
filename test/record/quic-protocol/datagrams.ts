/** Datagrams of a client and a server, and what is read of them. */
import { expect } from "vitest";
import { quic } from "../../../src/record/quic-protocol.ts";
import type { RawMessage } from "../../../src/record/tls-stream.ts";
import { crypto, initial, type InitialSpec, varint } from "../../support/quic.ts";
import { handshake, helloBody, join } from "../../support/records.ts";

/** `C` or `S`, and the datagram that it sends. */
export type Sent = readonly [side: "C" | "S", datagram: Uint8Array];

export const CLIENT_HELLO = handshake(1, helloBody(90));
export const SERVER_HELLO = handshake(2, helloBody(70));
/** Connection ids: what the client makes up for the server, its own, the server's, and that of a Retry. */
export const MADE_UP = [1, 2, 3, 4, 5, 6, 7, 8];
export const OWN = [0xc1, 0xc2, 0xc3, 0xc4];
export const SERVER = [0x51, 0x52, 0x53];
export const RETRIED = [9, 9, 9, 9, 9];

export const fromClient = (frames: Uint8Array, more: Partial<InitialSpec> = {}): Uint8Array =>
  initial({ role: "client", keysFrom: MADE_UP, target: MADE_UP, source: OWN, frames, ...more });
export const fromServer = (frames: Uint8Array, more: Partial<InitialSpec> = {}): Uint8Array =>
  initial({ role: "server", keysFrom: MADE_UP, target: OWN, source: SERVER, frames, ...more });

export const HELLO: Sent = ["C", fromClient(crypto(CLIENT_HELLO))];
export const ANSWER: Sent = ["S", fromServer(crypto(SERVER_HELLO))];

function words(message: RawMessage): string {
  const side = message.side === 0 ? "C" : "S";
  const what = message.kind === "handshake" ? `${message.handshakeType} (${message.body.length}/${message.length})` : message.kind;
  return `${side} ${what} in ${message.packets.join("+")}`;
}

/** What each connection gives, in words, and how many datagrams belong to none. */
export function read(sent: readonly Sent[]): { connections: string[][]; ignored: number; ids: readonly number[] } {
  let ids = 0;
  const exchanges = quic.create(() => ++ids);
  for (const [index, [side, datagram]] of sent.entries()) {
    // Octets around the payload must not be read.
    const bytes = join(new Uint8Array(9).fill(0xc0), datagram, new Uint8Array(9).fill(0xc0));
    const moment = { number: index + 1, time: index * 1_000, nanos: 0, digits: 6 };
    exchanges.datagram(side === "C" ? 0 : 1, bytes, 9, 9 + datagram.length, moment);
  }
  exchanges.end();
  const connections = exchanges.exchanges.map(({ messages, encrypted, events = [] }) => [
    ...messages.map(words),
    ...encrypted.map(({ side, length, epoch }) => `${side === 0 ? "C" : "S"} hidden (${length}) epoch ${epoch}`),
    ...events.map(
      ({ kind, side, moment, code }) => `${side === 0 ? "C" : "S"} ${kind}${code === undefined ? "" : ` ${code}`} in ${moment.number}`,
    ),
  ]);
  return { connections, ignored: exchanges.ignored ?? 0, ids: exchanges.exchanges.map(({ id }) => id) };
}

export const one = (sent: readonly Sent[]): string[] | undefined => {
  const { connections } = read(sent);
  expect(connections.length).toBeLessThan(2);
  return connections[0];
};

export const recognises = (bytes: Uint8Array): boolean => quic.recognises(bytes, 0, bytes.length);
export const version = (number: number): Uint8Array => fromClient(crypto(CLIENT_HELLO), { version: number, like: 1 });
export const part = (start: number, end: number, packetNumber: number): Sent => [
  "C",
  fromClient(crypto(CLIENT_HELLO, start, end), { packetNumber }),
];
/** Google's CRYPTO frame. */
export const frame = (message: Uint8Array): Uint8Array => join([8], varint(0), varint(message.length), message);
/** A client without a connection id of its own, and what answers it. */
export const nameless = (target: readonly number[]): Partial<InitialSpec> => ({ source: [], keysFrom: target, target });
export const answerTo = (target: readonly number[]): Partial<InitialSpec> => ({ target: [], keysFrom: target });

export const hello = "C 1 (90/90) in 1";
