import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair } from "../../src/diagnosis/diagnose.ts";
import { AGREED13, answer13, died, event, failed, offers, record, refused, works, works13 } from "../support/failures.ts";

const told = (findings: ReturnType<typeof diagnosePair>): string[] => findings.map(({ rule, confidence }) => `${rule} ${confidence}`);
const SILENT = { kind: "timeout", by: "server", packet: 9, after: "client_hello" } as const;

const close = (packet: number): ReturnType<typeof failed> =>
  failed(
    [offers(), answer13()],
    { kind: "close", by: "client", packet, after: "server_hello" },
    {
      negotiated: AGREED13,
      events: [
        ...[23, 900, 281, 53].map((length) => record("server", 6, length)),
        { ...event("fin", "client", packet), time: `2026-06-01T12:00:${String(packet).padStart(2, "0")}.000000Z` },
      ],
    },
  );

const polite = (alpn?: readonly string[]): ReturnType<typeof works13> => {
  const events = works13().events.filter(({ packet }) => packet < 9);
  return works13(
    offers(alpn === undefined ? {} : { alpn }),
    {},
    { events: [...events, record("client", 9, 19), event("fin", "client", 10)] },
  );
};

const late = (empty: number, finished: number): ReturnType<typeof failed> =>
  failed(
    [offers(), answer13()],
    { kind: "alert", by: "server", packet: 9, encrypted: true, after: "finished" },
    {
      negotiated: AGREED13,
      events: [record("server", 6, 900), record("client", 8, empty), record("client", 8, finished), record("server", 9, 19)],
    },
  );

describe("a choice of the server", () => {
  const narrow = offers({ groups: [0x0017], versions: null });

  it("excludes the other groups only where it passed over them", () => {
    const passed = works(offers({ groups: [0x0017, 0x0019], versions: null }), { group: 0x0019 });
    expect(told(diagnosePair(refused(narrow), passed))).toEqual(["no-common-group-tls12 certain"]);
    const first = works(offers({ groups: [0x001d, 0x0017], versions: null }), { group: 0x001d });
    expect(told(diagnosePair(refused(narrow), first))).toEqual(["no-common-group-tls12 likely"]);
  });

  it("leaves room for extended_master_secret that the failing hello lacks as well", () => {
    const old = offers({ groups: [0x0017], versions: null, without: [0x0017] });
    const first = works(offers({ versions: null }), { group: 0x001d });
    expect(told(diagnosePair(refused(old), first))[0]).toBe("ems-required-by-server likely");
  });

  it("is refused by servers on JSSE with unexpected_message where no group is common", () => {
    const working = works13(offers({ groups: [0x001d, 0x0019] }), { group: 0x0019 });
    expect(told(diagnosePair(refused(offers(), 10), working))).toEqual(["no-common-group certain"]);
  });
});

describe("the length of an encrypted signature", () => {
  const working = works13(offers({ schemes: [0x0804, 0x0809] }));

  it("shows the kind of key where the server refuses the handshake, and nothing where it is silent or objects to something else", () => {
    expect(told(diagnosePair(refused(offers()), working))).toContain("rsa-pss-cert likely");
    expect(told(diagnosePair(refused(offers(), 47), working)).join()).not.toContain("rsa-pss-cert");
    expect(told(diagnosePair(died(offers(), SILENT), working)).join()).not.toContain("rsa-pss-cert");
  });
});

describe("two hellos that are refused alike", () => {
  it("disprove what only one of them lacks", () => {
    const few = refused(offers({ suites: [0x1301, 0xc02f, 0x00ff] }));
    expect(told(diagnoseHandshake(few))[0]).toBe("no-common-cipher-suite possible");
    const suites = [0x1301, 0xc02f, 0xc02b, 0x002f, 0x009e, 0xcca8, 0xc013, 0x00ff];
    const many = refused(offers({ suites, groups: [0x001d, 0x0017, 0x0018, 0x0019, 0x001e] }));
    expect(told(diagnosePair(few, many)).join()).not.toContain("no-common");
  });
});

describe("a greeting before TLS", () => {
  const dialogue = [{ from: "server", packet: 3, text: "220 mail.example.test ESMTP" }] as const;

  it("belongs to STARTTLS, and is a mistake without it", () => {
    expect(told(diagnoseHandshake(refused(offers(), 0x28, { dialogue, startTls: "smtp" }))).join()).not.toContain("plaintext-smtp-banner");
    const complains = { kind: "not-tls", by: "server", packet: 9, text: "500 5.5.1 Command unrecognized" } as const;
    expect(told(diagnoseHandshake(died(offers(), complains, { dialogue })))[0]).toBe("plaintext-smtp-banner certain");
  });
});

describe("a client that goes without a word", () => {
  it("has judged the certificate where it goes at once after the server's flight, and waited for something where it does not", () => {
    const quick = close(6);
    expect(told(diagnosePair(quick, works13()))[0]).toBe("client-rejects-after-handshake likely");
    expect(told(diagnosePair(close(30), works13())).join()).not.toContain("client-rejects");
  });

  it("had something to say where it named an application protocol", () => {
    expect(told(diagnosePair(polite(["h2", "http/1.1"]), works13()))).toEqual(["client-rejects-after-handshake likely"]);
    expect(diagnosePair(polite(), works13())).toEqual([]);
  });

  it("had no turn where the server closes first for want of an application protocol", () => {
    const events = [...works13().events.filter(({ packet }) => packet < 9), record("server", 10, 256), event("fin", "server", 11)];
    const working = works13(offers({ alpn: ["h2"] }));
    expect(told(diagnosePair(works13(offers(), {}, { events }), working))).toEqual(["alpn-required-missing likely"]);
    const asked = [...events.slice(0, -2), record("client", 9, 120), record("server", 10, 256), event("fin", "server", 11)];
    expect(diagnosePair(works13(offers(), {}, { events: asked }), working)).toEqual([]);
  });
});

describe("the padding of JSSE", () => {
  it("does not hide an empty certificate message", () => {
    expect(told(diagnoseHandshake(late(41, 69)))[0]).toBe("client-cert-missing-tls13 likely");
    expect(told(diagnoseHandshake(late(60, 69))).join()).not.toContain("client-cert-missing");
  });
});
