/**
 * Writes packets to a pcapng file: Ethernet with made-up addresses, IP and TCP or UDP headers made anew with correct lengths
 * and checksums. Tunnels, VLAN tags, fragments and IP options are gone; only the innermost packets are written.
 */
import { joinOctets } from "../bytes/join.ts";
import type { Packet } from "./packets.ts";

const ETHERNET = 14;
const PROTOCOL = { tcp: 6, udp: 17 } as const;
/** Nanoseconds: `if_tsresol` is 9. */
const RESOLUTION = 9;

/** The file, little-endian, one interface, without comments, names or secrets. */
export function writePackets(packets: readonly Packet[]): Uint8Array {
  return joinOctets(sectionHeader(), interfaceDescription(), ...packets.map(packetBlock));
}

function sectionHeader(): Uint8Array {
  const body = new DataView(new ArrayBuffer(16));
  body.setUint32(0, 0x1a2b3c4d, true);
  body.setUint16(4, 1, true);
  body.setBigUint64(8, 0xffff_ffff_ffff_ffffn, true);
  return block(0x0a0d0d0a, new Uint8Array(body.buffer));
}

function interfaceDescription(): Uint8Array {
  const body = new DataView(new ArrayBuffer(20));
  body.setUint16(0, 1, true);
  body.setUint32(4, 262_144, true);
  body.setUint16(8, 9, true);
  body.setUint16(10, 1, true);
  body.setUint8(12, RESOLUTION);
  return block(1, new Uint8Array(body.buffer));
}

function packetBlock(packet: Packet): Uint8Array {
  const octets = frame(packet);
  const body = new DataView(new ArrayBuffer(20 + Math.ceil(octets.length / 4) * 4));
  const time = BigInt(packet.time) * 1000n + BigInt(packet.nanos);
  body.setUint32(4, Number(time >> 32n), true);
  body.setUint32(8, Number(time & 0xffff_ffffn), true);
  body.setUint32(12, octets.length, true);
  body.setUint32(16, octets.length + packet.missing, true);
  const bytes = new Uint8Array(body.buffer);
  bytes.set(octets, 20);
  return block(6, bytes);
}

function block(type: number, body: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(body.length + 12));
  view.setUint32(0, type, true);
  view.setUint32(4, body.length + 12, true);
  view.setUint32(body.length + 8, body.length + 12, true);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(body, 8);
  return bytes;
}

function frame(packet: Packet): Uint8Array {
  const transport = packet.protocol === "tcp" ? tcp(packet) : udp(packet);
  const isIpv4 = packet.source.length === 4;
  const ip = isIpv4 ? ipv4(packet, transport.length) : ipv6(packet, transport.length);
  const bytes = joinOctets(ethernet(packet, isIpv4), ip, transport);
  const at = ETHERNET + ip.length + (packet.protocol === "tcp" ? 16 : 6);
  const sum = transportChecksum(packet, transport);
  // In UDP, 0 means that there is no checksum.
  new DataView(bytes.buffer).setUint16(at, packet.protocol === "udp" && sum === 0 ? 0xffff : sum);
  return bytes;
}

/** A locally administered address derived from the IP address, so that each host has its own. */
function mac(address: Uint8Array): Uint8Array {
  return joinOctets(Uint8Array.of(2, 0), address.subarray(-4));
}

function ethernet(packet: Packet, isIpv4: boolean): Uint8Array {
  return joinOctets(mac(packet.target), mac(packet.source), isIpv4 ? Uint8Array.of(8, 0) : Uint8Array.of(0x86, 0xdd));
}

function ipv4(packet: Packet, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(20));
  view.setUint8(0, 0x45);
  view.setUint16(2, Math.min(0xffff, 20 + length + packet.missing));
  view.setUint16(4, packet.number & 0xffff);
  view.setUint16(6, 0x4000);
  view.setUint8(8, packet.ttl);
  view.setUint8(9, PROTOCOL[packet.protocol]);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(packet.source, 12);
  bytes.set(packet.target, 16);
  view.setUint16(10, checksum(bytes));
  return bytes;
}

function ipv6(packet: Packet, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(40));
  view.setUint8(0, 0x60);
  view.setUint16(4, Math.min(0xffff, length + packet.missing));
  view.setUint8(6, PROTOCOL[packet.protocol]);
  view.setUint8(7, packet.ttl);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(packet.source, 8);
  bytes.set(packet.target, 24);
  return bytes;
}

function tcp({ header, payload }: Packet): Uint8Array {
  const bytes = joinOctets(header, payload);
  bytes.fill(0, 16, 18);
  return bytes;
}

function udp({ sourcePort, targetPort, payload, missing }: Packet): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint16(0, sourcePort);
  view.setUint16(2, targetPort);
  view.setUint16(4, Math.min(0xffff, 8 + payload.length + missing));
  return joinOctets(new Uint8Array(view.buffer), payload);
}

function transportChecksum({ source, target, protocol, missing }: Packet, transport: Uint8Array): number {
  const tail = new DataView(new ArrayBuffer(8));
  tail.setUint32(0, transport.length + missing);
  tail.setUint32(4, PROTOCOL[protocol]);
  return checksum(joinOctets(source, target, new Uint8Array(tail.buffer), transport));
}

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
