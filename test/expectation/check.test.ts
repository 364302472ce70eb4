import { describe, expect, it } from "vitest";
import type { Difference } from "../../src/diff/difference.ts";
import { checkBaseline, checkHandshake, differenceText } from "../../src/expectation/check.ts";
import type { Expectation } from "../../src/expectation/expectation.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { readFixture } from "../support/fixtures.ts";

const go = (await readFixture("captures/clients/go-1.23.4.pcap")).handshakes[0] as Handshake;
const GROUPS = ["X25519Kyber768Draft00", "x25519", "secp256r1", "secp384r1", "secp521r1"];

const HELD: readonly (readonly [what: string, expected: Expectation])[] = [
  ["a suite by its name", { mustOffer: { cipherSuites: ["TLS_AES_128_GCM_SHA256"] } }],
  ["a suite by its number", { mustOffer: { cipherSuites: ["0x1301"] } }],
  ["a suite by OpenSSL's name", { mustOffer: { cipherSuites: ["ECDHE-RSA-AES128-GCM-SHA256"] } }],
  ["an extension", { mustOffer: { extensions: ["server_name", "key_share"] } }],
  ["a suite that is not there", { mustNotOffer: { cipherSuites: ["TLS_RSA_WITH_AES_256_CBC_SHA"] } }],
  ["groups in order", { exactly: { groups: GROUPS } }],
  ["groups in any order", { anyOrder: { groups: GROUPS.toReversed() } }],
  ["key shares", { mustOffer: { keyShares: ["x25519"] } }],
  ["signature schemes", { mustOffer: { signatureSchemes: ["ed25519"] } }],
  ["the highest version", { highestVersion: "TLS 1.3" }],
  ["the outcome", { outcome: "established" }],
  ["the fingerprint", { fingerprint: { ja4: go.fingerprints.ja4 ?? "" } }],
];

const MISSED: readonly (readonly [what: string, expected: Expectation, message: string])[] = [
  ["a missing suite", { mustOffer: { cipherSuites: ["0x0035", "0x1301"] } }, "cipher suites: does not offer 0x0035"],
  ["an unwanted suite", { mustNotOffer: { cipherSuites: ["0x1301"] } }, "cipher suites: offers 0x1301"],
  ["another order", { exactly: { groups: GROUPS.toReversed() } }, "groups: place 1 is X25519Kyber768Draft00, expected secp521r1"],
  ["one more", { anyOrder: { groups: GROUPS.slice(1) } }, "groups: offers X25519Kyber768Draft00 as well"],
  ["one less", { exactly: { groups: [...GROUPS, "x448"] } }, "groups: does not offer x448"],
  ["another version", { highestVersion: "TLS 1.2" }, "highest version is TLS 1.3, expected TLS 1.2"],
  ["another end", { outcome: "failed" }, "outcome is established, expected failed"],
  ["another fingerprint", { fingerprint: { ja4: "t12" } }, `JA4 is ${go.fingerprints.ja4}, expected t12`],
];

describe("an expectation", () => {
  it.each(HELD)("holds: %s", (_, expected) => {
    expect(checkHandshake(go, expected).map(({ passed }) => passed)).toEqual([true]);
  });

  it.each(MISSED)("does not hold, and tells why: %s", (_, expected, message) => {
    expect(checkHandshake(go, expected).map((item) => [item.passed, item.message])).toEqual([[false, message]]);
  });
});

it("says what ended a handshake that should not have failed", () => {
  const failure = { kind: "alert", by: "server", packet: 6, alert: { id: "0x28", name: "handshake_failure" } } as const;
  const [item] = checkHandshake({ ...go, outcome: "failed", failure }, { outcome: "established" });
  expect(item?.message).toBe("outcome is failed (handshake_failure by server), expected established");
});

describe("a baseline", () => {
  it.each([
    ["", "empty"],
    ["*", "any value"],
    [undefined, "nothing"],
  ])("has words for %j", (right, words) => {
    const difference = { kind: "value", path: "serverHello.sessionId", class: "semantic", left: "0a", right } as unknown as Difference;
    expect(differenceText(difference)).toBe(`serverHello.sessionId: 0a became ${words}`);
  });

  it("holds for another connection of the same client", async () => {
    const [first, second] = [await readFixture("pairs/same-twice/first.pcap"), await readFixture("pairs/same-twice/second.pcap")];
    expect(checkBaseline(second, first)).toEqual([{ expectation: "baseline", passed: true, message: "nothing differs from the baseline" }]);
  });

  it("names what another client does otherwise, of the classes that count", async () => {
    const [left, right] = [await readFixture("pairs/both-work/default.pcap"), await readFixture("pairs/both-work/reordered.pcap")];
    const told = checkBaseline(right, left).map(({ message }) => message);
    expect(told).toContain("clientHello.cipherSuites: without TLS_CHACHA20_POLY1305_SHA256; moved TLS_AES_128_GCM_SHA256");
    expect(checkBaseline(right, left, ["outcome"]).every(({ passed }) => passed)).toBe(true);
  });
});
