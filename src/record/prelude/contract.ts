/** What an upgrade to TLS, and a proxy, is to this room. One protocol is one file and a line in the index of its folder. */
import type { Party, Talk, Unit } from "./talk.ts";

/** A no in the place of TLS. */
export interface Refusal {
  /** The words, safe to print. */
  readonly text: string;
  /** The packet that shows it. */
  readonly packet: number;
  /** Who said no; absent: the server. */
  readonly by?: Party;
  /** The server did not refuse anything: it never offered TLS, and the client went no further. Only of worth where the connection ended then. */
  readonly offered?: false;
}

/** A plaintext protocol that goes over to TLS. */
export interface Upgrade {
  /** `startTls` in the JSON. */
  readonly name: string;
  /** Is this the protocol that they speak? Judged by words, never by ports. */
  readonly speaks: (talk: Talk) => boolean;
  /** Did they agree to try TLS, as far as one of the sides shows it? */
  readonly asks: (talk: Talk) => boolean;
  /** Has the server answered the request? */
  readonly answers: (talk: Talk) => boolean;
  /** How it came to nothing. */
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

/** Something between the two that is told where to connect, or tells from where it was. */
export interface Proxy {
  /** `via` in the JSON. */
  readonly name: string;
  /** The part of it at the beginning of a dialogue. */
  readonly peel: (talk: Talk) => Passage | undefined;
}
