import { describe, expect, it } from "vitest";
import { compareHandshakes } from "../../src/diff/compare.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { certificate, clientHello, extension, handshake, handshakeOf, helloWith, message, points } from "../support/handshake-builder.ts";

const answered = (...messages: Handshake["messages"]): Handshake => handshake({ messages: [clientHello(), ...messages] });
const paths = (left: Handshake, right: Handshake): string[] => compareHandshakes(left, right).differences.map(({ path }) => path);
const why = "the capture holds 96 of its 512 octets";

/** A hello that ends within its list of suites. */
function cutInSuites(suite: string): Handshake {
  const { compressionMethods: _, extensions: __, ...start } = clientHello({ cipherSuites: points(suite) });
  return handshake({ messages: [message("client_hello", "client", { ...start, malformed: why }), ...handshake().messages.slice(1)] });
}

describe("a hello that was not decoded to its end", () => {
  it("is told to be so", () => {
    const cut = handshakeOf(clientHello({ malformed: why }));
    expect(compareHandshakes(cut, handshake()).differences).toMatchObject([
      { path: "clientHello.malformed", class: "semantic", left: why },
    ]);
  });

  it("is not said to lack the extensions behind the damage, but compared in what it has", () => {
    const cut = handshakeOf({ ...helloWith(extension("server_name", { serverName: "b.test" })), malformed: why });
    expect(paths(cut, handshake())).toEqual(["clientHello.malformed", "clientHello.extensions.server_name.serverName"]);
  });

  it("is compared in the suites where the damage lies behind them", () => {
    const cut = handshakeOf({ ...clientHello({ cipherSuites: points("0x1301"), extensions: [] }), malformed: why });
    expect(paths(cut, handshake())).toEqual(["clientHello.malformed", "clientHello.cipherSuites"]);
  });

  it("is not compared in the suites where the damage lies within them", () => {
    expect(paths(cutInSuites("0x1301"), handshake())).toEqual(["clientHello.malformed"]);
  });

  it("says nothing where both are cut at the same place", () => {
    expect(paths(cutInSuites("0x1301"), cutInSuites("0x1302"))).toEqual([]);
  });

  it("keeps to itself what is wrong with one extension", () => {
    const damaged = handshakeOf(helloWith(extension("supported_groups", { groups: [] }, { malformed: "1 octet is left" })));
    const sound = handshakeOf(helloWith(extension("supported_groups", { groups: points("0x001d") })));
    expect(paths(damaged, sound)).toEqual(["clientHello.extensions.supported_groups.malformed"]);
  });
});

describe("other messages that were not decoded to their end", () => {
  it("are compared in the fields of both, never in lists", () => {
    const cut = answered(message("certificate_request", "server", { certificateTypes: points("0x01"), note: 1, malformed: why }));
    const whole = answered(
      message("certificate_request", "server", { certificateTypes: points("0x01", "0x40"), authorities: ["CN=ca"], note: 2 }),
    );
    const { differences } = compareHandshakes(cut, whole);
    expect(differences.map(({ path }) => path)).toEqual(["certificateRequest.malformed", "certificateRequest.note"]);
  });

  it("do not shorten a chain of certificates", () => {
    const cut = answered(certificate([{ sha256: "aa" }], { malformed: "why" }));
    const whole = answered(certificate([{ sha256: "aa" }, { sha256: "bb" }]));
    expect(compareHandshakes(cut, whole).differences).toMatchObject([{ path: "certificates.malformed", left: "why" }]);
  });
});

describe("what a hello lacks as a whole", () => {
  it("is told by the sequence where the capture shows the end", () => {
    const without = handshake({ messages: handshake().messages.slice(1) });
    expect(compareHandshakes(without, handshake()).differences).toMatchObject([{ path: "messages.client", onlyRight: ["client_hello"] }]);
  });

  it("is not told of an attempt that never came so far", () => {
    const attempt = handshake({ outcome: "failed", failure: { kind: "refused", by: "server", packet: 2 }, negotiated: {}, messages: [] });
    const { differences } = compareHandshakes(attempt, handshake());
    expect(differences.map(({ path }) => path)).toEqual([
      "outcome",
      "failure.kind",
      "failure.by",
      "negotiated.version",
      "negotiated.cipherSuite",
    ]);
  });
});
