/** What became of a packet: a number, so that the packet loop makes no strings. */

/** `tcp` and `udp` are decoded; everything else is a reason why the packet is not read. */
export const VERDICT = {
  tcp: 0,
  udp: 1,
  /** The link type is not one that we decode. */
  linkType: 2,
  /** A link-layer payload other than IP (ARP, LLDP, …). */
  notIp: 3,
  /** IP, but neither TCP nor UDP. */
  notTransport: 4,
  /** An IP fragment whose datagram is not complete yet, or never will be. */
  fragment: 5,
  /** Cut by the snapshot length inside the headers. */
  snapped: 6,
  /** Header fields contradict each other. */
  malformed: 7,
  /** Inside an encapsulation that we do not open. */
  encapsulated: 8,
} as const;

export type Verdict = (typeof VERDICT)[keyof typeof VERDICT];
