/**
 * Handshakes made by hand, for tests that need the model but no capture: a Go client that fails
 * where openssl works, because the server has nothing but AES256-SHA.
 */
import type { Comparison, Difference } from "../../src/diff/difference.ts";
import type { Capture, Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import type { Alert, ClientHello, Extension, Message, ServerHello } from "../../src/message/message.ts";
import type { CodePoint } from "../../src/registry/codepoint.ts";

const TIME = "2026-03-04T08:00:00.12";

/** Cipher suites as `id name openssl`, one a line. */
function suites(text: string): CodePoint[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [id, name, openssl] = line.trim().split(" ");
      return openssl === undefined ? { id: id as string, name: name as string } : { id: id as string, name: name as string, openssl };
    });
}

function points(text: string): CodePoint[] {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [id, name] = word.split("=");
      return { id: id as string, name: name as string };
    });
}

const AES256_SHA: CodePoint = { id: "0x0035", name: "TLS_RSA_WITH_AES_256_CBC_SHA", openssl: "AES256-SHA" };
export const HANDSHAKE_FAILURE: CodePoint = { id: "0x28", name: "handshake_failure" };
const TLS12: CodePoint = { id: "0x0303", name: "TLS 1.2" };
const TLS13: CodePoint = { id: "0x0304", name: "TLS 1.3" };
const TLS10: CodePoint = { id: "0x0301", name: "TLS 1.0" };

const COMMON_SUITES = suites(`
  0xc02b TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 ECDHE-ECDSA-AES128-GCM-SHA256
  0xc02f TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE-RSA-AES128-GCM-SHA256
  0xc02c TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES256-GCM-SHA384
  0xc030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384
  0xcca9 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE-ECDSA-CHACHA20-POLY1305
  0xcca8 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE-RSA-CHACHA20-POLY1305
  0xc009 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA ECDHE-ECDSA-AES128-SHA
  0xc013 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA ECDHE-RSA-AES128-SHA
  0xc00a TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA ECDHE-ECDSA-AES256-SHA
  0xc014 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA ECDHE-RSA-AES256-SHA
  0x1301 TLS_AES_128_GCM_SHA256
  0x1302 TLS_AES_256_GCM_SHA384
  0x1303 TLS_CHACHA20_POLY1305_SHA256`);

const OPENSSL_SUITES = suites(`
  0x009f TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 DHE-RSA-AES256-GCM-SHA384
  0xccaa TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256 DHE-RSA-CHACHA20-POLY1305
  0x009e TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 DHE-RSA-AES128-GCM-SHA256
  0xc024 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 ECDHE-ECDSA-AES256-SHA384
  0xc028 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 ECDHE-RSA-AES256-SHA384
  0x006b TLS_DHE_RSA_WITH_AES_256_CBC_SHA256 DHE-RSA-AES256-SHA256
  0xc023 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 ECDHE-ECDSA-AES128-SHA256
  0xc027 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 ECDHE-RSA-AES128-SHA256
  0x0067 TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 DHE-RSA-AES128-SHA256
  0x0039 TLS_DHE_RSA_WITH_AES_256_CBC_SHA DHE-RSA-AES256-SHA
  0x0033 TLS_DHE_RSA_WITH_AES_128_CBC_SHA DHE-RSA-AES128-SHA
  0x009d TLS_RSA_WITH_AES_256_GCM_SHA384 AES256-GCM-SHA384
  0x009c TLS_RSA_WITH_AES_128_GCM_SHA256 AES128-GCM-SHA256
  0x003d TLS_RSA_WITH_AES_256_CBC_SHA256 AES256-SHA256
  0x003c TLS_RSA_WITH_AES_128_CBC_SHA256 AES128-SHA256
  0x0035 TLS_RSA_WITH_AES_256_CBC_SHA AES256-SHA
  0x002f TLS_RSA_WITH_AES_128_CBC_SHA AES128-SHA
  0x00ff TLS_EMPTY_RENEGOTIATION_INFO_SCSV`);

const GROUPS = points("0x001d=x25519 0x0017=secp256r1 0x0018=secp384r1 0x0019=secp521r1");
const MLKEM = points("0x11ec=X25519MLKEM768");
const OPENSSL_GROUPS = points("0x001e=x448 0x0100=ffdhe2048 0x0101=ffdhe3072");
const SCHEMES = points(
  "0x0804=rsa_pss_rsae_sha256 0x0403=ecdsa_secp256r1_sha256 0x0807=ed25519 0x0805=rsa_pss_rsae_sha384 0x0806=rsa_pss_rsae_sha512 0x0401=rsa_pkcs1_sha256 0x0501=rsa_pkcs1_sha384 0x0601=rsa_pkcs1_sha512 0x0503=ecdsa_secp384r1_sha384 0x0603=ecdsa_secp521r1_sha512",
);

function extension(id: string, name: string, length: number, data?: Record<string, unknown>): Extension {
  return data === undefined ? { id, name, length } : { id, name, length, data };
}

