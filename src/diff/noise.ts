/**
 * What differs between any two connections without meaning anything. A difference comes in, the same
 * one comes out, as class `noise` if a rule of the table below says so; one that
 * is meaningful after all (an empty field against a filled one, a downgrade sentinel) keeps its class.
 *
 * Never compared at all, because they belong to the capture and not to the handshake: ids, streams,
 * packet numbers, times, octets, the lengths of messages (reported once, for the hello, as a transport
 * difference) and of decoded extensions, notes, and the fingerprints, which follow from the rest.
 */
import type { Difference, ListDifference } from "./difference.ts";
import { isEmpty } from "./identity.ts";
import { permuterOf } from "./permutation.ts";
import { messageOf, type Sides } from "./view.ts";

/** One kind of noise. */
export interface NoiseRule {
  /** Where: `*` is any part of a path, `**` any number of parts, including none. */
  readonly path: string;
  /**
   * `always`: any difference. `content`: any except empty against filled. `order`: the order alone.
   * `random`: any except a downgrade sentinel on one side. `permutation`: the order, if both clients permute.
   */
  readonly noise: "always" | "content" | "order" | "random" | "permutation";
  readonly because: string;
}

/** Every kind of noise, the first rule that fits a path decides. */
export const NOISE: readonly NoiseRule[] = [
  { path: "*.random", noise: "random", because: "fresh for each connection; its last octets may signal a downgrade (RFC 9846 §4.1.3)" },
  { path: "*.sessionId", noise: "content", because: "names a session, or is made up for middleboxes; having one at all is a choice" },
  { path: "*.cookie", noise: "content", because: "made by the server from the client's address; sending one back matters" },
  { path: "*.requestContext", noise: "content", because: "an opaque handle for post-handshake authentication" },
  { path: "*.extensions.GREASE*.**", noise: "always", because: "reserved values have bodies without meaning (RFC 8701)" },
  { path: "clientHello.extensions", noise: "permutation", because: "some clients send their extensions in a new order each time" },
  { path: "secondClientHello.extensions", noise: "permutation", because: "the order of the first hello, kept" },
  { path: "*.extensions.key_share*.**.length", noise: "always", because: "follows from the group" },
  { path: "*.extensions.session_ticket.**", noise: "content", because: "opaque to all but the server; offering one means resumption" },
  {
    path: "*.extensions.pre_shared_key.**",
    noise: "always",
    because: "tickets, their ages and binders; the extension's presence means resumption",
  },
  { path: "*.extensions.cookie.**", noise: "content", because: "opaque to all but the server" },
  { path: "*.extensions.padding*.**", noise: "always", because: "fills the hello up to a size" },
  { path: "*.extensions.encrypted_client_hello*.configId", noise: "always", because: "the server's choice, or made up" },
  {
    path: "*.extensions.encrypted_client_hello*.encLength",
    noise: "content",
    because: "follows from the server's key; empty in a second hello",
  },
  { path: "*.extensions.encrypted_client_hello*.kdf", noise: "content", because: "one of the server's, or varied on purpose" },
  { path: "*.extensions.encrypted_client_hello*.aead", noise: "content", because: "the same (RFC 9849 §6.2.1)" },
  { path: "*.extensions.encrypted_client_hello*.payloadLength", noise: "content", because: "the inner hello, or made up" },
  { path: "*.extensions.encrypted_client_hello*.confirmation", noise: "content", because: "a hash of this very handshake" },
  { path: "*.extensions.encrypted_client_hello*.retryConfigs", noise: "content", because: "servers renew their keys" },
  { path: "*.extensions.encrypted_server_name.recordDigest", noise: "content", because: "servers renew their keys" },
  { path: "*.extensions.encrypted_server_name.nonce", noise: "content", because: "fresh for each connection" },
  { path: "*.extensions.renegotiation_info.**", noise: "content", because: "the last Finished messages; filled only in a renegotiation" },
  { path: "*.extensions.connection_id*.**", noise: "content", because: "made up for each connection" },
  { path: "*.extensions.external_*.**", noise: "content", because: "ties this handshake to a session of its own" },
  { path: "*.extensions.signed_certificate_timestamp.**", noise: "content", because: "proofs that are renewed with the certificate" },
  { path: "*.extensions.quic_transport_parameters*.parameters", noise: "order", because: "a set (RFC 9000 §7.4) that clients shuffle" },
  { path: "*.extensions.quic_transport_parameters*.**.*_connection_id.**", noise: "content", because: "made up for each connection" },
  { path: "*.extensions.quic_transport_parameters*.**.stateless_reset_token.**", noise: "content", because: "made up for each connection" },
  {
    path: "*.extensions.quic_transport_parameters*.**.preferred_address.**",
    noise: "content",
    because: "holds a connection id and a token",
  },
  { path: "*.extensions.quic_transport_parameters*.**.initial_rtt.**", noise: "content", because: "measured in an earlier connection" },
  { path: "*.extensions.quic_transport_parameters*.**.GREASE*.**", noise: "always", because: "values without meaning (RFC 9000 §18.1)" },
  { path: "*.extensions.quic_transport_parameters*.**.length", noise: "always", because: "follows from the value" },
  { path: "*.extensions.transparency_info.**", noise: "content", because: "proofs that are renewed with the certificate" },
  { path: "certificates*.extensions.status_request.**", noise: "content", because: "the stapled response is renewed every few hours" },
  { path: "certificateStatus.responseLengths", noise: "content", because: "the stapled response is renewed every few hours" },
  { path: "*.publicLength", noise: "always", because: "follows from the group; leading zeros of Diffie-Hellman values may be left out" },
  { path: "*.signatureLength", noise: "always", because: "follows from the key; DER encodings of ECDSA vary" },
  {
    path: "newSessionTicket.**.ticket*",
    noise: "always",
    because: "fresh for each connection; many servers state the remaining lifetime of their ticket key",
  },
  { path: "*inished.**", noise: "always", because: "a hash of this very handshake" },
  { path: "failure.text", noise: "content", because: "the other protocol's greeting carries dates and names" },
  { path: "transport.client.**", noise: "always", because: "the client's address and port do not matter" },
];

