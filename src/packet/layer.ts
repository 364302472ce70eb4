/**
 * What the readers of this room have in common. Each reads one header at `layers.payloadStart`, moves that offset
 * past it, narrows `payloadEnd` and `missing` to what the header says, and returns what follows: the number of
 * another layer, or a verdict, which ends the packet. The tables here say which number of a lower layer means which layer.
 */
import type { Layers } from "./layers.ts";
import { VERDICT, type Verdict } from "./verdict.ts";

/** Headers that are read. Verdicts are below 16, layers above. */
export const LAYER = {
  ethernet: 16,
  cooked: 17,
  cooked2: 18,
  family: 19,
  ppp: 20,
  pppHdlc: 21,
  pppoe: 22,
  ciscoHdlc: 23,
  mpls: 24,
  llc: 25,
  ieee80211: 26,
  radiotap: 27,
  nflog: 28,
  pktap: 29,
  tag: 30,
  longTag: 31,
  ip: 32,
  ipv4: 33,
  ipv6: 34,
  extension: 35,
  fragment: 36,
  authentication: 37,
  tcp: 38,
  udp: 39,
  gre: 40,
  erspan: 41,
  vxlan: 42,
  geneve: 43,
  gtpU: 44,
  ipv4InIp: 45,
  ipv6InIp: 46,
  teredo: 47,
  l2tp: 48,
  l2tpOverIp: 49,
  mplsInUdp: 50,
  etherIp: 51,
  capwap: 52,
  nsh: 53,
  tzsp: 54,
  ppi: 55,
  prism: 56,
  avs: 57,
  erf: 58,
  enc: 59,
  pflog: 60,
  pppDirection: 61,
  juniperEthernet: 62,
  juniperPpp: 63,
  juniperFrameRelay: 64,
  juniperHdlc: 65,
  fddi: 66,
  tokenRing: 67,
  fibreChannel: 68,
  sunAtm: 69,
  frameRelay: 70,
  infiniBand: 71,
  pbb: 72,
  trill: 73,
  macsec: 74,
  securityTag: 75,
  lisp: 76,
  juniperMirror: 77,
  ayiya: 78,
  gtp0: 79,
  greInUdp: 80,
  switchTag: 81,
  tagBefore: 82,
  ipnet: 83,
} as const;

/** A layer to be read next, or the packet's verdict. */
export type Next = (typeof LAYER)[keyof typeof LAYER] | Verdict;

/** What packets of a link type begin with. Both LINKTYPE_ values and the DLT_ values that some systems write for raw IP are known. */
export function layerOfLinkType(linkType: number): Next {
  switch (linkType) {
    case 0:
    case 108:
      return LAYER.family;
    case 1:
      return LAYER.ethernet;
    case 6:
      return LAYER.tokenRing;
    case 9:
      return LAYER.ppp;
    case 10:
      return LAYER.fddi;
    case 12:
    case 14:
    case 101:
    case 106: // Linux, classical IP over ATM
      return LAYER.ip;
    case 11:
    case 100: // RFC 1483
      return LAYER.llc;
    case 50:
      return LAYER.pppHdlc;
    case 51:
      return LAYER.pppoe;
    case 104:
      return LAYER.ciscoHdlc;
    case 105:
      return LAYER.ieee80211;
    case 107:
      return LAYER.frameRelay;
    case 109:
      return LAYER.enc;
    case 113:
      return LAYER.cooked;
    case 117:
      return LAYER.pflog;
    case 119:
      return LAYER.prism;
    case 122:
      return LAYER.fibreChannel;
    case 123:
      return LAYER.sunAtm;
    case 127:
      return LAYER.radiotap;
    case 163:
      return LAYER.avs;
    case 166:
    case 204:
      return LAYER.pppDirection;
    case 178:
      return LAYER.juniperEthernet;
    case 179:
      return LAYER.juniperPpp;
    case 180:
      return LAYER.juniperFrameRelay;
    case 181:
      return LAYER.juniperHdlc;
    case 192:
      return LAYER.ppi;
    case 197:
      return LAYER.erf;
    case 226:
      return LAYER.ipnet;
    case 228:
      return LAYER.ipv4;
    case 229:
      return LAYER.ipv6;
    case 239:
      return LAYER.nflog;
    case 242:
      return LAYER.infiniBand;
    case 149: // for users' own purposes; Darwin's
    case 258:
      return LAYER.pktap;
    case 276:
      return LAYER.cooked2;
    case 281: // Broadcom
    case 284: // Marvell
      return LAYER.switchTag;
    case 282: // Broadcom, before the frame
      return LAYER.tagBefore;
    case 285: // Marvell, after an Ethernet type
      return LAYER.ethernet;
    default:
      return VERDICT.linkType;
  }
}

