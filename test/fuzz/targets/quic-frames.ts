/** QUIC frames and the CRYPTO stream in them, against a stream that is put together octet by octet: what came first wins. */
import { type FrameSet, walkFrames } from "../../../src/record/quic-frames.ts";
import { QuicCryptoStream } from "../../../src/record/quic-crypto-stream.ts";
import { close, crypto } from "../../support/quic.ts";
import { handshake, helloBody, join } from "../../support/records.ts";
import { demand, demandSame, type Target } from "../contract.ts";
import { Input, inPieces } from "../input.ts";
import { amid } from "./message.ts";

const SETS: readonly FrameSet[] = ["initial", "google", "all"];
const HELLO = handshake(1, helloBody(90));

export const quicFrames: Target = {
  name: "quic-frames",
  longest: 1_024,
  bound: (length) => 500 * length + 20_000,
  seeds: () => [
    inPieces([
      Uint8Array.from([0, ...crypto(HELLO, 50), ...crypto(HELLO, 0, 60)]),
      Uint8Array.from([0, 1, 2, 1, 1, 0, 0, ...close(3, "why")]),
    ]),
    inPieces([Uint8Array.from([2, ...join([0x10, 4], [0x18, 1, 1, 1, 9], new Uint8Array(16), [0x0f, 1, 0, 1, 7], crypto(HELLO))])]),
    inPieces([Uint8Array.from([1, 0x60, 1, 0, 0, 1, 1, 1, 1, 2, 0, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0x40, 4, 1, 0, 0, 0])]),
  ],
  run(octets) {
    const given: unknown[] = [];
    const model = new Map<number, number>();
    const stream = new QuicCryptoStream(({ handshakeType, body, length }) => given.push([handshakeType, length, ...body]), 4_096);
    for (const [index, piece] of new Input(octets).pieces(32).entries()) {
      const payload = amid(piece.slice(1), 0xff);
      const set = SETS[(piece[0] ?? 0) % SETS.length] as FrameSet;
      walkFrames(payload, set, {
        crypto(offset, start, end) {
          demand(start >= 0 && start <= end && end <= payload.length && offset >= 0, `a CRYPTO frame at ${start} to ${end}`);
          const moment = { number: index + 1, time: 0, nanos: 0, digits: 6 };
          stream.piece(offset, payload, start, end, moment);
          if (offset + end - start > 4_096) return;
          for (let at = start; at < end; at++) if (!model.has(offset + at - start)) model.set(offset + at - start, payload[at] as number);
        },
        close(code, start, end) {
          demand(start >= 0 && start <= end && end <= payload.length, `a reason at ${start} to ${end}`);
          demand(Number.isSafeInteger(code) && code >= 0, `an error code ${code}`);
        },
      });
    }
    stream.end();
    demandSame(given, messagesOf(model), "the messages of a stream");
  },
};

/** The messages of a stream as far as it has no hole, the last one cut if it is not whole. */
function messagesOf(model: ReadonlyMap<number, number>): unknown[] {
  const octets: number[] = [];
  for (let octet = model.get(0); octet !== undefined; octet = model.get(octets.length)) octets.push(octet);
  const messages: unknown[] = [];
  for (let at = 0; octets.length - at >= 4;) {
    const [type, high, middle, low] = octets.slice(at, at + 4) as [number, number, number, number];
    const length = (high << 16) | (middle << 8) | low;
    const body = octets.slice(at + 4, at + 4 + length);
    messages.push([type, length, ...body]);
    at += 4 + length;
  }
  return messages;
}
