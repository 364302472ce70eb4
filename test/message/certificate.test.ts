import { describe, expect, it } from "vitest";
import { derOf } from "../../src/message/certificate.ts";
import { decodeMessage } from "../../src/message/decode-message.ts";
import type { CertificateEntry, DecodeContext } from "../../src/message/message.ts";
import { encodeExtensions, wire } from "../support/wire.ts";

const TLS12: DecodeContext = { protocol: "tls", from: "server", version: 0x0303, cipherSuite: -1 };
const TLS13: DecodeContext = { ...TLS12, version: 0x0304 };

function chain(...certificates: Uint8Array[]): Uint8Array {
  return wire((body) => body.vector24((list) => certificates.forEach((der) => list.vector24((octets) => octets.raw(der)))));
}

function entries(body: Uint8Array, context: DecodeContext): readonly CertificateEntry[] {
  return decodeMessage(11, body, context)["certificates"] as CertificateEntry[];
}

/** A certificate of its own for each number, all of one length. */
const certificate = (number: number, length = 50): Uint8Array => new Uint8Array(length).fill(0x30).fill(number, length - 2);

describe("a certificate's entry", () => {
  it("keeps the octets where JSON does not see them", () => {
    const [entry] = entries(chain(certificate(1)), TLS12);
    expect(derOf(entry as CertificateEntry)).toEqual(certificate(1));
    expect(JSON.parse(JSON.stringify(entry))).toEqual({ sha256: entry?.sha256, length: 50 });
    expect(derOf({ sha256: "00", length: 1 })).toBeUndefined();
  });

  it("keeps them when the message's memory is used again, and with extensions, and when it is copied", () => {
    const body = wire((message) =>
      message
        .u8(0)
        .vector24((list) =>
          list
            .vector24((octets) => octets.raw(certificate(2)))
            .raw(encodeExtensions([{ type: 5, body: wire((status) => status.u8(1).u24(0)) }])),
        ),
    );
    const [entry] = entries(body, TLS13);
    body.fill(0);
    expect(entry?.extensions).toHaveLength(1);
    expect(derOf({ ...(entry as CertificateEntry) })).toEqual(certificate(2));
  });

  it("is told apart from others however many there were between", () => {
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    const first = numbers.map((number) => entries(chain(certificate(number)), TLS12)[0]?.sha256);
    const again = numbers.toReversed().map((number) => entries(chain(certificate(number), certificate(number)), TLS12)[1]?.sha256);
    expect(new Set(first).size).toBe(40);
    expect(again.toReversed()).toEqual(first);
  });

  it("shares the octets of a certificate that was seen just before", () => {
    const [one] = entries(chain(certificate(3)), TLS12);
    const [other] = entries(chain(certificate(3)), TLS12);
    expect(derOf(other as CertificateEntry)).toBe(derOf(one as CertificateEntry));
  });
});

describe("a list that is cut", () => {
  it("gives the certificates before the cut", () => {
    const body = chain(certificate(4), certificate(5));
    const decoded = decodeMessage(11, body.subarray(0, body.length - 1), TLS12);
    expect(decoded["certificates"]).toHaveLength(1);
    expect(decoded.malformed).toBe("truncated in certificate at offset 59: 50 octets wanted, 49 left");
  });

  it("is damaged even if it is cut between two certificates", () => {
    const body = chain(certificate(4), certificate(5));
    const decoded = decodeMessage(11, body.subarray(0, 56), TLS12);
    expect(decoded["certificates"]).toHaveLength(1);
    expect(decoded.malformed).toBe("truncated in certificate_list at offset 56: 53 octets wanted, 0 left");
  });
});
