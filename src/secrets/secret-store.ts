/**
 * The secrets of key logs, and what follows from them across connections: a resumed session has the master secret of the
 * connection that created it, and may lack a line of its own in the log.
 */
import { toHex } from "../bytes/hex.ts";
import { LIMITS } from "../fault/limits.ts";
import type { ClientTerms, ServerTerms } from "./hello.ts";
import { KeyLog } from "./key-log.ts";
import { masterSecret } from "./session-keys.ts";
import type { TrafficSuite } from "./traffic-keys.ts";

/** Octets of the encrypted premaster secret, after its two-octet length, by which NSS identified a connection. */
const NSS_NAME = 8;

/** The secret that protects the server's first encrypted flight. */
const HANDSHAKE_SECRET = "SERVER_HANDSHAKE_TRAFFIC_SECRET";
/** Each is useful by itself: a key log may have the secrets of only one side. */
const TRAFFIC_SECRETS = [
  HANDSHAKE_SECRET,
  "SERVER_TRAFFIC_SECRET_0",
  "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
  "CLIENT_TRAFFIC_SECRET_0",
  "CLIENT_EARLY_TRAFFIC_SECRET",
] as const;

/** What the messages say about the session of a connection up to TLS 1.2. */
export interface SessionTerms {
  /** The body of client_key_exchange; `undefined` if a session is resumed. */
  readonly keyExchange: Uint8Array | undefined;
  /** These identify the ticket that the client offered, and the one that the server issued. */
  readonly offered: string | undefined;
  readonly issued: string | undefined;
}

/** All secrets known so far. */
export class SecretStore extends KeyLog {
  readonly #base: KeyLog | undefined;
  /** Randoms whose connections have been found. */
  readonly #claimed = new Set<string>();
  #tries = 0;
  /** Master secrets by session id (hex), and by a ticket's key after `ticket `. */
  readonly #sessions = new Map<string, Uint8Array>();

  /** `base` has the secrets known from the beginning. */
  constructor(base?: KeyLog) {
    super();
    this.#base = base;
  }

  override get isEmpty(): boolean {
    return super.isEmpty && this.#base?.isEmpty !== false;
  }

  override secret(label: string, clientRandom: string): Uint8Array | undefined {
    return super.secret(label, clientRandom) ?? this.#base?.secret(label, clientRandom);
  }

  override knows(clientRandom: string): boolean {
    return super.knows(clientRandom) || this.#base?.knows(clientRandom) === true;
  }

  override randomsWith(label: string): string[] {
    return [...super.randomsWith(label), ...(this.#base?.randomsWith(label) ?? [])];
  }

  /** The traffic secret `label`. Without one of the length of the suite's `hash` there is none: a damaged capture may name another suite. */
  trafficSecret(label: string, clientRandom: string, { hash }: TrafficSuite): Uint8Array | undefined {
    const secret = this.secret(label, clientRandom);
    return secret?.length === hash.outputLen ? secret : undefined;
  }

  /**
   * The random by which the key log knows a connection of TLS 1.3: that of its hello, or, if the hello may contain another one
   * encrypted, the first whose secrets `fits` confirms.
   */
  randomOf({ random, mayBeOuter }: ClientTerms, fits: (random: string) => boolean): string | undefined {
    const isKnown = TRAFFIC_SECRETS.some((label) => this.secret(label, random) !== undefined);
    const found = isKnown ? random : mayBeOuter ? this.#innerRandom(fits) : undefined;
    if (found !== undefined) this.#claimed.add(found);
    return found;
  }

  #innerRandom(fits: (random: string) => boolean): string | undefined {
    const free = this.randomsWith(HANDSHAKE_SECRET).filter((random) => !this.#claimed.has(random));
    return free.find((random) => this.#tries < LIMITS.innerRandoms && ++this.#tries > 0 && fits(random));
  }

  /** The master secret of a connection up to TLS 1.2, or `undefined`. */
  masterSecret(clientRandom: Uint8Array, server: ServerTerms, version: number, session: SessionTerms): Uint8Array | undefined {
    const { keyExchange, offered, issued } = session;
    const master =
      this.secret("CLIENT_RANDOM", toHex(clientRandom)) ??
      this.#fromPremaster(clientRandom, server, version, keyExchange) ??
      (keyExchange === undefined ? this.#resumed(server.sessionId, offered) : undefined);
    if (master === undefined) return undefined;
    this.#remember(server.sessionId, master);
    if (issued !== undefined) this.#remember(`ticket ${issued}`, master);
    return master;
  }

  #resumed(sessionId: string, ticket: string | undefined): Uint8Array | undefined {
    return this.secret("SESSION_ID", sessionId) ?? this.#sessions.get(sessionId) ?? this.#sessions.get(`ticket ${ticket}`);
  }

  #remember(name: string, master: Uint8Array): void {
    if (name !== "" && this.#sessions.size < LIMITS.keyLogSecrets) this.#sessions.set(name, master);
  }

  /** From an RSA premaster secret. Not supported with extended_master_secret, which would need all earlier messages: these lines are too old for that. */
  #fromPremaster(clientRandom: Uint8Array, server: ServerTerms, version: number, keyExchange?: Uint8Array): Uint8Array | undefined {
    if (server.extendsMasterSecret) return undefined;
    const name = keyExchange === undefined ? "" : toHex(keyExchange, 2, 2 + NSS_NAME);
    const premaster = this.secret("PMS_CLIENT_RANDOM", toHex(clientRandom)) ?? this.secret("RSA", name);
    return premaster === undefined ? undefined : masterSecret(premaster, clientRandom, server, version);
  }
}