/** What an Ethernet type announces: below 0x0600 it is a length, and LLC follows (in cooked captures, 4 says the same). */
export function layerOfEtherType(type: number): Next {
  switch (type) {
    case 0x0800:
      return LAYER.ipv4;
    case 0x86dd:
      return LAYER.ipv6;
    case 0x8100: // IEEE 802.1Q
    case 0x88a8: // IEEE 802.1ad
    case 0x9100: // the same before the standard
    case 0x9200:
      return LAYER.tag;
    case 0x8926: // VN-Tag
    case 0x892f: // HSR, IEC 62439-3
    case 0xf1c1: // IEEE 802.1CB
      return LAYER.longTag;
    case 0x8909: // Cisco's security groups
    case 0xdada: // Marvell's tag for a port of a switch
      return LAYER.securityTag;
    case 0x8847:
    case 0x8848:
      return LAYER.mpls;
    case 0x8864:
      return LAYER.pppoe;
    case 0x880b:
      return LAYER.ppp;
    case 0x8870:
      return LAYER.llc;
    case 0x6558: // transparent Ethernet bridging
      return LAYER.ethernet;
    case 0x894f:
      return LAYER.nsh;
    case 0x88e5:
      return LAYER.macsec;
    case 0x88e7:
      return LAYER.pbb;
    case 0x22f3:
      return LAYER.trill;
    default:
      return type < 0x0600 ? LAYER.llc : VERDICT.notIp;
  }
}

/** What an IP protocol number, or the next header field of IPv6, announces. */
export function layerOfProtocol(protocol: number): Next {
  switch (protocol) {
    case 6:
      return LAYER.tcp;
    case 17:
      return LAYER.udp;
    case 0: // hop-by-hop options
    case 43: // routing
    case 60: // destination options
    case 135: // mobility
    case 139: // host identity
    case 140: // shim6
      return LAYER.extension;
    case 44:
      return LAYER.fragment;
    case 51:
      return LAYER.authentication;
    case 4:
      return LAYER.ipv4InIp;
    case 41:
      return LAYER.ipv6InIp;
    case 47:
      return LAYER.gre;
    case 97:
      return LAYER.etherIp;
    case 115:
      return LAYER.l2tpOverIp;
    case 137:
      return LAYER.mpls;
    case 50: // ESP
      return VERDICT.encapsulated;
    default:
      return VERDICT.notTransport;
  }
}

/** The tunnels by their UDP ports. A map rather than a switch: V8 would recompile the function whenever one of so many rare branches is first taken. */
const UDP_PORTS: ReadonlyMap<number, Next> = new Map<number, Next>([
  [1701, LAYER.l2tp],
  [2152, LAYER.gtpU],
  [3386, LAYER.gtp0],
  [3544, LAYER.teredo],
  [4341, LAYER.lisp],
  [4754, LAYER.greInUdp],
  [4789, LAYER.vxlan],
  [4790, LAYER.vxlan], // the generic extension
  [5072, LAYER.ayiya],
  [5247, LAYER.capwap],
  [6081, LAYER.geneve],
  [6635, LAYER.mplsInUdp],
  [8472, LAYER.vxlan], // Linux, before there was an assigned port
  [30_030, LAYER.juniperMirror],
  [37_008, LAYER.tzsp],
]);

/** The tunnel that uses a UDP port; its reader finds out whether the packet is one. */
export function layerOfUdpPort(port: number): Next {
  return UDP_PORTS.get(port) ?? VERDICT.udp;
}

/** The verdict for a header that does not fit: it was cut by the snapshot length, or never there. */
export function tooShort(layers: Layers): Verdict {
  return layers.missing > 0 ? VERDICT.snapped : VERDICT.malformed;
}

/** Keeps the first `length` octets of the payload as it was on the wire; what follows them is padding. */
export function narrow(layers: Layers, length: number): void {
  const captured = layers.payloadEnd - layers.payloadStart;
  const wire = captured + layers.missing;
  const kept = length < wire ? length : wire;
  if (kept < captured) layers.payloadEnd = layers.payloadStart + kept;
  layers.missing = kept < captured ? 0 : kept - captured;
}

/** Two octets in network order. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Four octets in network order, unsigned. */
export function u32(bytes: Uint8Array, at: number): number {
  return i32(bytes, at) >>> 0;
}

/** Four octets in network order, signed. */
export function i32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}
