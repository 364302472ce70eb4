#!/usr/bin/env node
/**
 * Fetches IANA's registries and rewrites `iana/*.csv` and `iana/sources.json`; `*.private.csv` and the
 * other hand-kept files stay as they are. Needs the network, so it is run by hand and never by a test:
 * `node refresh.mjs`, then read the diff, then `node generate.mjs`. A registry whose title IANA has changed stops it.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "iana");
const assignments = "https://www.iana.org/assignments";

/** IANA's pages; under each, file name to title of the registry and octets of its numbers (0: as many as a number needs). */
const pages = {
  "tls-parameters": {
    alerts: ["TLS Alerts", 1],
    cipher_suites: ["TLS Cipher Suites", 2],
    client_certificate_types: ["TLS ClientCertificateType Identifiers", 1],
    content_types: ["TLS ContentType", 1],
    ec_curve_types: ["TLS EC Curve Types", 1],
    ec_point_formats: ["TLS EC Point Formats", 1],
    handshake_types: ["TLS HandshakeType", 1],
    hash_algorithms: ["TLS HashAlgorithm", 1],
    heartbeat_modes: ["TLS Heartbeat Modes", 1],
    psk_key_exchange_modes: ["TLS PskKeyExchangeMode", 1],
    signature_algorithms: ["TLS SignatureAlgorithm", 1],
    signature_schemes: ["TLS SignatureScheme", 2],
    supplemental_data_types: ["TLS Supplemental Data Formats (SupplementalDataType)", 2],
    supported_groups: ["TLS Supported Groups", 2],
    user_mapping_types: ["TLS UserMappingType Values", 1],
  },
  "tls-extensiontype-values": {
    certificate_compression_algorithms: ["TLS Certificate Compression Algorithm IDs", 2],
    certificate_status_types: ["TLS Certificate Status Types", 1],
    certificate_types: ["TLS Certificate Types", 1],
    extension_types: ["TLS ExtensionType Values", 2],
  },
  "comp-meth-ids": { compression_methods: ["TLS Compression Method Identifiers", 1] },
  hpke: {
    hpke_aead: ["HPKE AEAD Identifiers", 2],
    hpke_kdf: ["HPKE KDF Identifiers", 2],
    hpke_kem: ["HPKE KEM Identifiers", 2],
  },
  quic: {
    quic_transport_error_codes: ["QUIC Transport Error Codes", 0],
    quic_transport_parameters: ["QUIC Transport Parameters", 0],
  },
};

/** The CSV text of the registry `title` in one of IANA's XML pages. */
export function toCsv(xml, title, octets) {
  const parts = xml.split(/<registry [^>]*>/).slice(1);
  const part = parts.find((text) => textOf(text, "title") === title);
  if (part === undefined)
    throw new Error(`IANA has no registry ${title}; it has: ${parts.map((text) => textOf(text, "title")).join("; ")}`);
  const lines = ["value,name,reference,status"];
  for (const [, record] of part.matchAll(/<record[^>]*>(.*?)<\/record>/gs)) {
    const row = toRow(record, octets);
    if (row !== undefined) lines.push(row.map(quoted).join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** A record as [value, name, reference, status], or `undefined` for what needs no row: gaps, private ranges, GREASE. */
function toRow(record, octets) {
  const [, number, name] = /<value>(.*?)<\/value>\s*<\w+>(.*?)<\/\w+>/s.exec(record) ?? [];
  if (name === undefined || /^Unassigned|Private Use|^Reserved (?!$)/.test(name)) return undefined;
  const references = [...record.matchAll(/<xref type="([^"]*)" data="([^"]*)"(?:\/>|>(.*?)<\/xref>)/gs)];
  if (references.some(([, , data]) => data === "rfc8701")) return undefined;
  const value = number.split("-").map((text) => toHex(text, octets));
  if (value.includes(undefined)) return undefined;
  const status = name === "Reserved" ? "reserved" : name.endsWith("_RESERVED") ? "legacy_reserved" : "assigned";
  return [value.join("-"), plain(name), references.map(([, type, data, words]) => `[${cited(type, data, words)}]`).join(""), status];
}

function toHex(text, octets) {
  const digits = /^\d+$/.test(text) ? Number(text).toString(16) : text.replaceAll(/0x|,/gi, "").toLowerCase();
  if (!/^[0-9a-f]+$/.test(digits)) return undefined;
  return `0x${digits.padStart(octets === 0 ? digits.length + (digits.length % 2) : 2 * octets, "0")}`;
}

function plain(name) {
  const text = name.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">").trim();
  return text.replace(/ \(deprecated\)$/i, "_deprecated").replace(/\s+\(.*\)$/, "");
}

function cited(type, data, words) {
  if (words !== undefined && words !== "") return words;
  if (type === "rfc") return data.toUpperCase();
  return type === "rfc-errata" ? `RFC Errata ${data}` : data;
}

function quoted(field) {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function textOf(xml, element) {
  return new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(xml)?.[1]?.trim();
}

async function refresh() {
  const day = new Date().toISOString().slice(0, 10);
  const sources = JSON.parse(readFileSync(join(here, "sources.json"), "utf8"));
  for (const [page, registries] of Object.entries(pages)) {
    const source = `${assignments}/${page}/${page}.xml`;
    const answer = await fetch(source);
    if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
    const xml = await answer.text();
    for (const [name, [title, octets]] of Object.entries(registries)) {
      writeFileSync(join(here, `${name}.csv`), toCsv(xml, title, octets));
      sources[`${name}.csv`] = { source, updated: textOf(xml, "updated"), day };
    }
  }
  for (const file of readdirSync(here).filter((name) => name.endsWith(".csv"))) {
    sources[file].sha256 = createHash("sha256")
      .update(readFileSync(join(here, file)))
      .digest("hex");
  }
  writeFileSync(join(here, "sources.json"), `${JSON.stringify(sources, null, 2)}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await refresh();
