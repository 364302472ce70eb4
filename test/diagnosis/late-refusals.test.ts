import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import {
  aborts,
  acceptsCertificate,
  agreed,
  answers,
  died,
  failed,
  offers,
  refused,
  refusesCertificate,
  works,
  works13,
} from "../support/failures.ts";
import { told } from "../support/told.ts";
import { alert, point } from "../support/handshake-builder.ts";

const ALICE = { subject: "CN=alice", issuer: "CN=Client Root" };
const EVE = { subject: "CN=eve", issuer: "CN=Private" };

describe("access_denied", () => {
  it("after a client certificate is about that certificate where another issuer is let in", () => {
    const causes = told(refusesCertificate(49, [EVE], { authorities: ["CN=Client Root"] }), acceptsCertificate([ALICE]));
    expect(causes[0]).toBe("client-cert-unknown-ca likely");
    expect(causes).not.toContain("access-denied certain");
  });

  it("may be about who is let in where the issuer is the same, or nothing tells", () => {
    expect(told(refusesCertificate(49, [ALICE]), acceptsCertificate([{ ...ALICE, subject: "CN=bob" }]))[0]).toBe("access-denied likely");
    expect(told(refusesCertificate(49, [EVE]))[0]).toBe("access-denied likely");
  });

  it("after no certificate is about that one, and before any of them certain", () => {
    expect(told(refusesCertificate(49, []))[0]).toMatch(/^client-cert-missing-tls12/);
    expect(told(refused(offers(), 49))).toEqual(["access-denied certain"]);
  });

  it("may mean a certificate that is over", () => {
    expect(told(refusesCertificate(49, [{ ...ALICE, notAfter: "2026-05-01T00:00:00Z" }]))[0]).toMatch(/^client-cert-expired/);
  });
});

describe("a protocol of the application that nobody asked for", () => {
  it("is what the client refuses with unsupported_extension", () => {
    expect(told(aborts(110, offers(), { alpn: "h2" }))[0]).toBe("server-unsolicited-alpn certain");
  });

  it("is no reason for another alert", () => {
    expect(told(aborts(42, offers(), { alpn: "h2" })).join()).not.toContain("server-unsolicited-alpn");
    expect(told(works(offers(), { alpn: "h2" }))).toEqual([]);
  });
});

describe("a group that the failing hello lacks", () => {
  const narrow = offers({ groups: [0x0017] });
  const wide = works13(offers({ groups: [0x001d, 0x0017] }), { group: 0x001d });

  it("is no reason for silence, but for an end", () => {
    expect(told(died(narrow, { kind: "timeout", by: "server", packet: 9, after: "client_hello" }), wide).join()).not.toContain("group");
    expect(told(died(narrow, { kind: "close", by: "server", packet: 9, after: "client_hello" }), wide).join()).toContain("no-common-group");
  });
});

/** The server ends with this message, and then refuses. */
const stops = (after: string, schemes?: null): Handshake => {
  const flight = answers({});
  const end = flight.findIndex(({ type }) => type === after) + 1;
  return failed(
    [offers({ versions: null, ...(schemes === undefined ? {} : { schemes }) }), ...flight.slice(0, end), alert("server", "0x28")],
    { kind: "alert", by: "server", packet: 8, alert: point("0x28", "handshake_failure"), after: "client_hello" },
    { negotiated: agreed() },
  );
};

describe("a server that cannot sign for a hello without signature_algorithms", () => {
  const working = works(offers({ versions: null }));

  it("may go after its certificate", () => {
    expect(told(stops("certificate", null), working)).toEqual(["missing-signature-algorithms certain"]);
  });

  it("has another reason where the hello has them, or it has signed", () => {
    expect(told(stops("certificate"), working).join()).not.toContain("missing-signature-algorithms");
    expect(told(stops("server_key_exchange", null), working).join()).not.toContain("missing-signature-algorithms");
  });
});

describe("two addresses of one name", () => {
  const server = { address: "2001:db8::2", port: 443 };
  const at = (handshake: Handshake): Handshake => ({ ...handshake, transport: { ...handshake.transport, server } });
  const wide = offers({ groups: [0x001d, 0x0017, 0x0019] });

  it("are two servers where the one refuses the hello that the other answers", () => {
    expect(told(at(refused(offers(), 40)), works13())[0]).toBe("different-server likely");
  });

  it("are not told apart by other hellos, other versions, or an end without an alert", () => {
    expect(told(at(refused(offers(), 40)), works13(wide)).join()).not.toContain("different-server");
    expect(told(at(refused(offers({ versions: [0x0303] }), 40)), works13(offers({ versions: [0x0304, 0x0303] }))).join()).not.toContain(
      "different-server",
    );
    expect(told(at(died(offers(), { kind: "timeout", by: "server", packet: 9, after: "client_hello" })), works13()).join()).not.toContain(
      "different-server",
    );
  });
});
