/** What a handshake protocol over UDP is: one file, and one line in the list below. */
import type { Hold } from "../flow/budget.ts";
import type { DatagramListener } from "../flow/datagrams.ts";
import { dtls } from "./dtls-protocol.ts";
import { quic } from "./quic-protocol.ts";
import type { SealedStore } from "./sealed.ts";
import type { Exchange } from "./tls-stream.ts";

/** The exchanges between two endpoints: an association may be renewed, and several may share the ports. */
export interface DatagramExchanges extends DatagramListener {
  /** Those of which a message is complete. */
  readonly exchanges: readonly Exchange[];
  /** Datagrams of none of them, where they are counted. */
  readonly ignored?: number;
  /** Datagrams that were not held against the keys of all of them, because too many before had opened with none. */
  readonly untried?: number;
  /** No more datagrams will come. */
  end(): void;
}

export interface DatagramProtocol {
  readonly name: string;
  /** Does a datagram with this payload begin an exchange, or carry one that the capture saw too late? */
  recognises(bytes: Uint8Array, start: number, end: number): boolean;
  /** `nextId` gives the number of an exchange when its first message is complete; what is encrypted is kept in `store`; `hold` is told of the rest. */
  create(nextId: () => number, store?: SealedStore | null, hold?: Hold): DatagramExchanges;
}

/** THE list of handshake protocols over UDP. */
export const DATAGRAM_PROTOCOLS: readonly DatagramProtocol[] = [dtls, quic];
