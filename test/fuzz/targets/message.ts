/** Every handshake message, alert and hello of SSL 2.0: printable fields, and nothing beside the message is read. */
import { decodeAlert, decodeMessage, decodeSslv2Hello } from "../../../src/message/decode-message.ts";
import type { DecodeContext, DecodedBody } from "../../../src/message/message.ts";
import { MESSAGE_VECTORS } from "../../message/message-vectors.ts";
import { demand, type Target } from "../contract.ts";
import { Input } from "../input.ts";
import { captures, isPrintable, messagesIn } from "../material.ts";

const VERSIONS = [0x0304, 0x0303, 0x0301, 0x0300, 0x7f1c, 0x7f12, 0xfefd, 0xfefc, 0];
/** Suites of every kind of key exchange. */
const SUITES = [-1, 0xc02f, 0xc02b, 0x009e, 0x002f, 0x00a2, 0x008c, 0x00b2, 0x0096, 0xc01d, 0xccac, 0xc100, 0x1301, 0x0018, 0x001e];
/** After those of handshake messages. */
const ALERT = 0xfe;
const SSLV2 = 0xff;

export const message: Target = {
  name: "message",
  longest: 2_048,
  bound: (length) => 300 * length + 20_000,
  seeds: () => [
    ...messagesIn(captures(30_000, 12)).map(({ protocol, from, octets, type }) =>
      Uint8Array.from([
        type === "alert" ? ALERT : (octets[0] as number),
        (protocol === "dtls" ? 1 : 0) | (from === "server" ? 2 : 0),
        1,
        1,
        ...octets.subarray(type === "alert" ? 0 : protocol === "dtls" ? 12 : 4),
      ]),
    ),
    ...MESSAGE_VECTORS.filter(({ body }) => body.length < 1_500).map(({ handshakeType, body, context }) =>
      Uint8Array.from([
        handshakeType,
        (context?.protocol === "dtls" ? 1 : 0) | (context?.from === "server" ? 2 : 0),
        Math.max(0, VERSIONS.indexOf(context?.version ?? 0)),
        Math.max(0, SUITES.indexOf(context?.cipherSuite ?? -1)),
        ...body,
      ]),
    ),
    Uint8Array.from([SSLV2, 0, 0, 0, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x2f, ...Array.from({ length: 16 }, () => 7)]),
  ],
  run(octets) {
    const input = new Input(octets);
    const kind = input.u8();
    const sides = input.u8();
    const context: DecodeContext = {
      protocol: (["tls", "dtls", "quic"] as const)[(sides & 1) + ((sides & 4) >> 1)] ?? "tls",
      from: (sides & 2) === 0 ? "client" : "server",
      version: input.pick(VERSIONS),
      cipherSuite: input.pick(SUITES),
    };
    const body = input.rest();
    const fields = JSON.stringify(decode(kind, amid(body, 0), context));
    demand(JSON.stringify(decode(kind, amid(body, 0xff), context)) === fields, "what lies beside a message is read");
    demand(isPrintable(fields), "a field is not printable");
    if (!fields.includes(" at offset ")) return;
    for (const [, offset] of fields.matchAll(/ at offset (\d+)/g)) {
      demand(Number(offset) <= body.length, `damage at offset ${offset} of ${body.length}`);
    }
  },
};

function decode(kind: number, body: Uint8Array, context: DecodeContext): DecodedBody {
  if (kind === ALERT) return decodeAlert(body);
  return kind === SSLV2 ? decodeSslv2Hello(body) : decodeMessage(kind, body, context);
}

/** The same octets in the middle of memory that is filled with something. */
export function amid(octets: Uint8Array, filling: number): Uint8Array {
  const around = new Uint8Array(octets.length + 64).fill(filling);
  around.set(octets, 32);
  return around.subarray(32, 32 + octets.length);
}
