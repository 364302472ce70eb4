/** Published examples of JA3, JA3S and JA4: what each hello offered, and the fingerprints that independent tools gave for it. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FingerprintTransport, fingerprint } from "../../src/handshake/fingerprint/index.ts";
import type { ClientHello, Extension, ServerHello } from "../../src/message/message.ts";
import { codePoint } from "../../src/registry/codepoint.ts";

/** What a fingerprint sees of a ClientHello. Lists of numbers are hex, separated by blanks. */
interface Offer {
  readonly legacy?: string;
  readonly suites: string;
  readonly types?: string;
  readonly versions?: string;
  readonly groups?: string;
  readonly formats?: string;
  readonly schemes?: string;
  readonly alpn?: readonly string[];
}

const header = { from: "client", packet: 1, packets: [1], time: "2026-01-01T00:00:00Z", length: 0 } as const;
const numbers = (text = ""): number[] => text.split(" ").flatMap((digits) => (digits === "" ? [] : [Number.parseInt(digits, 16)]));

function extension(type: number, data?: Extension["data"]): Extension {
  const { id, name } = codePoint("extension_types", type);
  return data === undefined ? { id, name, length: 0 } : { id, name, length: 0, data };
}

function clientHello(offer: Offer, more: Partial<ClientHello> = {}): ClientHello {
  const data: { [type: number]: Extension["data"] } = {
    0x0000: { serverName: "example.test" },
    0x000a: { groups: numbers(offer.groups).map((group) => codePoint("supported_groups", group)) },
    0x000b: { formats: numbers(offer.formats).map((format) => codePoint("ec_point_formats", format)) },
    0x000d: { schemes: numbers(offer.schemes).map((scheme) => codePoint("signature_schemes", scheme)) },
    0x0010: { protocols: offer.alpn ?? [] },
    0x0022: { schemes: [codePoint("signature_schemes", 0x0403)] },
    0x002b: { versions: numbers(offer.versions).map((version) => codePoint("versions", version)) },
  };
  const extensions = numbers(offer.types).map((type) => extension(type, data[type] ?? {}));
  return {
    ...header,
    type: "client_hello",
    legacyVersion: codePoint("versions", Number.parseInt(offer.legacy ?? "0303", 16)),
    random: "",
    sessionId: "",
    cipherSuites: numbers(offer.suites).map((suite) => codePoint("cipher_suites", suite)),
    compressionMethods: [],
    ...(offer.types === undefined ? {} : { extensions }),
    ...more,
  };
}