function clientHello(cipherSuites: CodePoint[], extensions: Extension[], length: number): ClientHello {
  return {
    type: "client_hello",
    from: "client",
    packet: 4,
    packets: [4],
    time: `${TIME}3456Z`,
    length,
    recordVersion: TLS10,
    legacyVersion: TLS12,
    random: "25f4".repeat(16),
    sessionId: "00af".repeat(16),
    cipherSuites,
    compressionMethods: [{ id: "0x00", name: "null" }],
    extensions,
  };
}

const NAME = extension("0x0000", "server_name", 22, { serverName: "mail.example.test" });

const goHello = clientHello(
  COMMON_SUITES,
  [
    NAME,
    extension("0x0005", "status_request", 5, { statusType: { id: "0x01", name: "ocsp" } }),
    extension("0x000a", "supported_groups", 12, { groups: [...MLKEM, ...GROUPS] }),
    extension("0x000b", "ec_point_formats", 2, { formats: points("0x00=uncompressed") }),
    extension("0x000d", "signature_algorithms", 22, { schemes: SCHEMES }),
    extension("0xff01", "renegotiation_info", 1, { renegotiatedConnection: "" }),
    extension("0x0017", "extended_master_secret", 0, {}),
    extension("0x0012", "signed_certificate_timestamp", 0, {}),
    extension("0x002b", "supported_versions", 5, { versions: [TLS13, TLS12] }),
    extension("0x0033", "key_share", 1258, {
      entries: [
        { group: MLKEM[0], length: 1216 },
        { group: GROUPS[0], length: 32 },
      ],
    }),
  ],
  1497,
);

const opensslHello = clientHello(
  [...COMMON_SUITES.slice(10), ...COMMON_SUITES.slice(0, 10), ...OPENSSL_SUITES],
  [
    NAME,
    extension("0x000b", "ec_point_formats", 4, { formats: points("0x00=uncompressed 0x01=ansiX962_compressed_prime") }),
    extension("0x000a", "supported_groups", 22, { groups: [...GROUPS, ...OPENSSL_GROUPS] }),
    extension("0x0023", "session_ticket", 0, {}),
    extension("0x0016", "encrypt_then_mac", 0, {}),
    extension("0x0017", "extended_master_secret", 0, {}),
    extension("0x000d", "signature_algorithms", 42, { schemes: [...SCHEMES.slice(1), SCHEMES[0] as CodePoint] }),
    extension("0x002b", "supported_versions", 5, { versions: [TLS13, TLS12] }),
    extension("0x002d", "psk_key_exchange_modes", 2, { modes: points("0x01=psk_dhe_ke") }),
    extension("0x0033", "key_share", 38, { entries: [{ group: GROUPS[0], length: 32 }] }),
  ],
  314,
);

const serverHello: ServerHello = {
  type: "server_hello",
  from: "server",
  packet: 6,
  packets: [6],
  time: `${TIME}4210Z`,
  length: 81,
  recordVersion: TLS12,
  legacyVersion: TLS12,
  random: "9c01".repeat(16),
  sessionId: "1234".repeat(16),
  cipherSuite: AES256_SHA,
  compressionMethod: { id: "0x00", name: "null" },
  extensions: [
    extension("0xff01", "renegotiation_info", 1, { renegotiatedConnection: "" }),
    extension("0x0017", "extended_master_secret", 0, {}),
  ],
};

const alert: Alert = {
  type: "alert",
  from: "server",
  packet: 6,
  packets: [6],
  time: `${TIME}3999Z`,
  length: 2,
  recordVersion: TLS12,
  level: { id: "0x02", name: "fatal" },
  description: HANDSHAKE_FAILURE,
};

const certificate: Message = {
  type: "certificate",
  from: "server",
  packet: 6,
  packets: [6],
  time: `${TIME}4210Z`,
  length: 845,
  recordVersion: TLS12,
  certificates: [
    {
      sha256: "5e8f".repeat(16),
      length: 838,
      subject: "CN=mail.example.test",
      issuer: "CN=Example Test CA",
      notBefore: "2026-01-01T00:00:00Z",
      notAfter: "2027-01-01T00:00:00Z",
      subjectAltNames: ["DNS:mail.example.test", "IP:127.0.0.1"],
      publicKey: { algorithm: "RSA", bits: 2048 },
      signatureAlgorithm: "sha256WithRSAEncryption",
    },
  ],
};

const opened: TransportEvent[] = [
  { kind: "syn", from: "client", packet: 1, time: `${TIME}3000Z`, ttl: 64 },
  { kind: "syn-ack", from: "server", packet: 2, time: `${TIME}3010Z`, ttl: 64 },
  { kind: "segment", from: "client", packet: 4, time: `${TIME}3456Z`, length: 1502 },
];

