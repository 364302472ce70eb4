/** What a handshake protocol over UDP is: one file, and one line in the list below. */
import type { Hold } from "../flow/budget.ts";
import type { DatagramListener } from "../flow/datagrams.ts";
import { dtls } from "./dtls-protocol.ts";
import { quic } from "./quic-protocol.ts";
import type { SealedStore } from "./sealed.ts";
import type { Exchange } from "./tls-stream.ts";

/** The exchanges between two endpoints: there may be several, because an association can be renewed, or share its ports with others. */
export interface DatagramExchanges extends DatagramListener {
  /** The exchanges of which at least one message is complete. */
  readonly exchanges: readonly Exchange[];
  /** Datagrams that belong to none of them, if they are counted. */
  readonly ignored?: number;
  /** Datagrams that were not tried with the keys of all of them, because too many before had been tried in vain. */
  readonly untried?: number;
  /** No more datagrams will come. */
  end(): void;
}

/** A handshake protocol over UDP. */
export interface DatagramProtocol {
  readonly name: string;
  /** Does a datagram with this payload begin an exchange, or belong to one that began before the capture? */
  recognises(bytes: Uint8Array, start: number, end: number): boolean;
  /** `nextId` numbers an exchange when its first message is complete. Encrypted packets are kept in `store`; `hold` counts the other memory. */
  create(nextId: () => number, store?: SealedStore | null, hold?: Hold): DatagramExchanges;
}

/** THE list of handshake protocols over UDP. */
export const DATAGRAM_PROTOCOLS: readonly DatagramProtocol[] = [dtls, quic];