function serverHello(legacy: number, suite: number, types?: readonly number[], type: ServerHello["type"] = "server_hello"): ServerHello {
  const extensions = types?.map((number) => extension(number));
  return {
    ...header,
    from: "server",
    type,
    legacyVersion: codePoint("versions", legacy),
    cipherSuite: codePoint("cipher_suites", suite),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

/** The first ten characters of JA4. */
function readable(offer: Partial<Offer>, transport: FingerprintTransport = "tcp"): string | undefined {
  return fingerprint([clientHello({ suites: "1301", types: "0010 002b", ...offer })], transport).ja4?.slice(0, 10);
}

const chromeSuites = "1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035";
const chromeTypes = "001b 0000 0033 0010 4469 0017 002d 000d 0005 0023 0012 002b ff01 000b 000a 0015";
const chromeSchemes = "0403 0804 0401 0503 0805 0501 0806 0601";
const chrome: Offer = {
  suites: chromeSuites,
  types: chromeTypes,
  versions: "0304 0303",
  schemes: chromeSchemes,
  groups: "001d 0017 0018",
  formats: "00",
  alpn: ["h2", "http/1.1"],
};

const examples: readonly (readonly [
  string,
  Offer,
  FingerprintTransport,
  { ja3?: string; ja3Text?: string; ja4?: string; ja4r?: string },
])[] = [
  [
    "the first example of JA3's own description",
    {
      legacy: "0301",
      suites: "002f 0035 0005 000a c009 c00a c013 c014 0032 0038 0013 0004",
      types: "0000 000a 000b",
      groups: "0017 0018 0019",
      formats: "00",
    },
    "tcp",
    {
      ja3: "ada70206e40642a3e4461f35503241d5",
      ja3Text: "769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0",
    },
  ],
  [
    "the second, without extensions",
    { legacy: "0301", suites: "0004 0005 000a 0009 0064 0062 0003 0006 0013 0012 0063" },
    "tcp",
    {
      ja3: "de350869b8c85de67a350c8d186f11e6",
      ja3Text: "769,4-5-10-9-100-98-3-6-19-18-99,,,",
    },
  ],
  ["the example of JA4's description", chrome, "tcp", { ja4: "t13d1516h2_8daaf6152771_e5627efa2ab1" }],
  [
    "the same without signature algorithms",
    { ...chrome, schemes: "" },
    "tcp",
    {
      ja4: "t13d1516h2_8daaf6152771_6d807ffa2a79",
      ja4r: "t13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01",
    },
  ],
  [
    "TLS 1.2 with private suites and signature algorithms",
    {
      suites:
        "c030 c02c c028 c024 c014 c00a 009f 006b 0039 cca9 cca8 ccaa ff85 00c4 0088 0081 009d 003d 0035 00c0 0084 c02f c02b c027 c023 c013 c009 009e 0067 0033 00be 0045 009c 003c 002f 00ba 0041 c011 c007 0005 0004 c012 c008 0016 000a 00ff",
      types: "0000 000b 000a 000d 0010",
      schemes: "0601 0603 efef 0501 0503 0401 0403 eeee eded 0301 0303 0201 0203",
      groups: "001d 0017 0018",
      formats: "00",
      alpn: ["h2", "http/1.1"],
    },
    "tcp",
    { ja4: "t12d4605h2_85626a9a5f7f_aaf95bb78ec9", ja3: "3faa4ad39f690c4ef1c3160caa375465" },
  ],
  [
    "no server name, no ALPN, three point formats",
    {
      suites:
        "c030 c02c c028 c024 c014 c00a 00a5 00a3 00a1 009f 006b 006a 0069 0068 0039 0038 0037 0036 0088 0087 0086 0085 c032 c02e c02a c026 c00f c005 009d 003d 0035 0084 c02f c02b c027 c023 c013 c009 00a4 00a2 00a0 009e 0067 0040 003f 003e 0033 0032 0031 0030 009a 0099 0098 0097 0045 0044 0043 0042 c031 c02d c029 c025 c00e c004 009c 003c 002f 0096 0041 c012 c008 0016 0013 0010 000d c00d c003 000a 0007 c011 c007 c00c c002 0005 0004 00ff",
      types: "000b 000a 0023 000d 000f",
      schemes: "0601 0602 0603 0501 0502 0503 0401 0402 0403 0301 0302 0303 0201 0202 0203",
      groups: "0017 0019 0018 0016",
      formats: "00 01 02",
    },
    "tcp",
    { ja4: "t12i860500_e18388e7f3a3_a1e935682795", ja3: "b288289af2999820648eb3ca4d8304c5" },
  ],
  [
    "QUIC, without point formats",
    {
      suites: "1301 1302 1303",
      types: "002d 001b 4469 000d 002b 0000 000a 0039 0010 0033",
      versions: "0304",
      schemes: "0403 0804 0401 0503 0805 0501 0806 0601 0201",
      groups: "001d 0017 0018",
      alpn: ["h3"],
    },
    "quic",
    {
      ja4: "q13d0310h3_55b375c5d22e_cd85d2d88918",
      ja3: "0cda1bd7f270e894ed5de2af2f06cb80",
      ja3Text: "771,4865-4866-4867,45-27-17513-13-43-0-10-57-16-51,29-23-24,",
    },
  ],
  [
    "a delegated_credential, whose list is not that of signature_algorithms",
    {
      suites: "1301 1303 1302 c02b c02f cca9 cca8 c02c c030 c00a c009 c013 c014 009c 009d 002f 0035",
      types: "0000 0017 ff01 000a 000b 0023 0010 0005 0022 0033 002b 000d 002d 001c 0015",
      versions: "0304 0303",
      schemes: "0403 0503 0603 0804 0805 0806 0401 0501 0601 0203 0201",
      groups: "001d 0017 0018 0019 0100 0101",
      formats: "00",
      alpn: ["h2", "http/1.1"],
    },
    "tcp",
    { ja4: "t13d1715h2_5b57614c22b0_3d5424432f57", ja3: "579ccef312d18482fc42e2b822ca2430" },
  ],
  [
    "only a server name",
    {
      legacy: "0301",
      suites: "0039 0038 0035 0016 0013 000a 0033 0032 002f 009a 0099 0096 0005 0004 0015 0012 0009 0014 0011 0008 0006 0003 00ff",
      types: "0000",
    },
    "tcp",
    { ja4: "t10d230100_6a57a6f57151_000000000000", ja3: "06a92bf69b367389d2feb0d70501ddfe" },
  ],
  [
    "DTLS 1.2",
    { legacy: "fefd", suites: "c0ff c0a8 c037", types: "000a 000b 0100", groups: "0017", formats: "00" },
    "dtls",
    { ja4: "dd2i030300_f7e428980f70_6c817ce3d217", ja3: "b873950d512f587035f617fb93b988ac" },
  ],
  [
    "DTLS of old OpenSSL, without extensions",
    {
      legacy: "0100",
      suites:
        "0039 0038 0035 0016 0013 000a 0033 0032 002f 0007 0066 0005 0004 0063 0062 0061 0015 0012 0009 0065 0064 0060 0014 0011 0008 0006 0003",
    },
    "dtls",
    { ja4: "d00i270000_fd1a708466c1_000000000000", ja3: "af322fd164d4c667145802d082cca779" },
  ],
];

describe("fingerprints of a ClientHello", () => {
  it.each(examples)("are the published ones: %s", (_, offer, transport, expected) => {
    expect(fingerprint([clientHello(offer)], transport)).toMatchObject(expected);
  });

  it("do not change with GREASE, wherever it stands", () => {
    const value = fc.nat(15).map((nibble) => ((nibble * 16 + 10) * 0x0101).toString(16).padStart(4, "0"));
    const places = fc.record({ suites: value, types: value, versions: value, groups: value, schemes: value });
    const plain = fingerprint([clientHello(chrome)], "tcp");
    fc.assert(
      fc.property(places, fc.boolean(), (grease, first) => {
        const put = (list: string, one: string) => (first ? `${one} ${list}` : `${list} ${one}`);
        const offer = {
          ...chrome,
          suites: put(chromeSuites, grease.suites),
          types: put(chromeTypes, grease.types),
          versions: put("0304 0303", grease.versions),
          groups: put("001d 0017 0018", grease.groups),
          schemes: put(chromeSchemes, grease.schemes),
        };
        expect(fingerprint([clientHello(offer)], "tcp")).toEqual(plain);
      }),
    );
  });

  it("JA4 does not change with the order of suites and extensions, JA3 does", () => {
    const turned = {
      ...chrome,
      suites: chromeSuites.split(" ").toReversed().join(" "),
      types: chromeTypes.split(" ").toReversed().join(" "),
    };
    const [plain, other] = [chrome, turned].map((offer) => fingerprint([clientHello(offer)], "tcp"));
    expect(other?.ja4).toBe(plain?.ja4);
    expect(other?.ja3).not.toBe(plain?.ja3);
  });

  it("JA4 changes with the order of the signature algorithms", () => {
    const turned = { ...chrome, schemes: chromeSchemes.split(" ").toReversed().join(" ") };
    expect(fingerprint([clientHello(turned)], "tcp").ja4).not.toBe(fingerprint([clientHello(chrome)], "tcp").ja4);
  });

  it("are those of the first hello, and JA4 of a second one that differs beside them", () => {
    const second = clientHello({ ...chrome, suites: "1301" });
    const [first, other] = [fingerprint([clientHello(chrome)], "tcp"), fingerprint([second], "tcp")];
    expect(fingerprint([clientHello(chrome), second], "tcp")).toEqual({ ...first, secondJa4: other.ja4, secondJa4r: other.ja4r });
    expect(fingerprint([clientHello(chrome), clientHello(chrome)], "tcp")).toEqual(first);
  });

  it("keep a text that is longer than those that are remembered", () => {
    const suites = Array.from({ length: 2_000 }, () => "c02f").join(" ");
    const { ja3Text, ja3, ja4 } = fingerprint([clientHello({ suites })], "tcp");
    expect(ja3Text).toHaveLength("771,,,,".length + 2_000 * 6 - 1);
    expect(fingerprint([clientHello({ suites })], "tcp").ja3).toBe(ja3);
    expect(ja4).toMatch(/^t12i990000_[0-9a-f]{12}_0{12}$/);
  });
});

describe("the first part of JA4", () => {
  it.each([
    ["\\xab", "ab"],
    ["\\x20", "20"],
    [" ", "20"],
    ["\\xab\\xcd", "ad"],
    [" a", "21"],
    ["0\\xab", "3b"],
    ["a ", "60"],
    ["01\\xab\\xcd", "3d"],
    ["0\\xab\\xcd1", "01"],
    ["h2", "h2"],
    ["http/1.1", "h1"],
    ["H2", "H2"],
    ["a", "aa"],
    ["\\x0a\\x0a", "0a"],
    ["\\x5c", "5c"],
    ["", "00"],
  ])("tells the protocol %j as %s", (protocol, signs) => {
    expect(readable({ alpn: [protocol, "zz"] })).toBe(`t12i0102${signs}`);
  });

  it.each([
    ["0304", "13"],
    ["0303 0304", "13"],
    ["0303", "12"],
    ["0302", "11"],
    ["0301", "10"],
    ["0300", "s3"],
    ["7f1c", "00"],
    ["0a0a", "12"],
    ["", "12"],
  ])("tells supported_versions %j as %s", (versions, signs) => {
    expect(readable({ versions })).toBe(`t${signs}i010200`);
  });

  it("takes the newest version of DTLS, whose numbers run backwards", () => {
    expect(readable({ legacy: "fefd", versions: "fefd fefc" }, "dtls")).toBe("dd3i010200");
    expect(readable({ legacy: "feff", versions: "feff" }, "dtls")).toBe("dd1i010200");
  });

  it("counts to 99", () => {
    const many = Array.from({ length: 120 }, (_, at) => (0x4000 + at).toString(16)).join(" ");
    expect(readable({ suites: many, types: many })).toBe("t12i999900");
    expect(readable({ suites: many.slice(0, 99 * 5), types: many.slice(0, 98 * 5) })).toBe("t12i999800");
  });
});

describe("JA3S", () => {
  it.each([
    [0x0303, 0xcca9, [0, 65281, 11, 16], "771,52393,0-65281-11-16", "7f76f3e952a1bc7d407366fafe1db7ed"],
    [0x0303, 0xc030, [35, 65281], "771,49200,35-65281", "b7bd51222a09f3ad66a340710ae9c01a"],
    [0x0301, 0x0005, [65281], "769,5,65281", "280ca4511bfaa384b2e931c058e8816e"],
    [0x0303, 0x1301, [51, 43], "771,4865,51-43", "eb1d94daa7e0344597e756a1fb6e7054"],
  ])("of version %i and suite %i is the published one", (version, suite, types, ja3sText, ja3s) => {
    expect(fingerprint([serverHello(version, suite, types)], "tcp")).toEqual({ ja3s, ja3sText });
  });

  it("keeps the comma where the server sends no extensions", () => {
    expect(fingerprint([serverHello(0x0303, 0xc02f)], "tcp").ja3sText).toBe("771,49199,");
  });

  it("is that of the ServerHello, of a HelloRetryRequest only if that was all", () => {
    const retry = serverHello(0x0303, 0x1301, [43, 51], "hello_retry_request");
    const answer = serverHello(0x0303, 0x1301, [51, 43]);
    expect(fingerprint([retry, answer], "tcp").ja3sText).toBe("771,4865,51-43");
    expect(fingerprint([retry], "tcp").ja3sText).toBe("771,4865,43-51");
  });
});

describe("what was not seen whole", () => {
  it("has no fingerprint", () => {
    expect(fingerprint([clientHello(chrome, { malformed: "truncated" })], "tcp")).toEqual({});
    expect(fingerprint([{ ...serverHello(0x0303, 0x1301, [43]), malformed: "truncated" }], "tcp")).toEqual({});
    expect(fingerprint([], "tcp")).toEqual({});
  });

  it("does not take the place of the hello before it", () => {
    expect(fingerprint([clientHello(chrome, { malformed: "truncated" }), clientHello(chrome)], "tcp")).toEqual({});
  });

  it.each([
    ["000a", ["ja4", "ja4r"]],
    ["000b", ["ja4", "ja4r"]],
    ["000d", ["ja3", "ja3Text"]],
    ["0010", ["ja3", "ja3Text"]],
    ["002b", ["ja3", "ja3Text"]],
  ])("with a damaged extension 0x%s has those that do not look into it", (type, kept) => {
    const hello = clientHello(chrome);
    const extensions = hello.extensions?.map(({ id, name, ...rest }) =>
      id === `0x${type}` ? { id, name, length: 1, hex: "00", malformed: "truncated" } : { id, name, ...rest },
    );
    expect(Object.keys(fingerprint([{ ...hello, extensions: extensions ?? [] }], "tcp"))).toEqual(kept);
  });
});
