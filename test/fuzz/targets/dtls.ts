/** DTLS datagrams of two endpoints: messages within what was sent, and the same when every datagram comes twice. */
import { SealedStore } from "../../../src/record/sealed.ts";
import { dtls as protocol } from "../../../src/record/dtls-protocol.ts";
import { dtlsHello, dtlsRecord, fragment } from "../../support/dtls.ts";
import { demand, type Target } from "../contract.ts";
import { Input, inPieces } from "../input.ts";
import { captures, packetsIn } from "../material.ts";
import { amid } from "./message.ts";

const HELLO = { type: 1, sequence: 0, body: dtlsHello(7, 300) };

export const dtls: Target = {
  name: "dtls",
  longest: 2_048,
  bound: (length) => 1_000 * length + 20_000,
  seeds: () => [
    inPieces([
      Uint8Array.from([0, ...dtlsRecord(22, fragment(HELLO, 0, 100))]),
      Uint8Array.from([0, ...dtlsRecord(22, fragment(HELLO, 90))]),
    ]),
    inPieces([
      Uint8Array.from([0, ...dtlsRecord(22, fragment(HELLO))]),
      Uint8Array.from([1, ...dtlsRecord(22, fragment({ type: 3, sequence: 0, body: Uint8Array.from([0xfe, 0xfd, 2, 1, 2]) }))]),
      Uint8Array.from([1, ...dtlsRecord(21, [2, 40], { sequence: 1 }), 0x2f, 1, 2, 0, 4, 9, 9, 9, 9]),
    ]),
    ...captures(8_000, 30)
      .map((file) => packetsIn([file]).map(({ octets }) => octets.subarray(42)))
      .filter(([first]) => first !== undefined && protocol.recognises(first, 0, first.length))
      .map((datagrams) => inPieces(datagrams.slice(0, 6).map((octets, index) => Uint8Array.from([index & 1, ...octets.subarray(0, 900)])))),
  ],
  run(octets) {
    const pieces = new Input(octets).pieces(40);
    readDatagrams(protocol, pieces);
    readDatagrams(
      protocol,
      pieces.flatMap((piece) => [piece, piece]),
    );
  },
};

/** Reads datagrams, each behind an octet with its side, and demands what holds of every protocol. */
export function readDatagrams({ recognises, create }: Pick<typeof protocol, "recognises" | "create">, pieces: readonly Uint8Array[]): void {
  let ids = 0;
  const exchanges = create(() => ++ids, Object.assign(new SealedStore(), { isHopeful: true }));
  let sent = 0;
  for (const [index, piece] of pieces.entries()) {
    const [zeros, ones] = [amid(piece.slice(1), 0), amid(piece.slice(1), 0xff)];
    const isKnown = recognises(zeros, 0, zeros.length);
    demand(isKnown === recognises(ones, 0, ones.length), "what lies beside a datagram is read");
    const number = index + 1;
    exchanges.datagram(((piece[0] ?? 0) & 1) as 0 | 1, zeros, 0, zeros.length, { number, time: number, nanos: 0, digits: 6 });
    zeros.fill(0xee);
    sent += zeros.length;
  }
  exchanges.end();
  let said = 0;
  for (const exchange of exchanges.exchanges) {
    demand(exchange.id >= 1 && exchange.id <= ids, `an exchange ${exchange.id} of ${ids}`);
    for (const message of exchange.messages) {
      said += message.body.length;
      demand(message.moment.number >= 1 && message.moment.number <= pieces.length, `a message in packet ${message.moment.number}`);
      demand(
        message.packets.every((packet) => packet >= 1 && packet <= pieces.length),
        `a message in packets ${message.packets.join()}`,
      );
    }
    exchange.release();
  }
  demand(said <= sent, `${said} octets of messages in ${sent} of datagrams`);
}
