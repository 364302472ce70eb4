/**
 * Encrypted Client Hello (RFC 9849) as far as an observer sees it: messages and transport events come in; what the client offered,
 * how the server answered, and whether the offer is GREASE go out.
 *
 * The server's answer, by the first of these that holds:
 * - accepted or rejected as a key log says, whose secrets are named after the random of the hello that was used (RFC 9850 §2.2);
 * - rejected: it chose a version before TLS 1.3, or its HelloRetryRequest has no confirmation (§6.1.4); its EncryptedExtensions, if
 *   they could be read, have `retry_configs` (§7.1); or the client said `ech_required` (§6.1.6);
 * - accepted: after a HelloRetryRequest the client encrypted again in the same context, which shows in an empty `enc` (§6.1.5);
 * - possibly accepted: the HelloRetryRequest has a confirmation, which a server that rejects may make up (§7.1).
 * Without a HelloRetryRequest the confirmation hides in the ServerHello's random, and only the inner hello could tell.
 *
 * The offer is GREASE (§6.2.1), that is, made up by a client that has no configuration for the server:
 * - certainly, if the server chose a version before TLS 1.3 and the client sent application data all the same, which it must not
 *   do after a real offer (§6.1.6);
 * - likely, if the server rejected it in TLS 1.3 and the client went on with a record longer than any that a client sends
 *   when it gives up: an empty Certificate, Finished, the alert;
 * - possibly, if the second hello repeats the extension octet for octet. By the RFC only GREASE does so, but Go's client does
 *   it as well after its real offer was rejected;
 * - possibly, if it has the shape that BoringSSL (payload of 128 to 224 octets in steps of 32, plus the tag) or NSS (payload one octet
 *   less than such a step) makes up, always with 32 octets of `enc` and HKDF-SHA256. Real offers can have the same shape.
 */
import { echBodyOf } from "../message/extension/encrypted-client-hello.ts";
import type { Alert, ClientHello, Extension, Message, ServerHello } from "../message/message.ts";
import type { CodePoint } from "../registry/codepoint.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import type { TransportEvent } from "./handshake.ts";
import { versionOf } from "./negotiation.ts";

/** What is known of an Encrypted Client Hello. */
export interface EncryptedHello {
  /** `inner`: this is the inner hello itself, as a backend server gets it from the one that decrypts. */
  readonly offered: "outer" | "inner";
  /** Hex. Together with the next two fields: which of the server's keys the client used. */
  readonly configId?: string;
  readonly kdf?: CodePoint;
  readonly aead?: CodePoint;
  /** Octets. */
  readonly encLength?: number;
  /** Octets. */
  readonly payloadLength?: number;
  /** The name in the outer hello: the public name of the server's keys if the offer is real, the true one if it is GREASE. */
  readonly outerServerName?: string;
  /** What the second hello did with the offer. */
  readonly secondHello?: "repeated" | "encrypted-again" | "changed" | "absent";
  readonly answer?: "accepted" | "rejected" | "possibly-accepted";
  /** What shows the server's answer. */
  readonly shownBy?: "version" | "hello-retry-request" | "retry-configs" | "ech-required" | "second-hello" | "key-log";
  /** How many configurations the server offered for another try. */
  readonly retryConfigs?: number;
  /** How sure it is that the offer is GREASE; absent if nothing suggests it. */
  readonly grease?: "certain" | "likely" | "possible";
  /** The stack that makes up offers of this shape. */
  readonly greaseShape?: "BoringSSL" | "NSS";
}

/** What is known of the client's offer; `undefined` if it made none that can be read. `used` is the hello with which the connection goes on, if a key log shows it. */
export function encryptedHelloOf(
  messages: readonly Message[],
  events: readonly TransportEvent[],
  used?: "outer" | "inner",
): EncryptedHello | undefined {
  const [first, second] = messages.filter((message): message is ClientHello => message.type === "client_hello");
  const data = echOf(first)?.data as OfferData | undefined;
  if (first === undefined || data === undefined) return undefined;
  const { type, kdf, aead, configId, encLength, payloadLength } = data;
  // Before draft 12 the inner hello had a separate extension.
  if (type?.name === "inner") return { offered: "inner" };
  const name = first.extensions?.find((extension) => extension.name === "server_name")?.data?.["serverName"];
  const retry = messages.find((message): message is ServerHello => message.type === "hello_retry_request");
  const again = retry === undefined || second === undefined ? undefined : comparisonOf(data, second);
  const answer = answerOf(messages, retry, again, used);
  const shape = shapeOf(data);
  // Early data may go out before the answer.
  const isEarly = first.extensions?.some((extension) => extension.name === "early_data") === true;
  const longest = isEarly ? 0 : Math.max(0, ...events.filter(isClientData).map((event) => event.length ?? 0));
  const grease = greaseOf(answer, again, shape, longest);
  return {
    offered: "outer",
    ...(configId === undefined ? {} : { configId }),
    ...(kdf === undefined ? {} : { kdf }),
    ...(aead === undefined ? {} : { aead }),
    ...(encLength === undefined ? {} : { encLength }),
    ...(payloadLength === undefined ? {} : { payloadLength }),
    ...(typeof name === "string" && name !== "" ? { outerServerName: name } : {}),
    ...(again === undefined ? {} : { secondHello: again }),
    ...answer,
    ...(grease === undefined ? {} : { grease }),
    ...(shape === undefined || grease === undefined ? {} : { greaseShape: shape }),
  };
}

