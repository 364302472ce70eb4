import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codePoint, registered, type RegistryName } from "../../src/registry/codepoint.ts";
import { registries } from "../../src/registry/registries.ts";
import { entriesOf } from "../../src/registry/table.ts";

const named: readonly (readonly [RegistryName, number | bigint, string, string | null])[] = [
  ["cipher_suites", 0x1301, "0x1301", "TLS_AES_128_GCM_SHA256"],
  ["cipher_suites", 0x00ff, "0x00ff", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"],
  ["cipher_suites", 0xff85, "0xff85", "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT"],
  ["cipher_suites", 0x0000, "0x0000", "TLS_NULL_WITH_NULL_NULL"],
  ["sslv2_ciphers", 0x010080, "0x010080", "SSL_CK_RC4_128_WITH_MD5"],
  ["extension_types", 0x0000, "0x0000", "server_name"],
  ["extension_types", 0x0010, "0x0010", "application_layer_protocol_negotiation"],
  ["extension_types", 0x0017, "0x0017", "extended_master_secret"],
  ["extension_types", 0x001a, "0x001a", "tls_lts"],
  ["extension_types", 0x0028, "0x0028", "key_share_draft"],
  ["extension_types", 0x3374, "0x3374", "next_protocol_negotiation"],
  ["extension_types", 0x4469, "0x4469", "application_settings"],
  ["extension_types", 0x44cd, "0x44cd", "application_settings"],
  ["extension_types", 0x7550, "0x7550", "channel_id"],
  ["extension_types", 0xfe0d, "0xfe0d", "encrypted_client_hello"],
  ["extension_types", 0xff01, "0xff01", "renegotiation_info"],
  ["supported_groups", 0x0017, "0x0017", "secp256r1"],
  ["supported_groups", 0x001d, "0x001d", "x25519"],
  ["supported_groups", 0x11ec, "0x11ec", "X25519MLKEM768"],
  ["supported_groups", 0x6399, "0x6399", "X25519Kyber768Draft00"],
  ["signature_schemes", 0x0403, "0x0403", "ecdsa_secp256r1_sha256"],
  ["signature_schemes", 0x0301, "0x0301", "rsa_pkcs1_sha224"],
  ["signature_schemes", 0x0202, "0x0202", "dsa_sha1"],
  ["signature_schemes", 0x0904, "0x0904", "mldsa44"],
  ["alerts", 40, "0x28", "handshake_failure"],
  ["alerts", 21, "0x15", "decryption_failed"],
  ["alerts", 41, "0x29", "no_certificate"],
  ["alerts", 60, "0x3c", "export_restriction"],
  ["alerts", 121, "0x79", "ech_required"],
  ["alert_levels", 1, "0x01", "warning"],
  ["alert_levels", 2, "0x02", "fatal"],
  ["handshake_types", 0, "0x00", "hello_request"],
  ["handshake_types", 12, "0x0c", "server_key_exchange"],
  ["handshake_types", 67, "0x43", "next_protocol"],
  ["content_types", 22, "0x16", "handshake"],
  ["versions", 0x0300, "0x0300", "SSL 3.0"],
  ["versions", 0x0301, "0x0301", "TLS 1.0"],
  ["versions", 0x0304, "0x0304", "TLS 1.3"],
  ["versions", 0x7f1c, "0x7f1c", "TLS 1.3 (draft 28)"],
  ["versions", 0x7f0e, "0x7f0e", "TLS 1.3 (draft 14)"],
  ["versions", 0xfeff, "0xfeff", "DTLS 1.0"],
  ["versions", 0xfefd, "0xfefd", "DTLS 1.2"],
  ["versions", 0xfefc, "0xfefc", "DTLS 1.3"],
  ["compression_methods", 0, "0x00", "null"],
  ["compression_methods", 1, "0x01", "DEFLATE"],
  ["ec_point_formats", 0, "0x00", "uncompressed"],
  ["ec_curve_types", 3, "0x03", "named_curve"],
  ["psk_key_exchange_modes", 1, "0x01", "psk_dhe_ke"],
  ["certificate_types", 2, "0x02", "Raw Public Key"],
  ["client_certificate_types", 1, "0x01", "rsa_sign"],
  ["client_certificate_types", 20, "0x14", "fortezza_dms"],
  ["certificate_status_types", 2, "0x02", "ocsp_multi"],
  ["certificate_compression_algorithms", 2, "0x0002", "brotli"],
  ["heartbeat_modes", 1, "0x01", "peer_allowed_to_send"],
  ["hash_algorithms", 4, "0x04", "sha256"],
  ["hash_algorithms", 7, "0x07", null],
  ["signature_algorithms", 3, "0x03", "ecdsa"],
  ["hpke_kem", 0x20, "0x0020", "DHKEM(X25519, HKDF-SHA256)"],
  ["hpke_kdf", 1, "0x0001", "HKDF-SHA256"],
  ["hpke_aead", 1, "0x0001", "AES-128-GCM"],
  ["max_fragment_lengths", 3, "0x03", "2^11"],
  ["quic_versions", 1, "0x00000001", "QUIC 1"],
  ["quic_versions", 0x6b3343cf, "0x6b3343cf", "QUIC 2"],
  ["quic_versions", 0xff00001d, "0xff00001d", "QUIC 1 (draft 29)"],
  ["quic_versions", 0x51303436, "0x51303436", "Google QUIC Q046"],
  ["quic_versions", 0x51303335, "0x51303335", "Google QUIC"],
  ["quic_versions", 0xfaceb002, "0xfaceb002", "mvfst (draft 27)"],
  ["quic_transport_parameters", 0x04, "0x04", "initial_max_data"],
  ["quic_transport_parameters", 0x2ab2, "0x2ab2", "grease_quic_bit"],
  ["quic_transport_parameters", 0x4143414213370002n, "0x4143414213370002", "bdp_frame"],
  ["quic_transport_error_codes", 0x0128, "0x0128", "CRYPTO_ERROR"],
  ["quic_transport_error_codes", 10, "0x0a", "PROTOCOL_VIOLATION"],
];

describe("codePoint", () => {
  it.each(named)("names %s %i", (registry, value, id, name) => {
    expect(codePoint(registry, value)).toMatchObject({ id, name });
  });

  it.each([
    ["cipher_suites", 0x9a9b, "0x9a9b"],
    ["extension_types", 0x0a1a, "0x0a1a"],
    ["alerts", 200, "0xc8"],
    ["sslv2_ciphers", 0x123456, "0x123456"],
    ["quic_versions", 0x12345678, "0x12345678"],
    ["quic_transport_parameters", 0x12345, "0x012345"],
    ["quic_transport_parameters", 0x3fffffffffffffffn, "0x3fffffffffffffff"],
  ] as const)("gives %s %i no name, and all digits of its field", (registry, value, id) => {
    expect(codePoint(registry, value)).toEqual({ id, name: null });
  });

  const greaseRegistries = ["cipher_suites", "extension_types", "supported_groups", "signature_schemes", "versions"] as const;
  it.each(greaseRegistries)("names the 16 GREASE values of %s, and none but them", (registry) => {
    const greased = Array.from({ length: 0x1_0000 }, (_, value) => value).filter((value) => codePoint(registry, value).name === "GREASE");
    expect(greased).toEqual(Array.from({ length: 16 }, (_, nibble) => (nibble * 16 + 10) * 0x0101));
  });

  it("names the 8 GREASE modes of PSK key exchange", () => {
    const greased = Array.from({ length: 256 }, (_, value) => value).filter(
      (value) => codePoint("psk_key_exchange_modes", value).name === "GREASE",
    );
    expect(greased).toEqual([0x0b, 0x2a, 0x49, 0x68, 0x87, 0xa6, 0xc5, 0xe4]);
  });

  it.each([
    ["quic_versions", 0x1a2a3a4a, "GREASE"],
    ["quic_versions", 0xfafafafa, "GREASE"],
    ["quic_versions", 0x1a2a3a4b, null],
    ["quic_transport_parameters", 31 * 7 + 27, "GREASE"],
    ["quic_transport_parameters", 31n * 0x1000_0000_0000_000n + 27n, "GREASE"],
    ["quic_transport_parameters", 31 * 7 + 28, null],
  ] as const)("knows QUIC's reserved values: %s %i", (registry, value, name) => {
    expect(codePoint(registry, value).name).toBe(name);
  });

  it("adds OpenSSL's name to a suite, and to nothing else", () => {
    expect(codePoint("cipher_suites", 0x0035).openssl).toBe("AES256-SHA");
    expect(codePoint("cipher_suites", 0x1302).openssl).toBe("TLS_AES_256_GCM_SHA384");
    expect(codePoint("cipher_suites", 0xc02f).openssl).toBe("ECDHE-RSA-AES128-GCM-SHA256");
    expect(codePoint("cipher_suites", 0x5600)).not.toHaveProperty("openssl");
    expect(codePoint("supported_groups", 0x0017)).not.toHaveProperty("openssl");
  });

  it("gives the same frozen object every time", () => {
    for (const value of [0x0035, 0x9a9b, 0x2a2a]) {
      expect(codePoint("cipher_suites", value)).toBe(codePoint("cipher_suites", value));
      expect(Object.isFrozen(codePoint("cipher_suites", value))).toBe(true);
    }
    expect(codePoint("quic_transport_parameters", 4n)).toBe(codePoint("quic_transport_parameters", 4));
  });

  it("still answers when more numbers come than it keeps", () => {
    for (let value = 0x4000_0000; value < 0x4001_1000; value++) codePoint("quic_versions", value);
    expect(codePoint("quic_versions", 0x4001_0fff)).toEqual({ id: "0x40010fff", name: null });
    expect(codePoint("quic_versions", 1).name).toBe("QUIC 1");
  });
});

describe("every table", () => {
  const all = Object.entries(registries) as [RegistryName, (typeof registries)[RegistryName]][];

  it.each(all)("%s names no number twice, and its numbers fit their field", (_, { table }) => {
    const entries = [...entriesOf(table.assigned), ...entriesOf(table.seen)];
    const single = entries.filter((entry) => entry.first === entry.last).map((entry) => entry.first);
    expect(new Set(single).size).toBe(single.length);
    for (const { first, last, name } of entries) {
      expect(last >= first && name !== "" && first >= 0).toBe(true);
      if (table.octets > 0) expect(Number(last)).toBeLessThan(2 ** (8 * table.octets));
    }
  });

  it.each(all)("%s has printable names and no GREASE of its own", (registry, { table, isGrease }) => {
    for (const { first, name } of [...entriesOf(table.assigned), ...entriesOf(table.seen)]) {
      expect(name).toMatch(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
      expect(isGrease?.(Number(first)) ?? false, `${registry} ${first}`).toBe(false);
    }
  });
});

describe("registered", () => {
  it.each(["extension_types", "alerts", "cipher_suites", "handshake_types"] as const)("lists what IANA has assigned in %s", (registry) => {
    const csv = readFileSync(join(import.meta.dirname, `../../src/registry/iana/${registry}.csv`), "utf8");
    const rows = csv.trim().split("\n").slice(1);
    const assigned = rows.filter((row) => !row.endsWith(",reserved")).map((row) => Number(row.split(",")[0]));
    expect(registered(registry)).toEqual(assigned);
  });

  it("leaves private numbers, GREASE and ranges out", () => {
    expect(registered("extension_types")).not.toContain(0x3374);
    expect(registered("extension_types")).not.toContain(0x0a0a);
    expect(registered("quic_transport_error_codes")).not.toContain(0x0100);
  });
});
