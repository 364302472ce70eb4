/** What a hello says about the keys that follow: a few fields of its body, read before it is decoded. */
import { Cursor, DecodeFault } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { RETRY_RANDOM } from "../registry/retry-random.ts";
import type { UsedHello } from "./opened.ts";

/** The fields of the client's hello. */
export interface ClientTerms {
  /** Hex; a key log names a connection by it. */
  readonly random: string;
  /** It has `encrypted_client_hello`: if the server accepts that, the key log has the random of the inner hello instead (RFC 9850 §2.2). */
  readonly mayBeOuter: boolean;
  /** Identifies the ticket that it offers (RFC 5077 §3.2); absent if there is none. */
  readonly ticket?: string;
}

/** The fields of the server's hello. */
export interface ServerTerms {
  readonly random: Uint8Array;
  /** As on the wire; from `supported_versions` if present. */
  readonly version: number;
  /** Hex. */
  readonly sessionId: string;
  readonly cipherSuite: number;
  readonly compression: number;
  /** `encrypt_then_mac` (RFC 7366). */
  readonly macsCiphertext: boolean;
  /** `truncated_hmac` (RFC 6066 §7). */
  readonly truncatesMac: boolean;
  /** `extended_master_secret` (RFC 7627). */
  readonly extendsMasterSecret: boolean;
}

const EXTENSION = {
  truncatedHmac: 4,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  supportedVersions: 43,
  encryptedClientHello: 0xfe0d,
} as const;
/** The first octet of DTLS versions; DTLS hellos have a cookie after the session id. */
const DTLS_MAJOR = 0xfe;
/** Octets at the end of a ticket that identify it. */
const TICKET_NAME = 32;

/** The terms of a client_hello's body; `undefined` if it is cut before its random. */
export function clientTerms(body: Uint8Array): ClientTerms | undefined {
  if (body.length < 34) return undefined;
  const extensions = extensionsOf(body);
  const ticket = extensions.get(EXTENSION.sessionTicket);
  return {
    random: toHex(body, 2, 34),
    mayBeOuter: extensions.has(EXTENSION.encryptedClientHello),
    ...(ticket === undefined || ticket.length === 0 ? {} : { ticket: ticketName(ticket) }),
  };
}

/** Identifies the ticket in a new_session_ticket's body up to TLS 1.2 (RFC 5077 §3.3); `undefined` if there is none. */
export function issuedTicket(body: Uint8Array): string | undefined {
  const length = ((body[4] as number) << 8) | (body[5] as number);
  return length === 0 || body.length !== 6 + length ? undefined : ticketName(body.subarray(6));
}

/** The key of a ticket: its end, a MAC (RFC 5077 §4), which is unique. */
function ticketName(ticket: Uint8Array): string {
  return toHex(ticket, Math.max(0, ticket.length - TICKET_NAME));
}

/** The bodies of a client_hello's extensions by type, as far as they can be read. */
function extensionsOf(body: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  try {
    const hello = new Cursor(body, 34);
    hello.vector8();
    if (body[0] === DTLS_MAJOR) hello.vector8();
    hello.vector16();
    hello.vector8();
    if (hello.remaining >= 2) {
      hello.vector16().all((extensions) => {
        const type = extensions.u16();
        found.set(type, extensions.vector16().rest());
      });
    }
  } catch (fault) {
    if (!(fault instanceof DecodeFault)) throw fault;
  }
  return found;
}

/** Which hello a connection goes on with, if there may be two; `random` is the one by which the key log knows the connection. */
export function usedHelloOf({ random: outer, mayBeOuter }: ClientTerms, random: string | undefined): UsedHello | undefined {
  if (!mayBeOuter || random === undefined) return undefined;
  return random === outer ? "outer" : "inner";
}

/** The terms of a server_hello's body; `undefined` if it is damaged, or a HelloRetryRequest. */
export function serverTerms(body: Uint8Array): ServerTerms | undefined {
  try {
    return readTerms(new Cursor(body));
  } catch (fault) {
    if (fault instanceof DecodeFault) return undefined;
    throw fault;
  }
}

function readTerms(body: Cursor): ServerTerms | undefined {
  const legacyVersion = body.u16();
  const random = body.take(32);
  if (RETRY_RANDOM.every((octet, index) => random[index] === octet)) return undefined;
  // Drafts of TLS 1.3 before 22 have neither session id nor compression.
  const isOldDraft = legacyVersion >> 8 === 0x7f;
  const session = isOldDraft ? new Uint8Array(0) : body.vector8().rest();
  const cipherSuite = body.u16();
  const compression = isOldDraft ? 0 : body.u8();
  const terms = { random, sessionId: toHex(session), cipherSuite, compression };
  let version = legacyVersion;
  const present = new Set<number>();
  if (body.remaining >= 2) {
    body.vector16().all((extensions) => {
      const type = extensions.u16();
      const value = extensions.vector16();
      present.add(type);
      if (type === EXTENSION.supportedVersions && value.remaining === 2) version = value.u16();
    });
  }
  return {
    ...terms,
    version,
    macsCiphertext: present.has(EXTENSION.encryptThenMac),
    truncatesMac: present.has(EXTENSION.truncatedHmac),
    extendsMasterSecret: present.has(EXTENSION.extendedMasterSecret),
  };
}
