/**
 * One captured packet to its headers, down to TCP or UDP: a loop that reads header after header, each
 * telling what follows it, until one gives a verdict. Nothing is allocated, apart from IP fragments that wait for
 * the rest of their datagram. A header that lies ends the packet with a verdict that says so.
 */
import type { Frame } from "../capture/frame.ts";
import type { FragmentTable } from "./fragments.ts";
import { readIeee80211, readRadiotap } from "./ieee80211.ts";
import { readIp, readIpv4 } from "./ipv4.ts";
import { readAuthentication, readExtension, readFragment, readIpv6 } from "./ipv6.ts";
import { LAYER, layerOfLinkType, layerOfProtocol, u16, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { readCooked, readCooked2, readEthernet, readFamily, readLlc, readNflog, readLongTag, readPktap, readTag } from "./link.ts";
import { readCiscoHdlc, readPpp, readPppHdlc, readPppoe } from "./ppp.ts";
import { readTcp } from "./tcp.ts";
import { readCapwap } from "./tunnel/capwap.ts";
import { readErspan } from "./tunnel/erspan.ts";
import { readEtherIp } from "./tunnel/etherip.ts";
import { readGeneve } from "./tunnel/geneve.ts";
import { readGre } from "./tunnel/gre.ts";
import { readGtpU } from "./tunnel/gtp-u.ts";
import { readIpv4InIp, readIpv6InIp } from "./tunnel/ip-in-ip.ts";
import { readL2tp, readL2tpOverIp } from "./tunnel/l2tp.ts";
import { readMpls, readMplsInUdp } from "./tunnel/mpls.ts";
import { readNsh } from "./tunnel/nsh.ts";
import { readTeredo } from "./tunnel/teredo.ts";
import { readTzsp } from "./tunnel/tzsp.ts";
import { readVxlan } from "./tunnel/vxlan.ts";
import { readUdp } from "./udp.ts";
import { VERDICT, type Verdict } from "./verdict.ts";

/** Headers of one packet that are read; no honest packet has so many. */
const MAX_HEADERS = 32;
/** Octets of an Ethernet header, and of that with an IPv4 header behind it. */
const ETHERNET = 14;
const USUAL_HEADERS = 34;

/**
 * Decodes a frame into `layers`, which is valid until the next call: its offsets point into `layers.bytes`,
 * the frame's octets or those of a datagram that the frame completed.
 */
export function decodeFrame(frame: Frame, layers: Layers, fragments: FragmentTable): Verdict {
  layers.bytes = frame.bytes;
  layers.tunnels = 0;
  let next: Next = readUsual(frame, layers);
  if (next === LAYER.tcp) return readTcp(layers);
  if (next === LAYER.udp) next = readUdp(layers);
  for (let headers = 0; headers < MAX_HEADERS; headers++) {
    if (next < LAYER.ethernet) return next as Verdict;
    next = readLayer(next, layers, fragments, frame);
  }
  return VERDICT.malformed;
}

/**
 * The headers that most packets begin with, in one go: Ethernet II and IPv4 without options or fragments, not cut. Small, so that it
 * is compiled early and the loop hardly ever. Of other packets nothing is read, and the layer that their link type announces is returned.
 */
function readUsual({ bytes, start, end, wireLength, linkType }: Frame, layers: Layers): Next {
  const captured = end - start;
  const total = captured < USUAL_HEADERS ? 0 : u16(bytes, start + 16);
  const isUsual =
    linkType === 1 &&
    total >= USUAL_HEADERS - ETHERNET &&
    total <= captured - ETHERNET &&
    u16(bytes, start + 12) === 0x0800 &&
    bytes[start + ETHERNET] === 0x45 &&
    (u16(bytes, start + 20) & 0x3fff) === 0;
  if (!isUsual) {
    layers.ipVersion = 0;
    layers.payloadStart = start;
    layers.payloadEnd = end;
    layers.missing = wireLength - captured;
    return layerOfLinkType(linkType);
  }
  layers.ipVersion = 4;
  layers.sourceAt = start + 26;
  layers.targetAt = start + 30;
  layers.ttl = bytes[start + 22] as number;
  layers.protocol = bytes[start + 23] as number;
  layers.payloadStart = start + USUAL_HEADERS;
  layers.payloadEnd = start + ETHERNET + total;
  layers.missing = 0;
  return layers.protocol === 6 ? LAYER.tcp : layers.protocol === 17 ? LAYER.udp : layerOfProtocol(layers.protocol);
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
    default:
      return VERDICT.malformed;
  }
}
