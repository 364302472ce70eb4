/**
 * One captured packet to its headers, down to TCP or UDP: a loop that reads header after header, each
 * telling what follows it, until one gives a verdict. Nothing is allocated, apart from IP fragments that wait for
 * the rest of their datagram. A header that contradicts itself or the packet ends the walk with a verdict that says so.
 */
import type { Frame } from "../capture/frame.ts";
import type { FragmentTable } from "./fragments.ts";
import { readAvs, readEnc, readErf, readIpnet, readJuniper, readPflog, readPpi, readPppDirection, readPrism } from "./capture-header.ts";
import { readIeee80211, readRadiotap } from "./ieee80211.ts";
import { readIp, readIpv4 } from "./ipv4.ts";
import { readAuthentication, readExtension, readFragment, readIpv6 } from "./ipv6.ts";
import { LAYER, layerOfLinkType, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import {
  readCooked,
  readCooked2,
  readEthernet,
  readFamily,
  readLlc,
  readNflog,
  readLongTag,
  readPktap,
  readSecurityTag,
  readSwitchTag,
  readTag,
  readTagBefore,
} from "./link.ts";
import { readFddi, readFibreChannel, readFrameRelay, readInfiniBand, readSunAtm, readTokenRing } from "./other-links.ts";
import { readCiscoHdlc, readPpp, readPppHdlc, readPppoe } from "./ppp.ts";
import { readTcp } from "./tcp.ts";
import { readMacsec, readPbb, readTrill } from "./tunnel/bridges.ts";
import { readCapwap } from "./tunnel/capwap.ts";
import { readErspan } from "./tunnel/erspan.ts";
import { readEtherIp } from "./tunnel/etherip.ts";
import { readGeneve } from "./tunnel/geneve.ts";
import { readGre } from "./tunnel/gre.ts";
import { readGtpU } from "./tunnel/gtp-u.ts";
import { readAyiya, readGreInUdp, readGtp0, readJuniperMirror, readLisp } from "./tunnel/ip-in-udp.ts";
import { readIpv4InIp, readIpv6InIp } from "./tunnel/ip-in-ip.ts";
import { readL2tp, readL2tpOverIp } from "./tunnel/l2tp.ts";
import { readMpls, readMplsInUdp } from "./tunnel/mpls.ts";
import { readNsh } from "./tunnel/nsh.ts";
import { readTeredo } from "./tunnel/teredo.ts";
import { readTzsp } from "./tunnel/tzsp.ts";
import { readVxlan } from "./tunnel/vxlan.ts";
import { readUdp } from "./udp.ts";
import { VERDICT, type Verdict } from "./verdict.ts";

/** Headers read of one packet at most; no honest packet has so many. */
const MAX_HEADERS = 32;
/** Octets of the headers of Ethernet, of Ethernet and IPv4, of TCP without options, and of all three together. */
const ETHERNET = 14;
const IPV4_HEADERS = 34;
const TCP_HEADER = 20;
const USUAL_HEADERS = 54;

/**
 * Decodes a frame into `layers`, which is valid until the next call: its offsets point into `layers.bytes`,
 * the frame's octets or those of a datagram that the frame completed.
 */
export function decodeFrame(frame: Frame, layers: Layers, fragments: FragmentTable): Verdict {
  layers.bytes = frame.bytes;
  layers.tunnels = 0;
  let next: Next = readUsual(frame, layers);
  if (next === VERDICT.tcp) return next;
  if (next === LAYER.udp) next = readUdp(layers);
  else begin(frame, layers);
  for (let headers = 0; headers < MAX_HEADERS; headers++) {
    if (next < LAYER.ethernet) return next as Verdict;
    next = readLayer(next, layers, fragments, frame);
  }
  return VERDICT.malformed;
}

/**
 * The headers of most packets in one go: Ethernet II, IPv4 without options or fragments, and TCP, none of them cut; for UDP everything but
 * the UDP header itself. Small, so that it is compiled early. Nothing is read of other packets, and their link type's layer is returned.
 */
function readUsual({ view, start, end, linkType }: Frame, layers: Layers): Next {
  if (linkType !== 1 || end - start < USUAL_HEADERS || view.getUint16(start + 12) !== 0x0800) return layerOfLinkType(linkType);
  const protocol = view.getUint8(start + 23);
  const options = protocol === 6 ? (view.getUint8(start + 46) >>> 4) * 4 - TCP_HEADER : 0;
  const payloadStart = start + (protocol === 6 ? USUAL_HEADERS : IPV4_HEADERS) + options;
  const payloadEnd = start + ETHERNET + view.getUint16(start + 16);
  const isUsual =
    (protocol === 6 || protocol === 17) &&
    view.getUint8(start + ETHERNET) === 0x45 &&
    (view.getUint16(start + 20) & 0x3fff) === 0 &&
    options >= 0 &&
    payloadStart <= payloadEnd &&
    payloadEnd <= end;
  if (!isUsual) return LAYER.ethernet;
  layers.ipVersion = 4;
  layers.sourceAt = start + 26;
  layers.targetAt = start + 30;
  layers.ttl = view.getUint8(start + 22);
  layers.protocol = protocol;
  layers.payloadStart = payloadStart;
  layers.payloadEnd = payloadEnd;
  layers.missing = 0;
  if (protocol === 17) return LAYER.udp;
  layers.sourcePort = view.getUint16(start + 34);
  layers.targetPort = view.getUint16(start + 36);
  layers.sequence = view.getInt32(start + 38);
  layers.acknowledgment = view.getInt32(start + 42);
  layers.flags = view.getUint8(start + 47);
  return VERDICT.tcp;
}

function begin({ start, end, wireLength }: Frame, layers: Layers): void {
  layers.ipVersion = 0;
  layers.payloadStart = start;
  layers.payloadEnd = end;
  layers.missing = wireLength - (end - start);
}

/** The list of layers. A new one, a tunnel say, is a file and a line here, and its number in the tables of `layer.ts`. */
function readLayer(layer: Next, layers: Layers, fragments: FragmentTable, frame: Frame): Next {
  switch (layer) {
    case LAYER.ethernet:
      return readEthernet(layers);
    case LAYER.ipv4:
      return readIpv4(layers, fragments, frame);
    case LAYER.ipv6:
      return readIpv6(layers);
    case LAYER.tcp:
      return readTcp(layers);
    case LAYER.udp:
      return readUdp(layers);
    case LAYER.tag:
      return readTag(layers);
    case LAYER.longTag:
      return readLongTag(layers);
    case LAYER.ip:
      return readIp(layers);
    case LAYER.extension:
      return readExtension(layers);
    case LAYER.fragment:
      return readFragment(layers, fragments, frame);
    case LAYER.authentication:
      return readAuthentication(layers);
    case LAYER.cooked:
      return readCooked(layers);
    case LAYER.cooked2:
      return readCooked2(layers);
    case LAYER.family:
      return readFamily(layers);
    case LAYER.llc:
      return readLlc(layers);
    case LAYER.mpls:
      return readMpls(layers);
    case LAYER.nflog:
      return readNflog(layers);
    case LAYER.pktap:
      return readPktap(layers);
    case LAYER.ppp:
      return readPpp(layers);
    case LAYER.pppHdlc:
      return readPppHdlc(layers);
    case LAYER.pppoe:
      return readPppoe(layers);
    case LAYER.ciscoHdlc:
      return readCiscoHdlc(layers);
    case LAYER.ieee80211:
      return readIeee80211(layers);
    case LAYER.radiotap:
      return readRadiotap(layers);
    case LAYER.gre:
      return readGre(layers);
    case LAYER.erspan:
      return readErspan(layers);
    case LAYER.vxlan:
      return readVxlan(layers);
    case LAYER.geneve:
      return readGeneve(layers);
    case LAYER.gtpU:
      return readGtpU(layers);
    case LAYER.ipv4InIp:
      return readIpv4InIp(layers);
    case LAYER.ipv6InIp:
      return readIpv6InIp(layers);
    case LAYER.teredo:
      return readTeredo(layers);
    case LAYER.l2tp:
      return readL2tp(layers);
    case LAYER.l2tpOverIp:
      return readL2tpOverIp(layers);
    case LAYER.mplsInUdp:
      return readMplsInUdp(layers);
    case LAYER.etherIp:
      return readEtherIp(layers);
    case LAYER.capwap:
      return readCapwap(layers, fragments, frame);
    case LAYER.nsh:
      return readNsh(layers);
    case LAYER.tzsp:
      return readTzsp(layers);
    case LAYER.ppi:
      return readPpi(layers);
    case LAYER.prism:
      return readPrism(layers);
    case LAYER.avs:
      return readAvs(layers);
    case LAYER.erf:
      return readErf(layers);
    case LAYER.enc:
      return readEnc(layers);
    case LAYER.pflog:
      return readPflog(layers);
    case LAYER.pppDirection:
      return readPppDirection(layers);
    case LAYER.juniperEthernet:
      return readJuniper(layers, LAYER.ethernet);
    case LAYER.juniperPpp:
      return readJuniper(layers, LAYER.ppp);
    case LAYER.juniperFrameRelay:
      return readJuniper(layers, LAYER.frameRelay);
    case LAYER.juniperHdlc:
      return readJuniper(layers, LAYER.ciscoHdlc);
    case LAYER.fddi:
      return readFddi(layers);
    case LAYER.tokenRing:
      return readTokenRing(layers);
    case LAYER.fibreChannel:
      return readFibreChannel(layers);
    case LAYER.sunAtm:
      return readSunAtm(layers);
    case LAYER.frameRelay:
      return readFrameRelay(layers);
    case LAYER.infiniBand:
      return readInfiniBand(layers);
    case LAYER.pbb:
      return readPbb(layers);
    case LAYER.trill:
      return readTrill(layers);
    case LAYER.macsec:
      return readMacsec(layers);
    case LAYER.securityTag:
      return readSecurityTag(layers);
    case LAYER.switchTag:
      return readSwitchTag(layers);
    case LAYER.tagBefore:
      return readTagBefore(layers);
    case LAYER.ipnet:
      return readIpnet(layers);
    case LAYER.lisp:
      return readLisp(layers);
    case LAYER.juniperMirror:
      return readJuniperMirror(layers);
    case LAYER.ayiya:
      return readAyiya(layers);
    case LAYER.gtp0:
      return readGtp0(layers);
    case LAYER.greInUdp:
      return readGreInUdp(layers);
    default:
      return VERDICT.malformed;
  }
}
