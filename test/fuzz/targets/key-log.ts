/** Key logs: every line counts as a secret or as ignored, and what comes in pieces of whole lines is the same. */
import { KeyLog } from "../../../src/secrets/key-log.ts";
import { keyLogText, VECTORS } from "../../support/vectors.ts";
import { demand, demandSame, type Target } from "../contract.ts";

export const keyLog: Target = {
  name: "key-log",
  longest: 2_048,
  bound: (length) => 50 * length + 5_000,
  seeds: () => [
    ...VECTORS.map((name) => latin1(keyLogText(name))),
    latin1(`RSA Session-ID:0102 Master-Key:${"ab".repeat(48)}\r\nRSA 0102030405060708 ${"00".repeat(48)}\r# no\n\u00ef\u00bb\u00bf\n`),
    latin1(`QUIC_CLIENT_TRAFFIC_SECRET ${"01".repeat(32)} ${"02".repeat(32)}\nECH_CONFIG ${"03".repeat(32)} 00\n`),
  ],
  run(octets) {
    const whole = new KeyLog();
    whole.add(octets);
    const lines = new TextDecoder("latin1").decode(octets).split(/\r\n|\r|\n/);
    const inLines = new KeyLog();
    for (const line of lines) inLines.add(latin1(`${line}\n`));
    demandSame([whole.lines, whole.ignored, whole.isEmpty], [inLines.lines, inLines.ignored, inLines.isEmpty], "line by line");
    demand(whole.lines + whole.ignored <= lines.length, "more lines than there are");
    for (const random of whole.randomsWith("CLIENT_RANDOM")) {
      demand(whole.knows(random) && whole.secret("CLIENT_RANDOM", random) !== undefined, `no secret for ${random}`);
    }
  },
};

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0xff);
}