/** The decoded extension of an outer hello. */
interface OfferData {
  readonly type?: { readonly name: string | null };
  readonly kdf?: CodePoint;
  readonly aead?: CodePoint;
  readonly configId?: string;
  readonly encLength?: number;
  readonly payloadLength?: number;
}

function echOf(message: { readonly extensions?: readonly Extension[] } | undefined): Extension | undefined {
  return message?.extensions?.find((extension) => extension.name?.startsWith("encrypted_client_hello") === true);
}

function comparisonOf(data: OfferData, second: ClientHello): EncryptedHello["secondHello"] {
  const other = echOf(second)?.data as OfferData | undefined;
  if (other === undefined) return "absent";
  if (other.encLength === 0 && data.encLength !== 0) return "encrypted-again";
  return echBodyOf(other) === echBodyOf(data) ? "repeated" : "changed";
}

type Answer = Pick<EncryptedHello, "answer" | "shownBy" | "retryConfigs">;

function answerOf(
  messages: readonly Message[],
  retry: ServerHello | undefined,
  again: EncryptedHello["secondHello"],
  used: "outer" | "inner" | undefined,
): Answer {
  const configs = retryConfigsOf(messages);
  if (used === "inner") return { answer: "accepted", shownBy: "key-log" };
  if (used === "outer" && configs === undefined) return { answer: "rejected", shownBy: "key-log" };
  const hello = messages.find((message): message is ServerHello => message.type === "server_hello");
  const version = hello?.malformed === undefined && hello !== undefined ? versionOf(hello) : undefined;
  if (version !== undefined && !isTls13(version)) return { answer: "rejected", shownBy: "version" };
  if (again === "encrypted-again") return { answer: "accepted", shownBy: "second-hello" };
  const confirmation = echOf(retry);
  if (retry !== undefined && retry.malformed === undefined && confirmation === undefined)
    return { answer: "rejected", shownBy: "hello-retry-request" };
  if (configs !== undefined) return { answer: "rejected", shownBy: "retry-configs", retryConfigs: configs };
  if (messages.some(isEchRequired)) return { answer: "rejected", shownBy: "ech-required" };
  return confirmation === undefined ? {} : { answer: "possibly-accepted", shownBy: "hello-retry-request" };
}

function isClientData({ kind, from, content }: TransportEvent): boolean {
  return kind === "encrypted" && from === "client" && content === "application_data";
}

function retryConfigsOf(messages: readonly Message[]): number | undefined {
  const message = messages.find(({ type }) => type === "encrypted_extensions") as { extensions?: readonly Extension[] } | undefined;
  const configs = echOf(message)?.data?.["retryConfigs"];
  return Array.isArray(configs) ? configs.length : undefined;
}

function isEchRequired(message: Message): message is Alert {
  return message.type === "alert" && message.from === "client" && message.description?.name === "ech_required";
}

/** The stack that makes up such offers: HKDF-SHA256 with either of the two usual ciphers, and an X25519 key of 32 octets. */
function shapeOf({ kdf, aead, encLength, payloadLength }: OfferData): EncryptedHello["greaseShape"] {
  const isUsual = kdf?.id === "0x0001" && (aead?.id === "0x0001" || aead?.id === "0x0003") && encLength === 32;
  if (!isUsual || payloadLength === undefined) return undefined;
  const inner = payloadLength - TAG;
  if (inner >= 128 && inner <= 224 && inner % PADDING === 0) return "BoringSSL";
  return inner > 0 && inner % PADDING === PADDING - 1 ? "NSS" : undefined;
}

/** Octets of the tag of every HPKE cipher (RFC 9180 §7.3). */
const TAG = 16;
/** Octets to whose multiples the inner hello is padded (RFC 9849 §6.1.3). */
const PADDING = 32;

function greaseOf(
  { answer, shownBy }: Answer,
  again: EncryptedHello["secondHello"],
  shape: EncryptedHello["greaseShape"],
  longest: number,
): EncryptedHello["grease"] {
  if (answer === "accepted" || shownBy === "ech-required") return undefined;
  if (shownBy === "version" && longest > 0) return "certain";
  if (answer === "rejected" && longest > FINISHED) return "likely";
  return again === "repeated" || shape !== undefined ? "possible" : undefined;
}

/** Octets of the longest record with a Finished: that of SHA-384, with its header, the content type and the tag. */
const FINISHED = 4 + 48 + 1 + TAG;
