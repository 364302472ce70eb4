/**
 * Which clients send their extensions in a random order, so that the order of one connection says
 * nothing about the next. A client hello comes in, the name of such a client or `undefined` goes out.
 * Imitators that copy the lists but keep a fixed order cannot be distinguished here.
 */
import { GREASE, identityOf } from "./identity.ts";

/** A client that permutes, and how its hello is recognised. */
interface Permuter {
  readonly client: string;
  /** How it is known that it permutes. */
  readonly because: string;
  readonly isKnownBy: (hello: Lists) => boolean;
}

/** The lists of a client hello, as far as they are there. */
interface Hello {
  readonly cipherSuites?: unknown;
  readonly extensions?: unknown;
}

/** Identities in wire order. */
interface Lists {
  readonly suites: readonly string[];
  readonly extensions: readonly string[];
}

const PADDING = "0x0015";
const ENCRYPT_THEN_MAC = "0x0016";
const RECORD_SIZE_LIMIT = "0x001c";
const DELEGATED_CREDENTIAL = "0x0022";
const PRE_SHARED_KEY = "0x0029";
const QUIC_PARAMETERS = "0x0039";
const APPLICATION_SETTINGS: readonly string[] = ["0x4469", "0x44cd"];

/** Every client that is known to permute. */
export const PERMUTERS: readonly Permuter[] = [
  {
    client: "Chromium",
    because:
      "BoringSSL permutes per connection where SSL_CTX_set_permute_extensions is set: GREASE stays at both ends, padding and pre_shared_key behind",
    isKnownBy: ({ suites, extensions }) => {
      const permuted = extensions.filter((id) => id !== PADDING && id !== PRE_SHARED_KEY);
      return suites[0] === GREASE && permuted.length > 2 && permuted[0] === GREASE && permuted.at(-1) === GREASE;
    },
  },
  {
    client: "Chromium over QUIC",
    because: "the same, without GREASE among the extensions; application_settings is sent by no other QUIC client",
    isKnownBy: ({ suites, extensions }) =>
      isList(suites, ["0x1301", "0x1302", "0x1303"]) &&
      extensions.includes(QUIC_PARAMETERS) &&
      includesAny(extensions, APPLICATION_SETTINGS),
  },
  {
    client: "Firefox",
    because: "NSS permutes where SSL_ENABLE_CH_EXTENSION_PERMUTATION is set; this pair of extensions is Firefox's own",
    isKnownBy: ({ suites, extensions }) =>
      startsWith(suites, ["0x1301", "0x1303", "0x1302"]) &&
      extensions.includes(DELEGATED_CREDENTIAL) &&
      extensions.includes(RECORD_SIZE_LIMIT),
  },
  {
    client: "GnuTLS",
    because: "recent releases shuffle; the TLS 1.3 suites in this order with encrypt_then_mac and record_size_limit are its own",
    isKnownBy: ({ suites, extensions }) =>
      startsWith(suites, ["0x1302", "0x1303", "0x1301", "0x1304"]) &&
      extensions.includes(ENCRYPT_THEN_MAC) &&
      extensions.includes(RECORD_SIZE_LIMIT),
  },
  {
    client: "rustls",
    because: "shuffles on every connection since 0.23; the order of its nine suites before the renegotiation signal is its own",
    isKnownBy: ({ suites }) =>
      isList(suites, ["0x1302", "0x1301", "0x1303", "0xc02c", "0xc02b", "0xcca9", "0xc030", "0xc02f", "0xcca8", "0x00ff"]),
  },
];

/** The permuting client that sent this hello. A pre_shared_key that is not last belongs to none (RFC 9846 §4.2.11). */
export function permuterOf(hello: Hello | undefined): string | undefined {
  if (hello === undefined) return undefined;
  const lists = { suites: identities(hello.cipherSuites), extensions: identities(hello.extensions) };
  const key = lists.extensions.indexOf(PRE_SHARED_KEY);
  if (key >= 0 && key !== lists.extensions.length - 1) return undefined;
  return PERMUTERS.find((permuter) => permuter.isKnownBy(lists))?.client;
}

function identities(list: unknown): string[] {
  return Array.isArray(list) ? list.map(identityOf) : [];
}

function startsWith(list: readonly string[], start: readonly string[]): boolean {
  return start.every((identity, index) => list[index] === identity);
}

function isList(list: readonly string[], whole: readonly string[]): boolean {
  return list.length === whole.length && startsWith(list, whole);
}

function includesAny(list: readonly string[], members: readonly string[]): boolean {
  return members.some((member) => list.includes(member));
}
