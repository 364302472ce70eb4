/**
 * Recorded handshakes in, capture files of any size out (classic pcap, Ethernet, IPv4, TCP with
 * timestamps). Nothing is random: the same templates and sizes give the same octets. Checksums are
 * left zero, as a capture of a sender with checksum offload has them.
 */
import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { NAME_OCTETS, RANDOM_AT } from "./recording.mjs";

/** @typedef {import("./recording.mjs").Template} Template */

/** Octets of payload in a full segment. */
const SEGMENT = 1400;
/** Octets of a full application-data record: header, 2^14 octets of content, AEAD tag. */
const RECORD = 5 + 16_384 + 17;
/** Octets before the payload: pcap packet header, Ethernet, IPv4, TCP with a timestamp option. */
const HEADERS = 16 + 14 + 20 + 32;
const BUFFER = 4 << 20;
const FLAG = { fin: 0x01, syn: 0x02, push: 0x08, ack: 0x10 };

/** Connections whose turns are interleaved in a dense capture. */
const AT_ONCE = 64;

/** `connections` handshakes, then as many records as make `octets` in all. @param {string} file @param {Template[]} templates @param {number} octets @param {number} connections */
export function writeBulk(file, templates, octets, connections) {
  const writer = new CaptureWriter(file);
  const open = Array.from({ length: connections }, (_, index) => new Connection(writer, pick(templates, index), index));
  for (const connection of open) connection.start();
  for (let turn = 0; turn < 4; turn++) for (const connection of open) connection.turn(turn);
  while (writer.written < octets) for (const connection of open) connection.download(RECORD);
  for (const connection of open) connection.close();
  writer.end();
  return { handshakes: connections };
}

/** Nothing but handshakes, until there are `octets`. @param {string} file @param {Template[]} templates @param {number} octets */
export function writeDense(file, templates, octets) {
  const writer = new CaptureWriter(file);
  let handshakes = 0;
  while (writer.written < octets) {
    const open = Array.from({ length: AT_ONCE }, () => new Connection(writer, pick(templates, handshakes), handshakes++));
    for (const connection of open) connection.start();
    for (let turn = 0; turn < 4; turn++) for (const connection of open) connection.turn(turn);
    for (const connection of open) connection.close();
  }
  writer.end();
  return { handshakes };
}

/** @param {Template[]} templates @param {number} index */
function pick(templates, index) {
  return templates[index % templates.length];
}

