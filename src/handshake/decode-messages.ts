/**
 * Decodes the messages of one connection, each with its header, in the order in which they became complete, as far as was asked for.
 */
import { fromHex, toHex } from "../bytes/hex.ts";
import { timeText } from "../flow/moment.ts";
import type { SideIndex } from "../flow/pair.ts";
import { derOf } from "../message/certificate.ts";
import { decodeAlert, decodeMessage, decodeSslv2Hello, messageType } from "../message/decode-message.ts";
import type {
  CertificateDecompressor,
  CertificateEntry,
  DecodeContext,
  DecodedBody,
  Message,
  MessageHeader,
  Side,
} from "../message/message.ts";
import { UNREAD } from "../record/defragment.ts";
import type { Exchange, RawMessage } from "../record/tls-stream.ts";
import { codePoint } from "../registry/codepoint.ts";
import { tlsCounterpart } from "../registry/tls-versions.ts";
import type { AssembleOptions, CertificateReader } from "./assemble.ts";
import { numberOf, versionOf } from "./negotiation.ts";

/** Handshake types that say what is offered and chosen: a summary needs no bodies of others. */
export const HELLOS: ReadonlySet<number> = new Set([1, 2, 6]);

/** The handshake type, also of a hello in the form of SSL 2.0; -1 for other messages. */
export function handshakeTypeOf(message: RawMessage): number {
  if (message.kind === "handshake") return message.handshakeType;
  if (message.kind !== "sslv2") return -1;
  return message.body[0] === 1 ? 1 : 2;
}

/** Decodes messages in order; `isBrief`: of hellos, only what is needed to judge the handshake, see `DecodeContext`. */
export function decodeAll(
  ordered: readonly RawMessage[],
  protocol: Exchange["protocol"],
  sideName: (side: SideIndex) => Side,
  options: AssembleOptions,
  isBrief: boolean,
): Message[] {
  const messages: Message[] = [];
  const decompress = options.decompress === undefined ? undefined : rationed(options.decompress);
  const context: Writable<DecodeContext> = { protocol, from: "client", version: 0, cipherSuite: -1, decompress, isBrief };
  const decode = (raw: RawMessage): Message => {
    context.from = sideName(raw.side);
    const message = (isBrief && raw !== ordered[0] ? typeOnly(raw, context.from) : undefined) ?? decodeOne(raw, context, options);
    if (message.type === "server_hello" || message.type === "hello_retry_request") {
      context.version = tlsCounterpart(versionOf(message) ?? context.version);
      context.cipherSuite = numberOf(message.cipherSuite) ?? context.cipherSuite;
    }
    return message;
  };
  // A datagram may overtake the one with the hello that says how to decode it.
  const hello = protocol === "dtls" ? ordered.find((raw) => handshakeTypeOf(raw) === 2) : undefined;
  if (hello !== undefined) decode(hello);
  for (const raw of ordered) messages.push(decode(raw));
  return messages;
}

/** Messages with nothing but their type: shared by all connections, and frozen. */
const typesOnly = { client: new Map<number, Message>(), server: new Map<number, Message>() };

/** The shared object for a complete message of which a line of `list` only needs the type. */
function typeOnly(raw: RawMessage, from: Side): Message | undefined {
  const isTold = raw.kind === "change_cipher_spec" || (raw.kind === "handshake" && !HELLOS.has(raw.handshakeType) && !isCut(raw));
  if (!isTold) return undefined;
  const number = raw.kind === "handshake" ? raw.handshakeType : -1;
  const known = typesOnly[from].get(number);
  if (known !== undefined) return known;
  const type = raw.kind === "handshake" ? messageType(number) : raw.kind;
  const made = Object.freeze({ type, from, packet: 0, packets: [], time: "", length: 0 }) as unknown as Message;
  typesOnly[from].set(number, made);
  return made;
}

/** Does the capture lack octets of a message that was to be read? */
function isCut(raw: RawMessage): boolean {
  return raw.kind === "handshake" && raw.body.length < raw.length && raw.body !== UNREAD;
}

/** Octets that all compressed certificates of one connection may have when decompressed. */
const DECOMPRESSED_OCTETS = 2_097_152;

/** Decompresses as long as the total allows: a connection may have many messages that are a thousand times larger inside. */
function rationed(decompress: CertificateDecompressor): CertificateDecompressor {
  let left = DECOMPRESSED_OCTETS;
  return (algorithm, octets, length) => {
    if (length > left) return null;
    left -= length;
    return decompress(algorithm, octets, length);
  };
}

function decodeOne(raw: RawMessage, context: DecodeContext, options: AssembleOptions): Message {
  const isSummary = options.summary !== undefined && options.summary !== false;
  const fields: DecodedBody & Writable<MessageHeader> = {
    type: raw.kind === "change_cipher_spec" ? raw.kind : "unknown",
    from: context.from,
    packet: raw.moment.number,
    packets: raw.packets,
    time: timeText(raw.moment),
    length: raw.kind === "handshake" ? raw.length : raw.body.length,
  };
  if (raw.decrypted === true) fields.decrypted = true;
  if (raw.recordVersion !== undefined) fields.recordVersion = codePoint("versions", raw.recordVersion);
  if (raw.kind === "alert") decodeAlert(raw.body, fields);
  if (raw.kind === "sslv2") decodeSslv2Hello(raw.body, fields);
  if (raw.kind === "handshake") {
    if (isSummary && !HELLOS.has(raw.handshakeType)) fields.type = messageType(raw.handshakeType);
    else decodeMessage(raw.handshakeType, raw.body, context, fields);
    if (raw.handshakeType === 1 && raw.records !== undefined) fields["records"] = raw.records;
    if (isCut(raw)) fields.malformed = `the capture holds ${raw.body.length} of its ${raw.length} octets`;
  }
  if (options.describe !== undefined && !isSummary) describe(fields, options.describe);
  if (options.octets === true) fields.octets = toHex(raw.body);
  return fields as unknown as Message;
}

/** Fills in what certificates and the names of authorities say. */
function describe(body: DecodedBody, reader: CertificateReader): void {
  const entries = body["certificates"] as readonly CertificateEntry[] | undefined;
  if (entries !== undefined) body["certificates"] = entries.map((entry) => describedOf(entry, reader));
  const authorities = body["authorities"] as readonly string[] | undefined;
  if (authorities !== undefined) body["authorities"] = authorities.map((hex) => reader.name(fromHex(hex)));
}

/** Descriptions by certificate octets. Messages share the octets of recently seen certificates, so each is described once; frozen, because they are shared. */
const described = new WeakMap<Uint8Array, CertificateEntry>();

function describedOf(entry: CertificateEntry, reader: CertificateReader): CertificateEntry {
  const der = derOf(entry);
  if (der === undefined) return entry;
  const known = entry.extensions === undefined ? described.get(der) : undefined;
  if (known !== undefined) return known;
  const made = Object.freeze({ ...entry, ...reader.certificate(der) });
  if (entry.extensions === undefined) described.set(der, made);
  return made;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
