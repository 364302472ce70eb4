import { describe, expect, it } from "vitest";
import { decodeSslv2Hello } from "../../src/message/decode-message.ts";

/** CLIENT-HELLO: TLS 1.0, three kinds (one of SSL 2.0 itself), no session, a challenge of 16 octets. */
const CLIENT = Uint8Array.from([
  1,
  3,
  1,
  0,
  9,
  0,
  0,
  0,
  16,
  0,
  0,
  0x35,
  7,
  0,
  0xc0,
  0,
  0,
  0xff,
  ...Array.from({ length: 16 }, (_, at) => at),
]);
/** SERVER-HELLO: no session hit, X.509, SSL 2.0, a certificate of 3 octets, one kind, a connection id of 2. */
const SERVER = Uint8Array.from([4, 0, 1, 0, 2, 0, 3, 0, 3, 0, 2, 0x30, 1, 0, 7, 0, 0xc0, 0xab, 0xcd]);

describe("hellos in the form of SSL 2.0", () => {
  it("offer cipher suites, those of SSL 2.0 with six digits", () => {
    expect(decodeSslv2Hello(CLIENT)).toEqual({
      type: "client_hello",
      sslv2: true,
      legacyVersion: { id: "0x0301", name: "TLS 1.0" },
      sessionId: "",
      random: "000102030405060708090a0b0c0d0e0f",
      cipherSuites: [
        { id: "0x0035", name: "TLS_RSA_WITH_AES_256_CBC_SHA", openssl: "AES256-SHA" },
        expect.objectContaining({ id: "0x0700c0" }),
        expect.objectContaining({ id: "0x00ff", name: "TLS_EMPTY_RENEGOTIATION_INFO_SCSV" }),
      ],
      compressionMethods: [],
      extensions: [],
    });
  });

  it("answer with a certificate and kinds", () => {
    expect(decodeSslv2Hello(SERVER)).toMatchObject({
      type: "server_hello",
      sslv2: true,
      resumed: false,
      legacyVersion: { id: "0x0002", name: "SSL 2.0" },
      certificates: [{ length: 3 }],
      cipherSuites: [{ id: "0x0700c0" }],
      sessionId: "abcd",
    });
  });

  it.each([
    ["client", CLIENT],
    ["server", SERVER],
  ])("say where they are cut: %s", (_, whole) => {
    for (let length = 1; length < whole.length; length++) {
      expect(decodeSslv2Hello(whole.subarray(0, length)).malformed).toMatch(/^truncated/);
    }
  });
});
