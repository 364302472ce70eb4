/** The payload of one UDP packet between two endpoints: what the redaction of DTLS and QUIC has in common. */

/** One payload. */
export interface Datagram {
  /** Which of the two endpoints sent it. */
  readonly side: 0 | 1;
  /** Replaced in place. */
  readonly bytes: Uint8Array;
}