export const goHandshake: Handshake = {
  id: 1,
  protocol: "tls",
  transport: { protocol: "tcp", client: { address: "127.0.0.1", port: 40312 }, server: { address: "127.0.0.1", port: 465 } },
  stream: 0,
  serverName: "mail.example.test",
  outcome: "failed",
  failure: { kind: "alert", by: "server", packet: 6, alert: HANDSHAKE_FAILURE, after: "client_hello" },
  negotiated: {},
  fingerprints: {
    ja3: "cd08e31494f9531f560d64c695473da9",
    ja3Text: "771,49195-49199,0-5-10-11-13-65281-23-18-43-51,4588-29-23-24-25,0",
    ja4: "t13d131000_f57a46bbacb6_e5728521abd4",
    ja4r: "t13d131000_1301,1302,1303,c009_0005,000a,000b_0804,0403",
  },
  messages: [goHello, alert],
  events: [...opened, { kind: "fin", from: "server", packet: 7, time: `${TIME}4300Z` }],
};

export const opensslHandshake: Handshake = {
  id: 1,
  protocol: "tls",
  transport: { protocol: "tcp", client: { address: "127.0.0.1", port: 40318 }, server: { address: "127.0.0.1", port: 465 } },
  stream: 0,
  serverName: "mail.example.test",
  outcome: "established",
  negotiated: { version: TLS12, cipherSuite: AES256_SHA },
  fingerprints: {
    ja3: "0149f47eabf9a20d0893e2a44e5a6323",
    ja3Text: "771,4866-4867-4865,0-11-10-35-22-23-13-43-45-51,29-23-30-25-24,0-1",
    ja3s: "2b33c1374db4ddf06942f92373c0b54b",
    ja3sText: "771,53,65281-23",
    ja4: "t13d311000_e8f1e7e78f70_d41ae481755e",
  },
  messages: [opensslHello, serverHello, certificate, { ...alert, type: "server_hello_done", length: 0 } as unknown as Message],
  events: opened,
};

function capture(file: string, handshakes: readonly Handshake[]): Capture {
  return { file, format: "pcap", packets: 12, bytes: 3169, linkTypes: ["ETHERNET"], notes: [], handshakes };
}

export const goCapture: Capture = capture("go.pcap", [goHandshake]);
export const opensslCapture: Capture = capture("openssl.pcap", [opensslHandshake]);

function key(member: unknown): string {
  return (member as CodePoint).id ?? JSON.stringify(member);
}

function listDifference(path: string, left: readonly unknown[], right: readonly unknown[], moved: readonly unknown[] = []): Difference {
  const onlyLeft = left.filter((member) => !right.some((other) => key(other) === key(member)));
  const onlyRight = right.filter((member) => !left.some((other) => key(other) === key(member)));
  return { path, class: "semantic", kind: "list", onlyLeft, onlyRight, moved, common: left.length - onlyLeft.length, left, right };
}

/** The differences of the story. */
const differences: readonly Difference[] = [
  { path: "outcome", class: "outcome", kind: "value", left: "failed", right: "established" },
  { path: "failure.alert", class: "outcome", kind: "value", left: HANDSHAKE_FAILURE },
  { path: "negotiated.version", class: "semantic", kind: "value", right: TLS12 },
  { path: "negotiated.cipherSuite", class: "semantic", kind: "value", right: AES256_SHA },
  listDifference("clientHello.cipherSuites", goHello.cipherSuites ?? [], opensslHello.cipherSuites ?? [], COMMON_SUITES.slice(10)),
  listDifference("clientHello.extensions", goHello.extensions ?? [], opensslHello.extensions ?? []),
  listDifference("clientHello.extensions.supported_groups.groups", [...MLKEM, ...GROUPS], [...GROUPS, ...OPENSSL_GROUPS]),
  listDifference("clientHello.extensions.signature_algorithms.schemes", SCHEMES, [...SCHEMES.slice(1), SCHEMES[0]], [SCHEMES[0]]),
  { path: "clientHello.extensions.record_size_limit.limit", class: "semantic", kind: "value", left: 16385 },
  { path: "clientHello.legacyVersion", class: "semantic", kind: "value", left: TLS12, right: TLS13 },
  { path: "serverHello", class: "semantic", kind: "value", right: "sent" },
  { path: "certificates[0].subject", class: "certificate", kind: "value", right: "CN=mail.example.test" },
  { path: "certificates[0].sha256", class: "certificate", kind: "value", right: "5e8f".repeat(16) },
  { path: "transport.clientHello.length", class: "transport", kind: "value", left: 1497, right: 314 },
  { path: "transport.clientHello.segments", class: "transport", kind: "value", left: 2, right: 1 },
];

/** Go against openssl. */
export const comparison: Comparison = {
  left: { file: "go.pcap", handshakes: 1 },
  right: { file: "openssl.pcap", handshakes: 1 },
  identical: false,
  pairs: [
    { left: { id: 1 }, right: { id: 1 }, pairedBy: "server-name", identical: false, differences, hidden: { noise: 4 }, diagnosis: [] },
  ],
  unpaired: { left: [], right: [] },
};
