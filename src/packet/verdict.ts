/** What became of a packet: a number, so that the packet loop makes no strings, and the sentence that reports it. */
import { counted } from "../fault/note.ts";

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

/** One of {@link VERDICT}. */
export type Verdict = (typeof VERDICT)[keyof typeof VERDICT];

/** The note for a verdict: its code, and its sentence for a number of packets. */
export interface VerdictNote {
  readonly code: string;
  readonly words: (count: number) => string;
}

const NOTES: Readonly<Record<Verdict, VerdictNote>> = {
  [VERDICT.tcp]: noted("tcp-packets", (packets) => `${packets} of TCP read`),
  [VERDICT.udp]: noted("udp-packets", (packets) => `${packets} of UDP not read`),
  [VERDICT.linkType]: noted("unknown-link-type", (packets) => `${packets} of a link type that is not decoded`),
  [VERDICT.notIp]: noted("not-ip", (packets) => `${packets} other than IP (ARP, LLDP and the like)`),
  [VERDICT.notTransport]: noted("not-transport", (packets) => `${packets} of IP other than TCP and UDP (ICMP and the like)`),
  [VERDICT.fragment]: noted("fragments", (packets) => `${packets} with a fragment of an IP datagram whose rest had not come yet`),
  [VERDICT.snapped]: noted("cut-headers", (packets) => `${packets} cut by the capture's snapshot length before the end of the headers`),
  [VERDICT.malformed]: noted("malformed-headers", (packets) => `${packets} with headers that contradict themselves`),
  [VERDICT.encapsulated]: noted("encapsulated", (packets) => `${packets} inside a tunnel or encryption that is not opened`),
};

/** The note for packets with this verdict. */
export function noteOf(verdict: Verdict): VerdictNote {
  return NOTES[verdict];
}

function noted(code: string, words: (packets: string) => string): VerdictNote {
  return { code, words: (count) => words(counted(count, "packet")) };
}
