import { describe, expect, it } from "vitest";
import { registered } from "../../src/registry/codepoint.ts";
import { suiteParts } from "../../src/registry/suite.ts";

describe("suiteParts", () => {
  it.each([
    [0x0035, { keyExchange: "RSA", authentication: "RSA", cipher: "AES256", mode: "cbc", keyLength: 32, macLength: 20, mac: "SHA" }],
    [0xc02f, { keyExchange: "ECDHE", authentication: "RSA", cipher: "AES128", mode: "gcm", tagLength: 16, hash: "SHA256" }],
    [0xc030, { keyExchange: "ECDHE", authentication: "RSA", hash: "SHA384" }],
    [0xcca9, { keyExchange: "ECDHE", authentication: "ECDSA", cipher: "CHACHA20", mode: "poly1305" }],
    [0x0033, { keyExchange: "DHE", authentication: "RSA" }],
    [0x0018, { keyExchange: "DH_anon", authentication: "anon", cipher: "RC4", mode: "stream", blockLength: 0 }],
    [0xc018, { keyExchange: "ECDH_anon", authentication: "anon" }],
    [0xc004, { keyExchange: "ECDH", authentication: "ECDSA" }],
    [0x0090, { keyExchange: "DHE_PSK", authentication: "PSK" }],
    [0x00a8, { keyExchange: "PSK", authentication: "PSK" }],
    [0x00ac, { keyExchange: "RSA_PSK", authentication: "RSA+PSK" }],
    [0xccac, { keyExchange: "ECDHE_PSK", authentication: "PSK" }],
    [0xc01d, { keyExchange: "SRP", authentication: "SRP" }],
    [0x001e, { keyExchange: "KRB5", authentication: "KRB5" }],
    [0xc102, { keyExchange: "GOST", authentication: "GOST" }],
    [0x1301, { keyExchange: "TLS13", authentication: "any", cipher: "AES128", mode: "gcm", tagLength: 16 }],
    [0x1305, { keyExchange: "TLS13", mode: "ccm8", tagLength: 8 }],
    [0x0003, { keyExchange: "RSA", export: true, keyLength: 5 }],
    [0xcc13, { keyExchange: "ECDHE", authentication: "RSA", cipher: null, export: false }],
    [0xfeff, { keyExchange: "RSA", cipher: null }],
    [0x0062, { keyExchange: "RSA", cipher: null, export: true }],
    [0xff85, { keyExchange: "GOST", cipher: null }],
    [0xc0ff, { keyExchange: "ECJPAKE", authentication: "PAKE", cipher: null }],
  ])("describes 0x%s", (suite, parts) => {
    expect(suiteParts(suite)).toMatchObject(parts);
  });

  it.each([0x00ff, 0x5600, 0x2a2a, 0x9a9b, 0xe011])("does not describe %i", (suite) => {
    expect(suiteParts(suite)).toBeUndefined();
  });

  it("has no MAC length for AEAD", () => {
    expect(suiteParts(0xc02f)).not.toHaveProperty("macLength");
  });

  it("describes every registered suite but the two signalling values", () => {
    expect(registered("cipher_suites").filter((suite) => suiteParts(suite)?.cipher == null)).toEqual([0x00ff, 0x5600]);
  });
});
