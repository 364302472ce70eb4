/** What this room knows of an upgrade to TLS, and of a proxy. Each protocol is one file and a line in the index of its folder. */
import type { Party, Talk, Unit } from "./talk.ts";

/** A refusal where TLS should have begun. */
export interface Refusal {
  /** The words, safe to print. */
  readonly text: string;
  /** The packet that shows it. */
  readonly packet: number;
  /** Who said no; absent: the server. */
  readonly by?: Party;
  /** The server did not refuse anything: it never offered TLS, and the client went no further. Only meaningful if the connection ended then. */
  readonly offered?: false;
}

/** A plaintext protocol that can switch to TLS. */
export interface Upgrade {
  /** `startTls` in the JSON. */
  readonly name: string;
  /** Do they speak this protocol? Judged by what is said, never by ports. */
  readonly speaks: (talk: Talk) => boolean;
  /** Did they agree to try TLS? One of the sides is enough to tell. */
  readonly asks: (talk: Talk) => boolean;
  /** Has the server answered the request? */
  readonly answers: (talk: Talk) => boolean;
  /** How the upgrade failed, if it did. */
  readonly refusal: (talk: Talk) => Refusal | undefined;
  /** The dialogue, without anything secret. */
  readonly units: (talk: Talk) => Unit[];
}

/** What a proxy's part of a dialogue says. */
export interface Passage {
  /** Octets of each side that belong to it. */
  readonly client: number;
  readonly server: number;
  /** `host:port` that was asked for, or to which the original connection went. */
  readonly target?: string;
  /** Where the original connection came from. */
  readonly source?: string;
  /** Has the proxy answered, where it has to? */
  readonly answered: boolean;
  readonly refusal?: Refusal;
  readonly units: readonly Unit[];
}

/** An intermediary that is told where to connect, or that says where a connection came from. */
export interface Proxy {
  /** `via` in the JSON. */
  readonly name: string;
  /** The proxy's part at the beginning of a dialogue, if there is one. */
  readonly peel: (talk: Talk) => Passage | undefined;
}