/** The difference, as noise if it is noise. The hellos of `sides` show whether their clients permute. */
export function judge(difference: Difference, sides: Sides): Difference {
  const rule = ruleFor(difference.path);
  if (rule === undefined || difference.class === "noise") return difference;
  if (rule.noise === "permutation") return difference.kind === "list" ? judgePermutation(difference, sides) : difference;
  return isNoise(rule, difference) ? { ...difference, class: "noise" } : difference;
}

/** The kind of noise at a path, if any. */
export function noiseAt(path: string): NoiseRule["noise"] | undefined {
  return ruleFor(path)?.noise;
}

function ruleFor(path: string): NoiseRule | undefined {
  return RULES.find(({ word, pattern }) => path.includes(word) && pattern.test(path))?.rule;
}

/** Each with the longest word that a path must contain: checking for it is cheap, and patterns that are never tried need not be compiled. */
const RULES = NOISE.map((rule) => ({ rule, word: longestWord(rule.path), pattern: patternOf(rule.path) }));

function longestWord(path: string): string {
  return path
    .replaceAll(".**", "*")
    .split("*")
    .reduce((longest, word) => (word.length > longest.length ? word : longest));
}

function patternOf(path: string): RegExp {
  const parts = path.split(".").map((part) => (part === "**" ? "(?:\\..*)?" : `\\.${part.replaceAll("*", "[^.]*")}`));
  return new RegExp(`^${parts.join("").slice("\\.".length)}$`);
}

function isNoise({ noise }: NoiseRule, difference: Difference): boolean {
  switch (noise) {
    case "content":
      return isEmpty(difference.left) === isEmpty(difference.right);
    case "order":
      return difference.class === "order";
    case "random":
      return sentinelOf(difference.left) === sentinelOf(difference.right);
    default:
      return true;
  }
}

/** If both clients are of one kind that permutes, the order means nothing; members on one side only still count. */
function judgePermutation(difference: ListDifference, { left, right }: Sides): Difference {
  const client = permuterOf(messageOf(left, "client_hello"));
  if (client === undefined || client !== permuterOf(messageOf(right, "client_hello"))) return difference;
  return difference.class === "order" ? { ...difference, class: "noise" } : { ...difference, moved: [] };
}

/** The downgrade sentinel that a server puts at the end of its random when it negotiates an older version than it supports. */
export function sentinelOf(random: unknown): string {
  return typeof random === "string" ? (/444f574e475244(?:00|01)$/.exec(random)?.[0] ?? "") : "";
}
