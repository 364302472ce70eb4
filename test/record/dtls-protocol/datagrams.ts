/** Datagrams of DTLS as the tests write them, and what is read of them, in words. */
import type { DatagramExchanges } from "../../../src/record/datagram-protocol.ts";
import { dtls } from "../../../src/record/dtls-protocol.ts";
import type { RawMessage } from "../../../src/record/tls-stream.ts";
import { dtlsHello, type DtlsMessageSpec, dtlsRecord, fragment } from "../../support/dtls.ts";
import { join } from "../../support/records.ts";

/** `C` or `S`, and the datagram that it sends. */
export type Sent = readonly [side: "C" | "S", datagram: Uint8Array];

export function send(exchanges: DatagramExchanges, sent: readonly Sent[]): void {
  for (const [index, [side, datagram]] of sent.entries()) {
    // Octets around the payload must not be read.
    const bytes = join(new Uint8Array(9).fill(22), datagram, new Uint8Array(9).fill(22));
    const moment = { number: index + 1, time: index * 1_000, nanos: 0, digits: 6 };
    exchanges.datagram(side === "C" ? 0 : 1, bytes, 9, 9 + datagram.length, moment);
  }
  exchanges.end();
}

function words(message: RawMessage): string {
  const side = message.side === 0 ? "C" : "S";
  const what = message.kind === "handshake" ? `${message.handshakeType} (${message.body.length}/${message.length})` : message.kind;
  return `${side} ${what} in ${message.packets.join("+")}`;
}

/** What each exchange gives, in words. */
export function read(sent: readonly Sent[]): string[][] {
  let ids = 0;
  const exchanges = dtls.create(() => ++ids);
  send(exchanges, sent);
  return exchanges.exchanges.map(({ messages, encrypted, events = [] }) => [
    ...messages.map(words),
    ...encrypted.map(({ side, content, length, epoch }) => `${side === 0 ? "C" : "S"} hidden ${content} (${length}) epoch ${epoch}`),
    ...events.map(({ side, moment }) => `${side === 0 ? "C" : "S"} again in ${moment.number}`),
  ]);
}

export const recognises = (datagram: Uint8Array): boolean => dtls.recognises(datagram, 0, datagram.length);
export const message = (type: number, sequence: number, body: Uint8Array): DtlsMessageSpec => ({ type, sequence, body });
export const filled = (length: number): Uint8Array => new Uint8Array(length).map((_, at) => at * 7);
export const whole = (spec: DtlsMessageSpec): Uint8Array => dtlsRecord(22, fragment(spec));

export const HELLO = message(1, 0, dtlsHello(1));
export const VERIFY = message(3, 0, filled(23));
export const HELLO_AGAIN = message(1, 1, dtlsHello(1, 80));
export const SERVER_HELLO = message(2, 1, dtlsHello(2, 70));
export const CERTIFICATE = message(11, 2, filled(1_200));
export const DONE = message(14, 3, new Uint8Array(0));
export const KEY = message(16, 2, filled(66));
export const CHANGED = dtlsRecord(20, [1]);
export const hidden = (content: number, length = 40, epoch = 1): Uint8Array => dtlsRecord(content, new Uint8Array(length), { epoch });
