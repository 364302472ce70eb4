import { describe, expect, it } from "vitest";
import { compareHandshakes } from "../../src/diff/compare.ts";
import { PERMUTERS, permuterOf } from "../../src/diff/permutation.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { clientHello, handshakeOf, opaqueExtension, points } from "../support/handshake-builder.ts";

const RUSTLS = ["0x1302", "0x1301", "0x1303", "0xc02c", "0xc02b", "0xcca9", "0xc030", "0xc02f", "0xcca8", "0x00ff"];

const CHROMIUM = ["0x2a2a", "0x1301", "0x1302", "0x1303"];

interface Hello {
  readonly suites?: readonly string[];
  readonly extensions: readonly string[];
}

function hello({ suites = ["0x1301"], extensions }: Hello): ReturnType<typeof clientHello> {
  return clientHello({ cipherSuites: points(...suites), extensions: extensions.map((id) => opaqueExtension(id, "")) });
}

const chromium = (...ids: string[]): Handshake => handshakeOf(hello({ suites: CHROMIUM, extensions: ["0x0a0a", ...ids, "0x1a1a"] }));
const rustls = (...ids: string[]): Handshake => handshakeOf(hello({ suites: RUSTLS, extensions: ids }));
const withSuites = (...ids: string[]): Handshake =>
  handshakeOf(hello({ suites: ["0x0a0a", ...ids], extensions: ["0x0a0a", "0x0000", "0x0017", "0x1a1a"] }));

const KNOWN: readonly (Hello & { client: string })[] = [
  { client: "Chromium", suites: CHROMIUM, extensions: ["0x0a0a", "0x0000", "0x0017", "0x1a1a"] },
  { client: "Chromium", suites: CHROMIUM, extensions: ["0x0a0a", "0x0000", "0x0017", "0x1a1a", "0x0015"] },
  { client: "Chromium", suites: CHROMIUM, extensions: ["0x0a0a", "0x0000", "0x0017", "0x1a1a", "0x0029"] },
  { client: "Chromium over QUIC", suites: ["0x1301", "0x1302", "0x1303"], extensions: ["0x0039", "0x44cd", "0x0000"] },
  { client: "Firefox", suites: ["0x1301", "0x1303", "0x1302", "0xc02b"], extensions: ["0x001c", "0x0000", "0x0022"] },
  { client: "GnuTLS", suites: ["0x1302", "0x1303", "0x1301", "0x1304", "0xc02c"], extensions: ["0x0016", "0x001c", "0x0000"] },
  { client: "rustls", suites: RUSTLS, extensions: ["0x0000", "0x0017", "0x000b"] },
];

const OTHERS: readonly (Hello & { what: string })[] = [
  { what: "GREASE at the front only", suites: CHROMIUM, extensions: ["0x0a0a", "0x0000", "0x0017"] },
  { what: "GREASE in the middle", suites: CHROMIUM, extensions: ["0x0a0a", "0x0000", "0x1a1a", "0x0017"] },
  { what: "GREASE among the extensions alone", extensions: ["0x0a0a", "0x0000", "0x0017", "0x1a1a"] },
  { what: "a pre_shared_key that is not last", suites: CHROMIUM, extensions: ["0x0a0a", "0x0029", "0x0000", "0x1a1a"] },
  { what: "OpenSSL's suites", suites: ["0x1302", "0x1303", "0x1301"], extensions: ["0x0016", "0x001c", "0x0000"] },
  { what: "JSSE's suites", suites: ["0x1302", "0x1301", "0x1303", "0xc02c", "0xcca9", "0xc02b"], extensions: ["0x0000", "0x0017"] },
  { what: "Go over QUIC", suites: ["0x1301", "0x1302", "0x1303"], extensions: ["0x0039", "0x0000"] },
  { what: "NSS outside Firefox", suites: ["0x1301", "0x1303", "0x1302"], extensions: ["0x0000", "0x001c"] },
  { what: "no extensions", extensions: [] },
];

describe("clients that permute their extensions", () => {
  it.each(KNOWN)("$client is known by $extensions", ({ client, ...lists }) => {
    expect(permuterOf(hello(lists))).toBe(client);
  });

  it.each(OTHERS)("$what is none of them", (lists) => {
    expect(permuterOf(hello(lists))).toBeUndefined();
  });

  it("all have a case, and a reason", () => {
    expect(PERMUTERS.map(({ client }) => client)).toEqual([...new Set(KNOWN.map(({ client }) => client))]);
    for (const { because } of PERMUTERS) expect(because.split(" ").length).toBeGreaterThan(3);
  });

  it("are unknown where there is no hello, or one without lists", () => {
    expect(permuterOf(undefined)).toBeUndefined();
    expect(permuterOf({})).toBeUndefined();
  });
});

describe("the order of extensions", () => {
  it("is noise between two connections of one permuting client", () => {
    expect(compareHandshakes(chromium("0x0000", "0x0017"), chromium("0x0017", "0x0000"))).toEqual({
      differences: [],
      hidden: { noise: 1 },
      identical: true,
    });
  });

  it("is left out of the difference where such a client has an extension more", () => {
    const { differences } = compareHandshakes(chromium("0x0000", "0x0017", "0x0023"), chromium("0x0017", "0x0000"));
    expect(differences).toMatchObject([{ class: "semantic", onlyLeft: [{ id: "0x0023" }], onlyRight: [], moved: [], common: 4 }]);
  });

  it("counts between two different permuting clients, and between one and another client", () => {
    const gnutls = hello({ suites: ["0x1302", "0x1303", "0x1301", "0x1304"], extensions: ["0x001c", "0x0016"] });
    const permuted = compareHandshakes(rustls("0x0016", "0x001c"), handshakeOf(gnutls));
    expect(permuted.differences).toContainEqual(expect.objectContaining({ path: "clientHello.extensions", class: "order" }));
    const fixed = compareHandshakes(rustls("0x0000", "0x0017"), handshakeOf(hello({ extensions: ["0x0017", "0x0000"] })));
    expect(fixed.differences).toContainEqual(expect.objectContaining({ path: "clientHello.extensions", class: "order" }));
  });

  it("of cipher suites is never noise", () => {
    const { differences } = compareHandshakes(withSuites("0x1301", "0x1302"), withSuites("0x1302", "0x1301"));
    expect(differences).toMatchObject([{ path: "clientHello.cipherSuites", class: "order", common: 3 }]);
  });
});
