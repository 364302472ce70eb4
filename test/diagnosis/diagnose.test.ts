import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair, withDiagnosis } from "../../src/diagnosis/diagnose.ts";
import { isAtLeast, stackOf } from "../../src/diagnosis/stack.ts";
import { compare } from "../../src/diff/compare.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { ClientHello } from "../../src/message/message.ts";
import { readCaptures } from "../../src/node.ts";
import { capture } from "../support/handshake-builder.ts";
import { aborts, died, offers, refused, works, works13 } from "../support/failures.ts";

const MISSING = { fail: refused(offers({ suites: [0x1301, 0xc02f] })), ok: works(offers({ suites: [0xc02f, 0x0035] }), { suite: 0x0035 }) };

describe("a diagnosis", () => {
  it("stands in every pair of a comparison", () => {
    const [left, right] = [capture("left", MISSING.fail), capture("right", MISSING.ok)];
    const { pairs } = withDiagnosis(compare(left, right), left, right);
    expect(pairs[0]?.diagnosis).toMatchObject([{ rule: "no-common-cipher-rsa-kex", confidence: "certain", side: "left" }]);
  });

  it("points at the packets of both sides", () => {
    const [finding] = diagnosePair(MISSING.fail, MISSING.ok);
    expect(finding?.evidence.map(({ side, packet }) => `${side} ${packet}`)).toEqual(["left 4", "right 6", "left 6"]);
  });

  it("is no more than likely where the two went to different servers", () => {
    const other = { ...MISSING.ok, transport: { ...MISSING.ok.transport, server: { address: "10.9.9.9", port: 443 } } };
    expect(diagnosePair(MISSING.fail, other)[0]).toMatchObject({ rule: "no-common-cipher-rsa-kex", confidence: "likely" });
  });

  it("tells a cause only once, not what follows from it", () => {
    const rules = diagnosePair(refused(offers({ versions: [0x0303] }), 70), works13()).map(({ rule }) => rule);
    expect(rules).toEqual(["protocol-version-too-low"]);
  });

  it("looks at both sides where both failed", () => {
    const findings = diagnosePair(aborts(48), died(offers(), { kind: "refused", by: "server", packet: 2 }, { messages: [] }));
    expect(findings.map(({ rule, side }) => `${rule} ${side}`)).toEqual(["tcp-refused right", "unknown-ca left"]);
  });

  it("puts the secure fix on the server first", () => {
    const [finding] = diagnosePair(MISSING.fail, MISSING.ok);
    expect(finding?.fixes[0]).toMatchObject({ where: "server" });
  });

  it("names the suite in the words of a fix", () => {
    const [finding] = diagnosePair(MISSING.fail, MISSING.ok, { all: true });
    const go = finding?.fixes.filter(({ where }) => where === "go").map(({ text }) => text);
    expect(go?.[0]).toContain("tls.TLS_RSA_WITH_AES_256_CBC_SHA");
    expect(JSON.stringify(finding)).not.toMatch(/\{suite\}|\{openssl\}/);
  });

  it("tells every stack's fixes only when asked for", () => {
    expect(places(true)).toEqual(expect.arrayContaining(["go", "java", "rustls", "nginx", "postfix"]));
    expect(places(false)).not.toContain("java");
  });

  it("survives handshakes that lack everything", () => {
    const empty = { id: 1, outcome: "failed", transport: works().transport } as unknown as Handshake;
    expect(() => diagnosePair(empty, works())).not.toThrow();
    expect(() => diagnoseHandshake(empty)).not.toThrow();
  });
});

describe("fixes that are bound to versions", () => {
  it("are told for a hello of such a version", async () => {
    const fixes = await fixesOf("fixtures/pairs/go-rsa-kex/go.pcap");
    expect(fixes.filter((text) => text.includes("tlsrsakex=1"))).toHaveLength(1);
    expect(fixes.filter((text) => text.includes("CipherSuites"))).toHaveLength(1);
  });

  it("are never told for a hello of Go 1.27 or later, where the program would die of them", async () => {
    const [go] = await readCaptures("fixtures/pairs/go-rsa-kex/go.pcap");
    const hello = go?.handshakes[0]?.messages.find((message): message is ClientHello => message.type === "client_hello") as ClientHello;
    const extensions = hello.extensions?.map((extension) =>
      extension.name === "signature_algorithms"
        ? { ...extension, data: { schemes: [{ id: "0x0905", name: "mldsa65" }, ...((extension.data?.["schemes"] ?? []) as object[])] } }
        : extension,
    );
    const newer: ClientHello = { ...hello, ...(extensions === undefined ? {} : { extensions }) };
    expect(stackOf(works(), newer)).toMatchObject({ name: "Go", oldest: "1.27" });
    const [finding] = diagnosePair(refused(newer), MISSING.ok);
    expect(finding?.fixes.map(({ text }) => text).join()).toContain("CipherSuites");
    expect(finding?.fixes.map(({ text }) => text).join()).not.toContain("GODEBUG");
  });
});

describe("the stack behind a hello", () => {
  it.each([
    ["go-1.21.13", "Go"],
    ["go-1.23.4", "Go"],
    ["go-1.26.8", "Go"],
    ["java-openjdk-17.0.15", "Java"],
    ["java-temurin-25.0.3", "Java"],
    ["openssl-3.0.19", "OpenSSL"],
    ["curl-7.88.1", "OpenSSL"],
    ["python-3.13.0", "Python"],
    ["node-20.20.2", "Node.js"],
    ["node-24.21.0", "Node.js"],
    ["gnutls-3.7.9", "GnuTLS"],
    ["nss-3.87.1", "NSS"],
    ["chromium-156.0.8078.79", "BoringSSL"],
    ["rustls-0.23.31", "rustls"],
    ["botan-2.19.3", ""],
    ["erlang-25.2.3", ""],
    ["mbedtls-2.28.3", ""],
    ["wolfssl-5.5.4", ""],
  ])("of %s is %s", async (file, name) => {
    const [read] = await readCaptures(`fixtures/captures/clients/${file}.pcap`);
    const handshake = read?.handshakes[0] as Handshake;
    const hello = handshake.messages.find((message): message is ClientHello => message.type === "client_hello");
    expect(stackOf(handshake, hello).name).toBe(name);
  });

  it("compares versions by their numbers", () => {
    expect(isAtLeast("1.27", "1.9")).toBe(true);
    expect(isAtLeast("1.9", "1.27")).toBe(false);
    expect(isAtLeast("1.26.8", "1.26")).toBe(true);
  });
});

function places(all: boolean): string[] {
  return [...new Set(diagnosePair(MISSING.fail, MISSING.ok, { all })[0]?.fixes.map(({ where }) => where))];
}

/** The fixes for the client of this capture, where the server has only RSA key exchange. */
async function fixesOf(file: string): Promise<string[]> {
  const [[left], [right]] = [await readCaptures(file), await readCaptures("fixtures/pairs/go-rsa-kex/openssl.pcap")];
  const hello = left?.handshakes[0]?.messages.find((message): message is ClientHello => message.type === "client_hello");
  const working = right?.handshakes[0] as Handshake;
  return diagnosePair(refused(hello as ClientHello), working)[0]?.fixes.map(({ text }) => text) ?? [];
}
