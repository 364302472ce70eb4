/** Chains as servers send them, right and wrong. Names are single letters: `leaf(a←b)` is certified by `b`. */
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chainsOf, judgeChain } from "../../src/handshake/certificate-chain.ts";
import type { CertificateEntry } from "../../src/message/message.ts";
import { describeCertificate } from "../../src/x509/certificate.ts";
import { certificate, clientHello } from "../support/handshake-builder.ts";

const TIME = "2026-06-01T12:00:00.123456Z";

/** `a←b`: certified by b; `r←r`: self-signed; `a`: could not be read. */
function entry(words: string, more: Partial<CertificateEntry> = {}): CertificateEntry {
  const [subject, issuer] = words.split("←");
  const known = { sha256: words, length: 500 };
  if (issuer === undefined) return { ...known, malformed: "not a certificate" };
  return { ...known, subject: `CN=${subject}`, issuer: `CN=${issuer}`, ...(subject === issuer ? { selfSigned: true } : {}), ...more };
}

function judge(words: string, isCut = false): ReturnType<typeof judgeChain> {
  return judgeChain(
    words.split(" ").map((each) => entry(each)),
    TIME,
    isCut,
  );
}

function read(name: string): CertificateEntry {
  const pem = readFileSync(join(import.meta.dirname, "../x509/certificates", `${name}.pem`), "latin1");
  const der = new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64"));
  return { sha256: name, length: der.length, ...describeCertificate(der) };
}