/** Packets to a file, a few mebioctets at a time; the file has its name only when it is whole. */
class CaptureWriter {
  written = 24;
  #file;
  #fd;
  #buffer = Buffer.alloc(BUFFER);
  #used = 24;
  #packets = 0;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
    this.#fd = openSync(`${file}.part`, "w");
    this.#buffer.writeUInt32LE(0xa1b2c3d4, 0);
    this.#buffer.writeUInt16LE(2, 4);
    this.#buffer.writeUInt16LE(4, 6);
    this.#buffer.writeUInt32LE(262_144, 16);
    this.#buffer.writeUInt32LE(1, 20);
  }

  /** Room for one packet with `payload` octets; its pcap, Ethernet and IPv4 headers are written. @param {number} payload */
  packet(payload) {
    const length = HEADERS + payload;
    if (this.#used + length > BUFFER) this.#flush();
    const at = this.#used;
    const buffer = this.#buffer;
    this.#used += length;
    this.written += length;
    const time = this.#packets++ * 8;
    buffer.writeUInt32LE(1_700_000_000 + Math.floor(time / 1_000_000), at);
    buffer.writeUInt32LE(time % 1_000_000, at + 4);
    buffer.writeUInt32LE(length - 16, at + 8);
    buffer.writeUInt32LE(length - 16, at + 12);
    buffer.fill(0, at + 16, at + HEADERS);
    buffer.writeUInt16BE(0x0800, at + 28);
    buffer.writeUInt16BE(0x4500, at + 30);
    buffer.writeUInt16BE(52 + payload, at + 32);
    buffer.writeUInt16BE(0x4006, at + 38);
    return { buffer, at: at + 30 };
  }

  end() {
    this.#flush();
    closeSync(this.#fd);
    renameSync(`${this.#file}.part`, this.#file);
  }

  #flush() {
    for (let at = 0; at < this.#used;) at += writeSync(this.#fd, this.#buffer, at, this.#used - at);
    this.#used = 0;
  }
}

/** What a download sends, again and again: records of octets that look encrypted. */
const stream = makeStream();

/** One TCP connection with a name, randoms and key share of its own. */
class Connection {
  #writer;
  #template;
  #index;
  #sequence = { client: 0, server: 0 };
  #downloaded = 0;

  /** @param {CaptureWriter} writer @param {Template} template @param {number} index */
  constructor(writer, template, index) {
    this.#writer = writer;
    this.#template = template;
    this.#index = index;
    this.#sequence.client = Math.imul(index, 0x9e3779b1) >>> 0;
    this.#sequence.server = Math.imul(index, 0x85ebca6b) >>> 0;
  }

  start() {
    this.#segment("client", FLAG.syn, stream, 0, 0);
    this.#segment("server", FLAG.syn | FLAG.ack, stream, 0, 0);
    this.#segment("client", FLAG.ack, stream, 0, 0);
  }

  /** One turn of the recorded handshake. @param {number} number */
  turn(number) {
    const { turns, name, keyShare } = this.#template;
    const turn = turns[number];
    const bytes = Buffer.from(turn.bytes);
    if (number < 2) bytes.writeUInt32BE(this.#index, RANDOM_AT + 28);
    if (number === 0 && name !== -1) bytes.write(this.#index.toString(36).padStart(NAME_OCTETS, "0"), name, "latin1");
    if (number === 0 && keyShare !== -1) bytes.writeUInt32BE(this.#index, keyShare);
    this.#send(turn.from, bytes, 0, bytes.length);
  }

  /** `octets` more of the download, from the server. @param {number} octets */
  download(octets) {
    const start = this.#downloaded % RECORD;
    this.#send("server", stream, start, start + octets);
    this.#downloaded += octets;
  }

  close() {
    this.#segment("client", FLAG.fin | FLAG.ack, stream, 0, 0);
    this.#segment("server", FLAG.fin | FLAG.ack, stream, 0, 0);
    this.#segment("client", FLAG.ack, stream, 0, 0);
  }

  /** Full segments, every second one acknowledged. @param {"client" | "server"} from @param {Buffer} bytes @param {number} start @param {number} end */
  #send(from, bytes, start, end) {
    const to = from === "client" ? "server" : "client";
    let unacknowledged = 0;
    for (let at = start; at < end; at += SEGMENT) {
      const last = at + SEGMENT >= end;
      this.#segment(from, last ? FLAG.ack | FLAG.push : FLAG.ack, bytes, at, Math.min(at + SEGMENT, end));
      unacknowledged++;
      if (!last && unacknowledged < 2) continue;
      this.#segment(to, FLAG.ack, bytes, 0, 0);
      unacknowledged = 0;
    }
  }

  /** @param {"client" | "server"} from @param {number} flags @param {Buffer} payload @param {number} start @param {number} end */
  #segment(from, flags, payload, start, end) {
    const { buffer, at } = this.#writer.packet(end - start);
    const client = from === "client";
    const host = 0x0a00_0001 + (this.#index >>> 14);
    const port = 40_000 + (this.#index & 0x3fff);
    buffer.writeUInt32BE(client ? host : 0x0aff_0001, at + 12);
    buffer.writeUInt32BE(client ? 0x0aff_0001 : host, at + 16);
    buffer.writeUInt16BE(client ? port : 443, at + 20);
    buffer.writeUInt16BE(client ? 443 : port, at + 22);
    buffer.writeUInt32BE(client ? this.#sequence.client : this.#sequence.server, at + 24);
    if ((flags & FLAG.ack) !== 0) buffer.writeUInt32BE(client ? this.#sequence.server : this.#sequence.client, at + 28);
    buffer.writeUInt16BE((8 << 12) | flags, at + 32);
    buffer.writeUInt16BE(0xffff, at + 34);
    buffer.writeUInt32BE(0x0101_080a, at + 40);
    payload.copy(buffer, at + 52, start, end);
    const length = end - start + ((flags & (FLAG.syn | FLAG.fin)) === 0 ? 0 : 1);
    this.#sequence[from] = (this.#sequence[from] + length) >>> 0;
  }
}

/** Two records, so that a whole record can be cut at any offset of the first. */
function makeStream() {
  const bytes = Buffer.alloc(2 * RECORD);
  let state = 1;
  for (let at = 0; at < bytes.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  for (const at of [0, RECORD]) {
    bytes.writeUIntBE(0x17_0303, at, 3);
    bytes.writeUInt16BE(RECORD - 5, at + 3);
  }
  return bytes;
}
