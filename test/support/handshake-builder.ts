/**
 * Handshakes of the model for tests: a working TLS 1.2 one unless told otherwise, every part of which
 * can be replaced. Made as plain objects, so that a test says only what it is about.
 */
import type { Capture, Handshake } from "../../src/handshake/handshake.ts";
import type {
  Alert,
  Certificate,
  CertificateEntry,
  ClientHello,
  Extension,
  Message,
  OpaqueMessage,
  ServerHello,
  ServerKeyExchange,
  Side,
} from "../../src/message/message.ts";
import type { CodePoint } from "../../src/registry/codepoint.ts";

/** A code point; `0x0a0a` and its like are GREASE by themselves. */
export function point(id: string, name: string | null = `name of ${id}`): CodePoint {
  return { id, name: /^0x(.)a\1a$/.test(id) ? "GREASE" : name };
}

/** Code points by their numbers. */
export function points(...ids: string[]): CodePoint[] {
  return ids.map((id) => point(id));
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  server_name: "0x0000",
  status_request: "0x0005",
  supported_groups: "0x000a",
  ec_point_formats: "0x000b",
  signature_algorithms: "0x000d",
  application_layer_protocol_negotiation: "0x0010",
  signed_certificate_timestamp: "0x0012",
  padding: "0x0015",
  encrypt_then_mac: "0x0016",
  extended_master_secret: "0x0017",
  compress_certificate: "0x001b",
  record_size_limit: "0x001c",
  delegated_credential: "0x0022",
  session_ticket: "0x0023",
  pre_shared_key: "0x0029",
  supported_versions: "0x002b",
  cookie: "0x002c",
  psk_key_exchange_modes: "0x002d",
  key_share: "0x0033",
  connection_id: "0x0036",
  quic_transport_parameters: "0x0039",
  application_settings: "0x44cd",
  encrypted_client_hello: "0xfe0d",
  renegotiation_info: "0xff01",
};

/** An extension by its name, or by its number (also a GREASE one). */
export function extension(name: string, data: Extension["data"] = {}, more: Partial<Extension> = {}): Extension {
  const { id, name: known } = name.startsWith("0x") ? point(name, null) : { id: EXTENSIONS[name] ?? "0xffff", name };
  return { id, name: known, length: JSON.stringify(data).length, data, ...more };
}

/** An extension that was not decoded. */
export function opaqueExtension(id: string, hex: string): Extension {
  return { ...point(id, null), length: hex.length / 2, hex };
}

const HEADER = { packet: 1, packets: [1], time: "2026-01-01T00:00:00.000001Z", length: 100 } as const;

/** A hello that offers two suites on TLS 1.2. */
export function clientHello(more: Partial<ClientHello> = {}): ClientHello {
  return {
    ...HEADER,
    type: "client_hello",
    from: "client",
    recordVersion: point("0x0301", "TLS 1.0"),
    legacyVersion: point("0x0303", "TLS 1.2"),
    random: "11".repeat(32),
    sessionId: "",
    cipherSuites: points("0xc02f", "0x0035"),
    compressionMethods: [point("0x00", "null")],
    extensions: [
      extension("server_name", { serverName: "a.test" }),
      extension("supported_groups", { groups: points("0x001d", "0x0017") }),
      extension("signature_algorithms", { schemes: points("0x0804", "0x0401") }),
    ],
    ...more,
  };
}

/** A client hello with these extensions. */
export function helloWith(...extensions: Extension[]): ClientHello {
  return clientHello({ extensions });
}

/** A server hello that chooses the first suite. */
export function serverHello(more: Partial<ServerHello> = {}): ServerHello {
  return {
    ...HEADER,
    type: "server_hello",
    from: "server",
    packet: 2,
    packets: [2],
    recordVersion: point("0x0303", "TLS 1.2"),
    legacyVersion: point("0x0303", "TLS 1.2"),
    random: "22".repeat(32),
    sessionId: "",
    cipherSuite: point("0xc02f"),
    compressionMethod: point("0x00", "null"),
    extensions: [],
    ...more,
  };
}

/** A certificate message of one certificate, named after what its digest begins with. */
export function certificate(entries: readonly Partial<CertificateEntry>[] = [{}], more: Partial<Certificate> = {}): Certificate {
  return {
    ...HEADER,
    type: "certificate",
    from: "server",
    certificates: entries.map((entry) => ({ sha256: "aa".repeat(32), length: 800, subject: "CN=a.test", issuer: "CN=ca", ...entry })),
    ...more,
  };
}

export function serverKeyExchange(more: Partial<ServerKeyExchange> = {}): ServerKeyExchange {
  return {
    ...HEADER,
    type: "server_key_exchange",
    from: "server",
    keyExchange: "ECDHE",
    group: point("0x001d"),
    publicLength: 32,
    ...more,
  };
}

export function alert(from: Side, description: string, level = "0x02"): Alert {
  return { ...HEADER, type: "alert", from, level: point(level), description: point(description) };
}

/** A message without fields of interest. */
export function bare(type: OpaqueMessage["type"], from: Side, more: Partial<OpaqueMessage> = {}): OpaqueMessage {
  return { ...HEADER, type, from, ...more };
}

/** A message of any type, for those that have no builder. */
export function message(type: Message["type"], from: Side, fields: object = {}): Message {
  return { ...HEADER, type, from, ...fields } as unknown as Message;
}

/** A working TLS 1.2 handshake. */
export function handshake(more: Partial<Handshake> = {}): Handshake {
  return {
    id: 1,
    protocol: "tls",
    transport: {
      protocol: "tcp",
      client: { address: "10.0.0.1", port: 40_000 },
      server: { address: "10.0.0.9", port: 443 },
    },
    stream: 0,
    serverName: "a.test",
    outcome: "established",
    negotiated: { version: point("0x0303", "TLS 1.2"), cipherSuite: point("0xc02f") },
    fingerprints: {},
    messages: [clientHello(), serverHello(), certificate(), serverKeyExchange(), bare("server_hello_done", "server")],
    events: [],
    ...more,
  };
}

/** A handshake with this client hello, and the rest as in a working one. */
export function handshakeOf(hello: ClientHello, more: Partial<Handshake> = {}): Handshake {
  return handshake({ messages: [hello, ...handshake().messages.slice(1)], ...more });
}

/** A handshake that the server refused right after the hello. */
export function refused(hello: ClientHello = clientHello(), more: Partial<Handshake> = {}): Handshake {
  return handshake({
    outcome: "failed",
    failure: { kind: "alert", by: "server", packet: 2, alert: point("0x28", "handshake_failure"), after: "client_hello" },
    negotiated: {},
    messages: [hello, alert("server", "0x28")],
    ...more,
  });
}

/** A capture of these handshakes, numbered from 1. */
export function capture(file: string, ...handshakes: Handshake[]): Capture {
  return { file, notes: [], handshakes: handshakes.map((each, index) => Object.assign({}, each, { id: index + 1, stream: index })) };
}