describe("judgeChain", () => {
  it.each([
    ["a whole chain", "a←i i←r r←r", { path: [0, 1, 2], order: "right", complete: "root" }],
    ["the root left away", "a←i i←r", { path: [0, 1], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=r" }],
    ["the leaf alone", "a←i", { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=i" }],
    ["a self-signed leaf", "a←a", { path: [0], order: "right", complete: "root" }],
    ["a gap", "a←i r←r", { path: [0], order: "right", complete: "gap", missingIssuer: "CN=i", unused: [1] }],
    ["a gap above", "a←i i←j r←r", { path: [0, 1], order: "right", complete: "gap", missingIssuer: "CN=j", unused: [2] }],
    ["root and issuer swapped", "a←i r←r i←r", { path: [0, 2, 1], order: "wrong", outOfPlace: [1], complete: "root" }],
    ["the leaf at the end", "r←r i←r a←i", { path: [2, 1, 0], order: "wrong", outOfPlace: [1, 0], complete: "root" }],
    ["the leaf second", "i←r a←i", { path: [1, 0], order: "wrong", outOfPlace: [0], complete: "issuer-not-sent", missingIssuer: "CN=r" }],
    [
      "a certificate twice",
      "a←i i←r i←r",
      { path: [0, 1], duplicates: [2], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=r" },
    ],
    [
      "another leaf of the same issuer",
      "a←i i←r b←i",
      { path: [0, 1], unused: [2], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=r" },
    ],
    ["a stranger between", "a←i x←y i←r r←r", { path: [0, 2, 3], unused: [1], order: "right", complete: "root" }],
    [
      "an issuer with two certificates, of which one leads to a root",
      "a←i i←o i←r r←r",
      { path: [0, 2, 3], unused: [1], order: "right", complete: "root" },
    ],
    [
      "two that certify each other",
      "a←b b←a",
      { path: [1, 0], order: "wrong", outOfPlace: [0], complete: "issuer-not-sent", missingIssuer: "CN=b" },
    ],
    ["one that cannot be read", "a←i x", { path: [0], unused: [1], order: "right", complete: "unknown", missingIssuer: "CN=i" }],
  ])("%s", (_, words, judgement) => {
    expect(judge(words)).toEqual(judgement);
  });

  it("says nothing where the peer's own certificate cannot be read, or there is none", () => {
    expect(judge("x i←r")).toBeUndefined();
    expect(judgeChain([], TIME, false)).toBeUndefined();
  });

  it("claims no missing certificate where the message is cut", () => {
    expect(judge("a←i", true)).toMatchObject({ complete: "unknown", missingIssuer: "CN=i" });
    expect(judge("a←i i←i", true)).toMatchObject({ complete: "root" });
  });

  it("tells issuers of one name apart by their keys", () => {
    const leaf = entry("a←i", { authorityKeyIdentifier: "02" });
    const chain = [leaf, entry("i←r", { subjectKeyIdentifier: "01" }), entry("i←s", { subjectKeyIdentifier: "02" })];
    expect(judgeChain(chain, TIME, false)).toMatchObject({ path: [0, 2], missingIssuer: "CN=s", unused: [1] });
    const vague = [{ ...leaf, authorityKeyIdentifier: "" }, ...chain.slice(1)];
    expect(judgeChain(vague, TIME, false)).toMatchObject({ path: [0, 1] });
  });

  it("compares names without regard to case and to the number of spaces", () => {
    expect(judge("a←My_CA my_ca←my_ca")).toMatchObject({ complete: "root" });
    const spaced = [entry("a←I"), entry("b←b", { subject: "CN=i", issuer: "CN=i" })];
    expect(
      judgeChain(
        [
          { ...spaced[0]!, issuer: "CN=The  CA" },
          { ...spaced[1]!, subject: "CN=the ca" },
        ],
        TIME,
        false,
      ),
    ).toMatchObject({
      path: [0, 1],
    });
  });

  it.each([
    ["2026-06-01T12:00:00Z", "2026-12-31T23:59:59Z", undefined],
    ["2026-06-01T12:00:01Z", "2026-12-31T23:59:59Z", [{ certificate: 0, why: "not-yet-valid", limit: "2026-06-01T12:00:01Z" }]],
    ["2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z", undefined],
    ["2026-01-01T00:00:00Z", "2026-06-01T11:59:59Z", [{ certificate: 0, why: "expired", limit: "2026-06-01T11:59:59Z" }]],
  ])("judges validity from %s to %s at the time of the capture, to the second", (notBefore, notAfter, notValid) => {
    const chain = [entry("a←i", { notBefore, notAfter })];
    expect(judgeChain(chain, TIME, false)?.notValid).toEqual(notValid);
    expect(judgeChain(chain, "1970-01-01T00:00:00Z", false)).not.toHaveProperty("notValid");
  });

  it("judges a chain made by OpenSSL", () => {
    const chain = ["chain-server", "chain-issuer", "chain-root"].map(read);
    expect(judgeChain(chain, TIME, false)).toEqual({ path: [0, 1, 2], order: "right", complete: "root" });
    expect(judgeChain(chain.toReversed(), TIME, false)).toMatchObject({ path: [2, 1, 0], order: "wrong" });
    expect(judgeChain([read("chain-server"), read("chain-root")], TIME, false)).toMatchObject({
      complete: "gap",
      missingIssuer: "O=Example, CN=Example Issuer",
    });
    expect(judgeChain(chain, "2027-06-01T00:00:00Z", false)?.notValid).toHaveLength(3);
  });

  it("has every certificate once in path, unused or duplicates, in whatever order they come", () => {
    const letters = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(fc.array(fc.tuple(letters, letters), { minLength: 1, maxLength: 70 }), (pairs) => {
        const chain = pairs.map(([subject, issuer]) => entry(`${subject}←${issuer}`));
        const { path = [], unused = [], duplicates = [], order, outOfPlace } = judgeChain(chain, TIME, false) ?? {};
        expect([...path, ...unused, ...duplicates].sort((a, b) => a - b)).toEqual([...chain.slice(0, 64).keys()]);
        expect(order === "wrong").toBe(outOfPlace !== undefined);
      }),
    );
  });
});

describe("chainsOf", () => {
  it("judges the first chain of each side", () => {
    const messages = [
      clientHello(),
      certificate([{ subject: "CN=a", issuer: "CN=i" }]),
      certificate([{ selfSigned: true }], { from: "client" }),
    ];
    expect(chainsOf(messages)).toMatchObject({ server: { missingIssuer: "CN=i" }, client: { complete: "root" } });
  });

  it("says nothing of what is no X.509, was not described, or is empty", () => {
    expect(chainsOf([clientHello()])).toBeUndefined();
    expect(chainsOf([{ ...certificate(), certificates: [{ sha256: "00", length: 1 }] }])).toBeUndefined();
    expect(chainsOf([certificate([])])).toBeUndefined();
    expect(chainsOf([certificate([{}], { certificateType: { id: "0x02", name: "Raw Public Key" } })])).toBeUndefined();
  });
});
