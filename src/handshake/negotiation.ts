/** What was agreed, as far as the capture shows it. */
import type { ClientHello, Extension, Message, ServerHello } from "../message/message.ts";
import type { CodePoint } from "../registry/codepoint.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import { numberOf as numberOfId } from "./fingerprint/fields.ts";
import type { Negotiated } from "./handshake.ts";
import type { Step } from "./steps.ts";

/** The wire number of a code point, or `undefined` if a damaged message lacks it. */
export function numberOf(point: CodePoint | undefined): number | undefined {
  return point === undefined ? undefined : numberOfId(point);
}

/** The decoded fields of an extension, by its IANA name. */
export function extensionOf(extensions: readonly Extension[] | undefined, name: string): Readonly<Record<string, unknown>> | undefined {
  return extensions?.find((extension) => extension.name === name)?.data;
}

/** The version that a server's hello chose: in supported_versions if present (RFC 9846 §4.2.1), otherwise legacy_version. */
export function versionOf(hello: ServerHello): number | undefined {
  return numberOf(chosenVersion(hello));
}

/** The name for which the client asked (RFC 6066 §3). */
export function serverNameOf(messages: readonly Message[]): string | undefined {
  const hello = messages.find((message): message is ClientHello => message.type === "client_hello");
  const name = extensionOf(hello?.extensions, "server_name")?.["serverName"];
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** The outcome of the negotiation. */
export function negotiationOf(messages: readonly Message[], steps: readonly Step[]): Negotiated {
  const hello = messages.find((message): message is ServerHello => message.type === "server_hello");
  const retry = messages.find((message): message is ServerHello => message.type === "hello_retry_request");
  const chosen = hello ?? retry;
  if (chosen === undefined) return {};
  const version = isVersionSure(chosen, messages) ? chosenVersion(chosen) : undefined;
  const group = groupOf(messages, hello, retry);
  const scheme = messages.find((message) => message.type === "server_key_exchange")?.signatureScheme;
  const verify = messages.find((message) => message.type === "certificate_verify" && message.from === "server");
  const signatureScheme = scheme ?? (verify?.type === "certificate_verify" ? verify.signatureScheme : undefined);
  const alpn = alpnOf(messages, hello);
  const negotiated: { -readonly [K in keyof Negotiated]: Negotiated[K] } = {};
  if (version !== undefined) negotiated.version = version;
  if (chosen.cipherSuite !== undefined) negotiated.cipherSuite = chosen.cipherSuite;
  if (group !== undefined) negotiated.group = group;
  if (signatureScheme !== undefined) negotiated.signatureScheme = signatureScheme;
  if (alpn !== undefined) negotiated.alpn = alpn;
  if (hello !== undefined && isResumed(messages, hello, steps)) negotiated.resumed = true;
  return negotiated;
}

function chosenVersion(hello: ServerHello): CodePoint | undefined {
  const version = extensionOf(hello.extensions, "supported_versions")?.["version"];
  return (version as CodePoint | undefined) ?? hello.legacyVersion;
}

/** A TLS 1.3 hello that is cut before its extensions looks like one of TLS 1.2; a plaintext server_hello_done distinguishes them. */
function isVersionSure(hello: ServerHello, messages: readonly Message[]): boolean {
  return hello.malformed === undefined || versionOf(hello) !== 0x0303 || messages.some(({ type }) => type === "server_hello_done");
}

function groupOf(messages: readonly Message[], hello: ServerHello | undefined, retry: ServerHello | undefined): CodePoint | undefined {
  for (const name of ["key_share", "key_share_draft"]) {
    const share = extensionOf(hello?.extensions, name);
    const entry = share?.["entry"] as { group: CodePoint } | undefined;
    if (entry !== undefined) return entry.group;
    const asked = extensionOf(retry?.extensions, name)?.["group"] as CodePoint | undefined;
    if (hello === undefined && asked !== undefined) return asked;
  }
  return messages.find((message) => message.type === "server_key_exchange")?.group;
}

function alpnOf(messages: readonly Message[], hello: ServerHello | undefined): string | undefined {
  const encrypted = messages.find((message) => message.type === "encrypted_extensions");
  for (const extensions of [hello?.extensions, encrypted?.type === "encrypted_extensions" ? encrypted.extensions : undefined]) {
    const protocols = extensionOf(extensions, "application_layer_protocol_negotiation")?.["protocols"] as readonly string[] | undefined;
    if (protocols?.[0] !== undefined) return protocols[0];
  }
  return undefined;
}

/** TLS 1.3: the server accepts a PSK. Before TLS 1.3: it goes on to change_cipher_spec without a certificate or key exchange (RFC 5246 §7.3). */
function isResumed(messages: readonly Message[], hello: ServerHello, steps: readonly Step[]): boolean {
  if (isTls13(versionOf(hello))) return extensionOf(hello.extensions, "pre_shared_key") !== undefined;
  const after = steps.findIndex((step) => step.message === hello);
  const next = steps.find(
    (step, index) => index > after && step.side === "server" && step.message !== null && step.message.type !== "new_session_ticket",
  );
  const clientFirst = messages.some((message) => message.type === "client_key_exchange");
  return next?.message?.type === "change_cipher_spec" && !clientFirst;
}
