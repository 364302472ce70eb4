/** What a packet's headers say, down to TCP or UDP. */

/** TCP header flags (RFC 9293 §3.1). */
export const TCP_FLAG = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** A single object, refilled for each packet. Addresses are offsets into `bytes`, not copies. */
export interface Layers {
  /** The window that the offsets point into: the frame's, or that of a reassembled IP datagram. */
  bytes: Uint8Array;
  /** 4 or 6; 0 before anything was decoded. */
  ipVersion: number;
  /** Octet offset of the source address: 4 octets for IPv4, 16 for IPv6. */
  sourceAt: number;
  /** Octet offset of the destination address. */
  targetAt: number;
  /** Time to live, or hop limit. */
  ttl: number;
  /** The tunnels around these headers, see {@link ./tunnel.ts tunnelNames}; 0 if there are none. */
  tunnels: number;
  /** IP protocol number of the transport: 6 TCP, 17 UDP. */
  protocol: number;
  sourcePort: number;
  targetPort: number;
  /** TCP only: sequence number, as a signed 32-bit integer, which V8 stores without allocating. */
  sequence: number;
  /** TCP only: acknowledgment number, in the same form. */
  acknowledgment: number;
  /** TCP only: flags, see {@link TCP_FLAG}. */
  flags: number;
  /** Octet offset of the first payload octet. */
  payloadStart: number;
  /** Octet offset after the last captured payload octet. */
  payloadEnd: number;
  /** Payload octets on the wire that the capture does not hold (snapshot length). */
  missing: number;
}

/** An empty object, for the decoder to refill. */
export function newLayers(): Layers {
  return {
    bytes: new Uint8Array(0),
    ipVersion: 0,
    sourceAt: 0,
    targetAt: 0,
    ttl: 0,
    tunnels: 0,
    protocol: 0,
    sourcePort: 0,
    targetPort: 0,
    sequence: 0,
    acknowledgment: 0,
    flags: 0,
    payloadStart: 0,
    payloadEnd: 0,
    missing: 0,
  };
}
