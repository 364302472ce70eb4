/**
 * A good body for every codec in every place that it reads, written out by hand from the
 * specifications. Blanks in the hex separate fields.
 */
import type { Place } from "../../../src/message/extension/contract.ts";

/** A body and what it must give. */
export interface Vector {
  readonly type: number;
  readonly places: readonly Place[];
  readonly hex: string;
  readonly data: { readonly [field: string]: unknown };
  /** Lengths to which the body may be cut and still be whole; `any`: it has no length of its own, so more is whole too. */
  readonly whole?: readonly number[] | "any";
}

const CH = ["client_hello"] as const;
const SH = ["server_hello"] as const;
const EE = ["encrypted_extensions"] as const;
const HRR = ["hello_retry_request"] as const;
const CT = ["certificate"] as const;
const CR = ["certificate_request"] as const;
const NST = ["new_session_ticket"] as const;

const point = (id: string, name: string | null): { id: string; name: string | null } => ({ id, name });
const zeros = (octets: number): string => "00".repeat(octets);

function empty(type: number, ...places: Place[]): Vector {
  return { type, places, hex: "", data: {} };
}

const SCHEMES = { schemes: [point("0x0403", "ecdsa_secp256r1_sha256"), point("0x2a2a", "GREASE")] };
const X509 = point("0x00", "X509");
const RAW = point("0x02", "Raw Public Key");
const KDF = point("0x0001", "HKDF-SHA256");
const AEAD = point("0x0001", "AES-128-GCM");

const ECH_OUTER = "0001 0001 2a 0002 aabb 0003 010203";
const ECH_OUTER_DATA = { kdf: KDF, aead: AEAD, configId: "2a", encLength: 2, payloadLength: 3 };
const ECH_LONG_ID = "0001 0001 02 2a2b 0002 aabb 0003 010203";
const RETRY_CONFIGS = "0026 fe0d 001c 07 0020 0002 aabb 0008 0001 0001 0001 0003 20 01 61 0006 0a0a 0002 beef fffe 0002 0102";
const RETRY_CONFIGS_DATA = {
  retryConfigs: [
    {
      version: "0xfe0d",
      length: 28,
      configId: "07",
      kem: point("0x0020", "DHKEM(X25519, HKDF-SHA256)"),
      publicKeyLength: 2,
      cipherSuites: [
        { kdf: KDF, aead: AEAD },
        { kdf: KDF, aead: point("0x0003", "ChaCha20Poly1305") },
      ],
      maximumNameLength: 32,
      publicName: "a",
      extensions: [{ id: "0x0a0a", hex: "beef" }],
    },
    { version: "0xfffe", length: 2 },
  ],
};

