/** Both directions of a TCP connection as TLS, SSL 2.0 and what came before: the same messages whatever the segments. */
import { joinOctets } from "../../../src/bytes/join.ts";
import { preludeOf } from "../../../src/record/prelude/prelude.ts";
import type { Said } from "../../../src/record/prelude/talk.ts";
import { SealedStore } from "../../../src/record/sealed.ts";
import { TlsStream } from "../../../src/record/tls-stream.ts";
import type { Utterance } from "../../support/conversation.ts";
import { dialogue, prelogin } from "../../support/dialogue.ts";
import { record } from "../../support/records.ts";
import { demand, demandSame, type Target } from "../contract.ts";
import { inChunks, Input, inPieces } from "../input.ts";
import { captures, conversations, isPrintable } from "../material.ts";

interface Turn {
  readonly side: 0 | 1;
  /** A hole of so many octets instead of octets. */
  readonly hole: number;
  readonly octets: Uint8Array;
  /** Whatever segments it comes in, it must be read as the same: a record with its true length, or plaintext in which none can begin. */
  readonly isSure: boolean;
}

/** Bits of the octet before a piece. */
const CHOICE = { side: 1, record: 2, hole: 0xf0 } as const;

export const tls: Target = {
  name: "tls",
  longest: 3_000,
  bound: (length) => 500 * length + 20_000,
  seeds: () => [
    ...conversations(captures(8_000)).map((said) => fed(said.slice(0, 12).flatMap(recordsOf))),
    ...conversations(captures(4_000, 1)).map((said) =>
      fed(said.slice(0, 6).map(({ from, octets }) => Uint8Array.from([from === "client" ? 0 : 1, ...octets.subarray(0, 900)]))),
    ),
    fed(dialogue(`C: ${prelogin(18, 1)}`, `S: ${prelogin(4, 1)}`).map(({ side, octets }) => Uint8Array.from([side, ...octets]))),
  ],
  run(octets) {
    const input = new Input(octets);
    const sizes = [input.u8() + 1, 4 * input.u8() + 1];
    const turns = input.pieces(40).map(turnOf);
    const whole = read(turns, (given) => [given.slice()]);
    if (turns.every(({ isSure }) => isSure))
      demandSame(
        read(turns, (given) => inChunks(given, sizes)),
        whole,
        "segments make a difference",
      );
  },
};

function turnOf(piece: Uint8Array): Turn {
  const choice = piece[0] ?? 0;
  const side = (choice & CHOICE.side) as 0 | 1;
  if (choice >= CHOICE.hole) return { side, hole: piece.length, octets: new Uint8Array(0), isSure: false };
  if ((choice & CHOICE.record) === 0) {
    const octets = piece.slice(1);
    return { side, hole: 0, octets, isSure: octets.every((octet) => octet < 0x14 || (octet > 0x18 && octet < 0x80)) };
  }
  const body = piece.length < 4 ? new Uint8Array([0]) : piece.slice(3);
  return { side, hole: 0, octets: record(20 + ((piece[1] ?? 0) % 5), body, 0x0300 + ((piece[2] ?? 0) % 5)), isSure: true };
}

/** The records of what was said at once, as pieces; what is no whole record is left out. */
function recordsOf({ from, octets }: Utterance): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at + 5 < octets.length;) {
    const [type = 0, major, minor = 0, high = 0, low = 0] = octets.subarray(at);
    const end = at + 5 + 256 * high + low;
    if (major !== 3 || type < 20 || type > 24 || end > octets.length) break;
    pieces.push(
      Uint8Array.from([CHOICE.record | (from === "client" ? 0 : CHOICE.side), type - 20, minor, ...octets.subarray(at + 5, end)]),
    );
    at = end;
  }
  return pieces;
}

/** The pieces behind two sizes of chunks. */
function fed(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from([2, 30, ...inPieces(pieces)]);
}

function read(turns: readonly Turn[], cut: (octets: Uint8Array) => readonly Uint8Array[]): unknown {
  let ids = 0;
  let sent = 0;
  const store = new SealedStore();
  const stream = new TlsStream(() => ++ids, store);
  let number = 0;
  for (const { side, hole, octets } of turns) {
    if (hole > 0) stream.gap(side, hole);
    else {
      sent += octets.length;
      for (const piece of cut(octets)) {
        number++;
        if (piece.length > 0) stream.octets(side, piece, 0, piece.length, number, { number, time: number, nanos: 0, digits: 6 });
        piece.fill(0xee);
      }
    }
  }
  stream.end();
  stream.release();
  demand(ids <= 1, `${ids} handshakes on one connection`);
  const messages = stream.messages.map(({ moment, packets, ...message }) => {
    demand(moment.number >= 1 && moment.number <= number, `a message in packet ${moment.number} of ${number}`);
    demand(packets.length > 0 && packets.every((packet) => packet >= 1 && packet <= number), `a message in packets ${packets.join()}`);
    if (message.kind !== "handshake") return { ...message, body: [...message.body] };
    const { spans: _, ...rest } = message as typeof message & { spans?: unknown };
    return { ...rest, body: [...message.body] };
  });
  demand(messages.reduce((sum, { body }) => sum + body.length, 0) <= sent + messages.length, "messages are longer than what was sent");
  const encrypted = stream.encrypted.map(({ side, content, length }) => [side, content, length]);
  for (const client of [0, 1] as const) tellPrelude(stream.dialogue, client);
  const said = ([0, 1] as const).map((side) => joinOctets(...stream.dialogue.filter((one) => one.side === side).map((one) => one.octets)));
  const answer = stream.answer === null ? null : [stream.answer.side, ...stream.answer.octets];
  return { messages, encrypted, said: said.map((text) => [...text]), answer };
}

/** What is told of a dialogue is printable and bounded. */
export function tellPrelude(said: readonly Said[], client: 0 | 1): void {
  const { startTls, via, proxyTarget, proxySource, refusal, units } = preludeOf(said, client);
  const facts = { startTls, via, proxyTarget, proxySource, refusal };
  demand(isPrintable(JSON.stringify(facts)), "what came before TLS is not printable");
  const told = units();
  demand(told.length <= 48, `${told.length} units of a dialogue`);
  for (const { text, packet } of told) {
    demand(isPrintable(text) && text.length <= 300, `a unit of ${text.length} signs`);
    demand(
      said.some((one) => one.packet === packet),
      `a unit in packet ${packet}`,
    );
  }
}
