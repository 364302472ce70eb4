import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import { LIMITS } from "../../src/fault/limits.ts";
import { KeyLog } from "../../src/secrets/key-log.ts";
import { keyLogOf } from "../support/vectors.ts";

const RANDOM = "ab".repeat(32);
const SECRET = "0123456789abcdef".repeat(6);

function found(text: string, label: string, random = RANDOM): string | undefined {
  const secret = keyLogOf(text).secret(label, random);
  return secret === undefined ? undefined : toHex(secret);
}

function lineFor(number: number): string {
  return `CLIENT_RANDOM ${number.toString(16).padStart(64, "0")} 00\n`;
}

describe("a key log", () => {
  it.each([
    ["a line", `CLIENT_RANDOM ${RANDOM} ${SECRET}\n`],
    ["no line end", `CLIENT_RANDOM ${RANDOM} ${SECRET}`],
    ["the line ends of Windows", `# a comment\r\n\r\nCLIENT_RANDOM ${RANDOM} ${SECRET}\r\n`],
    ["the line ends of old Macs", `# a comment\rCLIENT_RANDOM ${RANDOM} ${SECRET}\r`],
    ["a byte order mark", `\ufeffCLIENT_RANDOM ${RANDOM} ${SECRET}\n`],
    ["capital digits", `CLIENT_RANDOM ${RANDOM.toUpperCase()} ${SECRET.toUpperCase()}\n`],
    ["several blanks", `CLIENT_RANDOM\t${RANDOM}  ${SECRET} \n`],
    ["a line twice", `CLIENT_RANDOM ${RANDOM} ${SECRET}\n`.repeat(2)],
    ["nonsense before it", `hello\nCLIENT_RANDOM 00 11\nCLIENT_RANDOM ${RANDOM}\nCLIENT_RANDOM ${RANDOM} ${SECRET}\n`],
  ])("is read with %s", (_, text) => {
    expect(found(text, "CLIENT_RANDOM")).toBe(SECRET);
  });

  it.each([
    ["QUIC_CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_HANDSHAKE_TRAFFIC_SECRET"],
    ["QUIC_SERVER_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"],
    ["CLIENT_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0"],
  ])("knows %s as %s", (written, label) => {
    expect(found(`${written} ${RANDOM} ${SECRET}`, label)).toBe(SECRET);
  });

  it("finds what NSS names by the premaster secret, and what openssl names by the session", () => {
    expect(found(`RSA 0123456789abcdef ${SECRET}`, "RSA", "0123456789abcdef")).toBe(SECRET);
    expect(found(`RSA Session-ID:${RANDOM} Master-Key:${SECRET}`, "SESSION_ID")).toBe(SECRET);
  });

  it("counts lines that are none", () => {
    const log = keyLogOf(`# comment\n\nCLIENT_RANDOM ${RANDOM} ${SECRET}\nwhat is this\nCLIENT_RANDOM ${RANDOM} 012\n`);
    expect([log.lines, log.ignored]).toEqual([1, 2]);
    expect(log.knows(RANDOM)).toBe(true);
    expect(log.knows("cd".repeat(32))).toBe(false);
  });

  it("takes no more secrets than the limit", () => {
    const log = new KeyLog();
    for (let from = 0; from < LIMITS.keyLogSecrets + 10_000; from += 10_000) {
      log.add(new TextEncoder().encode(Array.from({ length: 10_000 }, (_, index) => lineFor(from + index)).join("")));
    }
    expect(log.lines).toBe(LIMITS.keyLogSecrets);
    expect(log.ignored).toBeGreaterThan(0);
  });

  it("is never an error, whatever it holds", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
        const log = new KeyLog();
        log.add(octets);
        expect(log.lines).toBe(0);
      }),
    );
  });
});
