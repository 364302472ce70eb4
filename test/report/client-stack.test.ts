import { describe, expect, it } from "vitest";
import { readReference } from "../../src/clients/reference.ts";
import { compare, compareWithReference } from "../../src/diff/compare.ts";
import type { Capture, ClientStack } from "../../src/handshake/handshake.ts";
import { settingsText, stackText } from "../../src/report/words.ts";
import { readFixture } from "../support/fixtures.ts";

const GO: ClientStack = { name: "Go crypto/tls", versions: "1.22 - 1.23", match: "exact", candidates: [], deviations: [] };
const OPENSSL: ClientStack = { name: "OpenSSL", versions: "3.0", match: "exact", candidates: ["Node.js 18 - 20"], deviations: [] };
const CHROME: ClientStack = {
  name: "BoringSSL",
  match: "exact",
  candidates: ["Chromium 131", "curl_cffi 0.17 as chrome131"],
  deviations: [],
};
const NONE: ClientStack = { name: null, match: "none", candidates: [], deviations: [] };

const TABLE: readonly (readonly [what: string, stack: ClientStack, text: string, settings: string])[] = [
  ["a library", GO, "Go crypto/tls 1.22 - 1.23", "default settings"],
  ["a program on it", OPENSSL, "OpenSSL 3.0 (Node.js 18 - 20)", "default settings"],
  [
    "programs that send what the library sends",
    { ...OPENSSL, candidates: ["OpenSSL 3.0", "Python ssl 3.7 - 3.9"] },
    "OpenSSL 3.0",
    "default settings",
  ],
  ["several programs", { ...OPENSSL, candidates: ["a 1", "b 2", "c 3"] }, "OpenSSL 3.0 (a 1, 2 others)", "default settings"],
  ["a browser that is imitated", CHROME, "BoringSSL (Chromium 131 or an imitator)", "default settings"],
  [
    "an imitator of what was not recorded",
    { ...CHROME, name: null, candidates: ["curl_cffi 0.17 as safari170"] },
    "safari170 or an imitator",
    "default settings",
  ],
  [
    "a setting",
    { ...GO, settings: ["GODEBUG=tls3des=1"], deviations: ["plus TLS_RSA_WITH_3DES_EDE_CBC_SHA"] },
    "Go crypto/tls 1.22 - 1.23",
    "as with GODEBUG=tls3des=1: plus TLS_RSA_WITH_3DES_EDE_CBC_SHA",
  ],
  [
    "one version's default, another's setting",
    { ...GO, settings: ["default", "x=1"] },
    "Go crypto/tls 1.22 - 1.23",
    "default settings or x=1",
  ],
  [
    "a near one, whose program is a guess",
    { ...OPENSSL, match: "near", deviations: ["without group x448"], distance: 0.4 },
    "like OpenSSL 3.0",
    "default settings, but without group x448",
  ],
  ["none", NONE, "", "its hello is like none in the library of clients"],
];

describe("a client stack in words", () => {
  it.each(TABLE)("%s", (_, clientStack, text, settings) => {
    expect(stackText({ clientStack })).toBe(text);
    expect(settingsText({ clientStack })).toBe(settings);
  });

  it("is nothing where there is none", () => {
    expect([stackText({}), settingsText({})]).toEqual(["", ""]);
  });
});

describe("the client stacks of a pair", () => {
  it("stand in the JSON of a comparison, as does the name of a recorded client", async () => {
    const [go, openssl] = await Promise.all(["go", "openssl"].map((name) => readFixture(`pairs/go-rsa-kex/${name}.pcap`)));
    const [pair] = compare(go as Capture, openssl as Capture).pairs;
    expect(pair?.left).toMatchObject({ id: 1, clientStack: { name: "Go crypto/tls" } });
    expect(pair?.right).toMatchObject({ id: 1, clientStack: { name: "OpenSSL" } });
    const reference = (await readReference("openssl-3.0")) as Capture;
    expect(compareWithReference(openssl as Capture, reference).pairs[0]?.right).toMatchObject({ reference: expect.any(String) });
  });
});