export const VECTORS: readonly Vector[] = [
  { type: 0, places: [...CH, ...CR], hex: "000e 00 000b 6578616d706c652e6e6574", data: { serverName: "example.net" } },
  {
    type: 0,
    places: CH,
    hex: "000d 07 0001 ff 00 0002 615c 00 0001 62",
    data: {
      serverName: "a\\x5c",
      otherNames: [
        { nameType: 7, name: "\\xff" },
        { nameType: 0, name: "b" },
      ],
    },
  },
  empty(0, "server_hello", "encrypted_extensions"),
  { type: 1, places: [...CH, ...SH, ...EE], hex: "02", data: { maxFragmentLength: point("0x02", "2^10") } },
  empty(2, "client_hello", "server_hello"),
  {
    type: 3,
    places: CH,
    hex: `0031 00 01 ${"11".repeat(20)} 02 0003 300100 03 ${"33".repeat(20)}`,
    data: {
      authorities: [
        { identifierType: point("0x00", "pre_agreed") },
        { identifierType: point("0x01", "key_sha1_hash"), sha1: "11".repeat(20) },
        { identifierType: point("0x02", "x509_name"), name: "300100" },
        { identifierType: point("0x03", "cert_sha1_hash"), sha1: "33".repeat(20) },
      ],
    },
  },
  empty(3, "server_hello"),
  empty(4, "client_hello", "server_hello"),
  {
    type: 5,
    places: CH,
    hex: "01 0004 0002 abcd 0003 300100",
    data: { statusType: point("0x01", "ocsp"), responderIds: ["abcd"], requestExtensions: "300100" },
  },
  {
    type: 5,
    places: CR,
    hex: "01 0000 0000",
    data: { statusType: point("0x01", "ocsp"), responderIds: [], requestExtensions: "" },
    whole: [0],
  },
  { type: 5, places: CH, hex: "77 0102", data: { statusType: point("0x77", null), request: "0102" }, whole: "any" },
  empty(5, "server_hello"),
  { type: 5, places: CR, hex: "", data: {}, whole: "any" },
  { type: 5, places: CT, hex: "01 000002 3000", data: { statusType: point("0x01", "ocsp"), responseLength: 2 } },
  { type: 6, places: [...CH, ...SH], hex: "02 40 41", data: { types: [point("0x40", "upn_domain_hint"), point("0x41", null)] } },
  {
    type: 7,
    places: [...CH, ...SH],
    hex: "02 00 42",
    data: { formats: [point("0x00", "x509_attr_cert"), point("0x42", "dtcp_authorization")] },
  },
  { type: 8, places: [...CH, ...SH], hex: "01 01", data: { formats: [point("0x01", "saml_assertion")] } },
  ...[9, 19, 20].flatMap((type): Vector[] => [
    { type, places: CH, hex: "02 02 00", data: { certificateTypes: [RAW, X509] } },
    { type, places: [...SH, ...EE], hex: "02", data: { certificateType: RAW } },
  ]),
  {
    type: 10,
    places: [...CH, ...SH, ...EE],
    hex: "0006 001d 11ec 4a4a",
    data: { groups: [point("0x001d", "x25519"), point("0x11ec", "X25519MLKEM768"), point("0x4a4a", "GREASE")] },
  },
  {
    type: 11,
    places: [...CH, ...SH],
    hex: "02 00 01",
    data: { formats: [point("0x00", "uncompressed"), point("0x01", "ansiX962_compressed_prime")] },
  },
  { type: 12, places: CH, hex: "05 616c696365", data: { identity: "alice" } },
  { type: 13, places: [...CH, ...CR], hex: "0004 0403 2a2a", data: SCHEMES },
  {
    type: 14,
    places: [...CH, ...SH, ...EE],
    hex: "0004 0001 0008 02 beef",
    data: { profiles: [point("0x0001", "SRTP_AES128_CM_HMAC_SHA1_80"), point("0x0008", "SRTP_AEAD_AES_256_GCM")], mki: "beef" },
  },
  { type: 15, places: [...CH, ...SH, ...EE], hex: "01", data: { mode: point("0x01", "peer_allowed_to_send") } },
  { type: 16, places: [...CH, ...SH, ...EE], hex: "000c 02 6832 08 687474702f312e31", data: { protocols: ["h2", "http/1.1"] } },
  {
    type: 17,
    places: CH,
    hex: "000d 02 0006 0002 0000 0000 09 0001 ff",
    data: {
      requests: [
        { statusType: point("0x02", "ocsp_multi"), responderIds: [""], requestExtensions: "" },
        { statusType: point("0x09", null), request: "ff" },
      ],
    },
  },
  empty(17, "server_hello"),
  empty(18, "client_hello", "certificate_request"),
  {
    type: 18,
    places: [...SH, ...CT],
    hex: `0037 0031 00 ${"ab".repeat(32)} 00000193 8b1a4c00 0000 04 03 0002 3000 0002 01 ff`,
    data: {
      scts: [
        { version: 0, length: 49, logId: "ab".repeat(32), timestamp: new Date(0x01938b1a4c00).toISOString() },
        { version: 1, length: 2 },
      ],
    },
  },
  { type: 21, places: CH, hex: zeros(5), data: { paddingLength: 5 }, whole: "any" },
  empty(22, "client_hello", "server_hello"),
  empty(23, "client_hello", "server_hello"),
  {
    type: 24,
    places: [...CH, ...SH, ...EE],
    hex: "01 00 02 02 03",
    data: { version: "1.0", keyParameters: [point("0x02", "ecdsap256"), point("0x03", null)] },
  },
  {
    type: 25,
    places: CH,
    hex: "0008 01 02 aabb 02 02 ccdd",
    data: {
      objects: [
        { type: point("0x01", "cert"), hash: "aabb" },
        { type: point("0x02", "cert_req"), hash: "ccdd" },
      ],
    },
  },
  { type: 25, places: [...SH, ...EE], hex: "0001 01", data: { objects: [{ type: point("0x01", "cert") }] } },
  { type: 27, places: [...CH, ...CR], hex: "04 0002 0001", data: { algorithms: [point("0x0002", "brotli"), point("0x0001", "zlib")] } },
  { type: 28, places: [...CH, ...SH, ...EE], hex: "4001", data: { limit: 16385 } },
  { type: 29, places: CH, hex: "03 010203", data: { protectedNameLength: 3 } },
  { type: 30, places: CH, hex: "03 626f62", data: { name: "bob" } },
  { type: 31, places: [...CH, ...SH, ...HRR], hex: "0002 beef", data: { salt: "beef" } },
  { type: 32, places: CH, hex: "0002 beef", data: { ticketLength: 2 } },
  { type: 32, places: EE, hex: "01 aa 0002 beef 00015180", data: { proofLength: 1, ticketLength: 2, lifetime: 86400 } },
  empty(33, "client_hello", "server_hello"),
  { type: 34, places: [...CH, ...CR], hex: "0004 0403 2a2a", data: SCHEMES },
  {
    type: 34,
    places: CT,
    hex: "00000e10 0403 000002 3000 0804 0003 010203",
    data: {
      validTime: 3600,
      certificateVerifyScheme: point("0x0403", "ecdsa_secp256r1_sha256"),
      publicKeyLength: 2,
      scheme: point("0x0804", "rsa_pss_rsae_sha256"),
      signatureLength: 3,
    },
  },
  { type: 35, places: CH, hex: "010203", data: { ticketLength: 3 }, whole: "any" },
  empty(35, "server_hello"),
  { type: 39, places: CH, hex: "02 01 02", data: { ciphers: [point("0x01", "AESKW128"), point("0x02", "AESKW256")] } },
  { type: 39, places: [...SH, ...EE], hex: "02", data: { cipher: point("0x02", "AESKW256") } },
  ...[40, 51].flatMap((type): Vector[] => [
    {
      type,
      places: CH,
      hex: "0009 7a7a 0001 00 001d 0000",
      data: {
        entries: [
          { group: point("0x7a7a", "GREASE"), length: 1 },
          { group: point("0x001d", "x25519"), length: 0 },
        ],
      },
    },
    { type, places: SH, hex: "0017 0003 040506", data: { entry: { group: point("0x0017", "secp256r1"), length: 3 } } },
    { type, places: HRR, hex: "0018", data: { group: point("0x0018", "secp384r1") } },
  ]),
  {
    type: 41,
    places: CH,
    hex: `0053 0005 616c696365 00000000 0042 ${"ee".repeat(66)} 89abcdef 0006 02 aabb 02 ccdd`,
    data: {
      identities: [
        { length: 5, identity: "alice", obfuscatedTicketAge: 0 },
        { length: 66, obfuscatedTicketAge: 0x89abcdef },
      ],
      binderLengths: [2, 2],
    },
  },
  { type: 41, places: SH, hex: "0001", data: { selectedIdentity: 1 } },
  empty(42, "client_hello", "encrypted_extensions"),
  { type: 42, places: NST, hex: "ffffffff", data: { maxEarlyDataSize: 4294967295 } },
  {
    type: 43,
    places: CH,
    hex: "06 8a8a 0304 0303",
    data: { versions: [point("0x8a8a", "GREASE"), point("0x0304", "TLS 1.3"), point("0x0303", "TLS 1.2")] },
  },
  { type: 43, places: [...SH, ...HRR], hex: "0304", data: { version: point("0x0304", "TLS 1.3") } },
  { type: 44, places: [...CH, ...HRR], hex: "0003 010203", data: { cookie: "010203" } },
  { type: 45, places: CH, hex: "02 01 0b", data: { modes: [point("0x01", "psk_dhe_ke"), point("0x0b", "GREASE")] } },
  { type: 47, places: [...CH, ...CR], hex: "0009 0003 300100 0002 3000", data: { authorities: ["300100", "3000"] } },
  { type: 48, places: CR, hex: "0007 03 551d25 0001 ff", data: { filters: [{ oid: "551d25", values: "ff" }] } },
  empty(49, "client_hello"),
  { type: 50, places: [...CH, ...CR], hex: "0004 0403 2a2a", data: SCHEMES },
  empty(52, "client_hello", "certificate_request"),
  {
    type: 52,
    places: [...SH, ...CT],
    hex: "0006 0004 0102 beef",
    data: { items: [{ type: point("0x0102", "x509_sct_v2"), length: 4 }] },
  },
  ...[53, 54].map((type): Vector => ({ type, places: [...CH, ...SH], hex: "02 beef", data: { connectionId: "beef" } })),
  { type: 55, places: [...CH, ...SH, ...EE], hex: "02 beef", data: { bindingHash: "beef" } },
  { type: 56, places: [...CH, ...SH, ...EE], hex: "02 beef", data: { sessionId: "beef" } },
  {
    type: 57,
    places: [...CH, ...EE],
    hex: "01 02 4e20 0c 00 40ff 01 aa",
    data: {
      parameters: [
        { id: "0x01", name: "max_idle_timeout", length: 2, value: 3616 },
        { id: "0x0c", name: "disable_active_migration", length: 0 },
        { id: "0xff", name: null, length: 1, hex: "aa" },
      ],
    },
    whole: [0, 4, 6],
  },
  {
    type: 57,
    places: CH,
    hex: `11 0c 00000001 0a1a2a3a 6b3343cf 0f 00 04 08 ffffffffffffffff 03 04 800005dc
      0d 29 c0000201 01bb 20010db8000000000000000000000001 01bc 00 ${"5a".repeat(16)}
      ff04de1b00000000 01 05 7129 03 4f4b0a c0000000ff04de1b 02 4400 1b 01 00`,
    data: {
      parameters: [
        {
          id: "0x11",
          name: "version_information",
          length: 12,
          value: {
            chosenVersion: point("0x00000001", "QUIC 1"),
            availableVersions: [point("0x0a1a2a3a", "GREASE"), point("0x6b3343cf", "QUIC 2")],
          },
        },
        { id: "0x0f", name: "initial_source_connection_id", length: 0, value: "" },
        { id: "0x04", name: "initial_max_data", length: 8, value: "4611686018427387903" },
        { id: "0x03", name: "max_udp_payload_size", length: 4, value: 1500 },
        {
          id: "0x0d",
          name: "preferred_address",
          length: 41,
          value: {
            ipv4Address: "192.0.2.1",
            ipv4Port: 443,
            ipv6Address: "2001:db8:0:0:0:0:0:1",
            ipv6Port: 444,
            connectionId: "",
            statelessResetToken: "5a".repeat(16),
          },
        },
        { id: "0x3f04de1b00000000", name: null, length: 1, hex: "05" },
        { id: "0x3129", name: "user_agent", length: 3, value: "OK\\x0a" },
        { id: "0xff04de1b", name: "min_ack_delay", length: 2, value: 1024 },
        { id: "0x1b", name: "GREASE", length: 1, hex: "00" },
      ],
    },
    whole: [0, 14, 16, 26, 32, 75, 85, 91, 102],
  },
  { type: 58, places: CH, hex: "02 01", data: { newSessionCount: 2, resumptionCount: 1 } },
  { type: 58, places: EE, hex: "02", data: { expectedCount: 2 } },
  { type: 59, places: CH, hex: "01bb", data: { port: 443 } },
  { type: 59, places: [...SH, ...CT], hex: "0018 0003 010203", data: { supportLifetime: 24, chainLength: 3 } },
  empty(61, "client_hello", "server_hello"),
  { type: 62, places: [...CH, ...SH, ...HRR, ...EE, ...CR, ...CT, ...NST], hex: "03 28 00 80", data: { flags: [3, 5, 23] } },
  empty(0x3374, "client_hello"),
  { type: 0x3374, places: SH, hex: "02 6832 06 7370 6479 2f33", data: { protocols: ["h2", "spdy/3"] }, whole: "any" },
  ...[0x4469, 0x44cd].flatMap((type): Vector[] => [
    { type, places: CH, hex: "0003 02 6832", data: { protocols: ["h2"] } },
    { type, places: EE, hex: "beef", data: { settings: "beef" }, whole: "any" },
  ]),
  ...[0x754f, 0x7550].map((type) => empty(type, "client_hello", "server_hello", "encrypted_extensions")),
  { type: 0x8b47, places: CH, hex: zeros(3), data: { paddingLength: 3 }, whole: "any" },
  { type: 0xca34, places: [...CH, ...EE, ...CR], hex: "0007 04 81fd5901 01 05", data: { trustAnchors: ["32473.1", "5"] } },
  empty(0xca34, "certificate"),
  empty(0xda09, "client_hello"),
  {
    type: 0xfd00,
    places: CH,
    hex: "04 000a 0033",
    data: { outerExtensions: [point("0x000a", "supported_groups"), point("0x0033", "key_share")] },
  },
  ...[0xfe08, 0xfe09].flatMap((type): Vector[] => [
    { type, places: CH, hex: ECH_LONG_ID, data: { ...ECH_OUTER_DATA, configId: "2a2b" } },
    { type, places: EE, hex: RETRY_CONFIGS, data: RETRY_CONFIGS_DATA },
  ]),
  { type: 0xfe0a, places: CH, hex: ECH_OUTER, data: ECH_OUTER_DATA },
  ...[0xfe0b, 0xfe0c, 0xfe0d].flatMap((type): Vector[] => [
    { type, places: CH, hex: `00 ${ECH_OUTER}`, data: { type: point("0x00", "outer"), ...ECH_OUTER_DATA } },
    { type, places: CH, hex: "01", data: { type: point("0x01", "inner") } },
  ]),
  ...[0xfe0a, 0xfe0b, 0xfe0c, 0xfe0d].flatMap((type): Vector[] => [
    { type, places: HRR, hex: "0102030405060708", data: { confirmation: "0102030405060708" } },
    { type, places: EE, hex: RETRY_CONFIGS, data: RETRY_CONFIGS_DATA },
  ]),
  { type: 0xff01, places: [...CH, ...SH], hex: "00", data: { renegotiatedConnection: "" } },
  { type: 0xff01, places: [...CH, ...SH], hex: "02 beef", data: { renegotiatedConnection: "beef" } },
  { type: 0xff02, places: CH, hex: "0004 0403 2a2a", data: SCHEMES, whole: [0, 2] },
  { type: 0xff02, places: CH, hex: "000e", data: { tls13Draft: 14 }, whole: [0] },
  empty(0xff02, "client_hello"),
  {
    type: 0xffa5,
    places: [...CH, ...EE],
    hex: "01 02 4e20",
    data: { parameters: [{ id: "0x01", name: "max_idle_timeout", length: 2, value: 3616 }] },
    whole: [0],
  },
  {
    type: 0xffa5,
    places: [...CH, ...EE],
    hex: "0006 0001 0002 4e20",
    data: { parameters: [{ id: "0x01", name: "max_idle_timeout", length: 2, value: 3616 }] },
    whole: [0],
  },
  {
    type: 0xffa5,
    places: CH,
    hex: "ff000012 0006 0001 0002 4e20",
    data: {
      initialVersion: point("0xff000012", "QUIC 1 (draft 18)"),
      parameters: [{ id: "0x01", name: "max_idle_timeout", length: 2, value: 3616 }],
    },
    whole: [0],
  },
  {
    type: 0xffa5,
    places: EE,
    hex: "ff00000d 04 ff00000d 0006 0001 0002 4e20",
    data: {
      negotiatedVersion: point("0xff00000d", "QUIC 1 (draft 13)"),
      supportedVersions: [point("0xff00000d", "QUIC 1 (draft 13)")],
      parameters: [{ id: "0x01", name: "max_idle_timeout", length: 2, hex: "4e20" }],
    },
    whole: [0],
  },
  {
    type: 0xffce,
    places: CH,
    hex: "1301 001d 0002 aabb 0002 ccdd 0003 010203",
    data: {
      cipherSuite: { id: "0x1301", name: "TLS_AES_128_GCM_SHA256", openssl: "TLS_AES_128_GCM_SHA256" },
      group: point("0x001d", "x25519"),
      keyLength: 2,
      recordDigest: "ccdd",
      encryptedNameLength: 3,
    },
  },
  { type: 0xffce, places: EE, hex: "5b".repeat(16), data: { nonce: "5b".repeat(16) } },
];
