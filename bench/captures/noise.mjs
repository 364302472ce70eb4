/**
 * A SYN scan of many hosts and ports, and DNS, with a handshake now and then: what a capture without a
 * filter has most of. Nearly every packet begins a TCP connection that is never established, or is not TCP at all.
 */
import { CleanWire, FLAG, handshakes } from "./connection.mjs";

/** @typedef {import("./capture-writer.mjs").CaptureWriter} CaptureWriter */

const SCANNER = 0x0a40_0001;
const SCANNED = 0x0a80_0000;
const HOSTS = 4096;
const RESOLVER = 0x0aff_0035;
/** Rounds of eight probes and two look-ups for each handshake. */
const QUIET = 4000;
const PROBES = 8;

/** @type {import("./index.mjs").Recipe} */
export const noise = {
  title: "a SYN scan and DNS, and few handshakes",
  octets: 300_000_000,
  write(writer, templates, octets) {
    const wire = new CleanWire(writer);
    let done = 0;
    for (let round = 0; writer.written < octets; round++) {
      for (let probe = 0; probe < PROBES; probe++) writeProbe(writer, round * PROBES + probe);
      for (let query = 0; query < 2; query++) writeLookUp(writer, round * 2 + query);
      if (round % QUIET === 0) for (const connection of handshakes(wire, templates, done++, 1)) connection.close();
    }
    return done;
  },
};

/** Of eight ports one is open, three are closed, four say nothing. @param {CaptureWriter} writer @param {number} index */
function writeProbe(writer, index) {
  const host = SCANNED + (index % HOSTS);
  const port = 1 + (Math.floor(index / HOSTS) % 65_535);
  const from = 32_768 + (index % 28_232);
  const sequence = Math.imul(index, 0x9e3779b1) >>> 0;
  writeSegment(writer, SCANNER, host, from, port, sequence, 0, FLAG.syn);
  if (index % 8 === 0) {
    writeSegment(writer, host, SCANNER, port, from, ~sequence >>> 0, sequence + 1, FLAG.syn | FLAG.ack);
    writeSegment(writer, SCANNER, host, from, port, sequence + 1, 0, FLAG.reset);
  } else if (index % 2 === 0) writeSegment(writer, host, SCANNER, port, from, 0, sequence + 1, FLAG.reset | FLAG.ack);
}

/** @param {CaptureWriter} writer @param {number} source @param {number} target @param {number} from @param {number} to ports @param {number} sequence @param {number} acknowledged @param {number} flags */
function writeSegment(writer, source, target, from, to, sequence, acknowledged, flags) {
  const options = (flags & FLAG.syn) === 0 ? 0 : 4;
  const { buffer, at } = writer.packet(6, source, target, 20 + options);
  buffer.writeUInt16BE(from, at);
  buffer.writeUInt16BE(to, at + 2);
  buffer.writeUInt32BE(sequence >>> 0, at + 4);
  buffer.writeUInt32BE(acknowledged >>> 0, at + 8);
  buffer.writeUInt16BE(((5 + options / 4) << 12) | flags, at + 12);
  buffer.writeUInt16BE(1024, at + 14);
  if (options !== 0) buffer.writeUInt32BE(0x0204_05b4, at + 20);
}

/** A name that is asked for, and the address that is answered. @param {CaptureWriter} writer @param {number} index */
function writeLookUp(writer, index) {
  const client = 0x0a00_0001 + (index % 200);
  const port = 1024 + (Math.imul(index, 40_503) & 0x7fff);
  const label = `host-${index.toString(36)}`;
  const question = Buffer.from(
    `\0\0\x01\0\0\x01\0\0\0\0\0\0${String.fromCharCode(label.length)}${label}\x07example\x04test\0\0\x01\0\x01`,
    "latin1",
  );
  question.writeUInt16BE(index & 0xffff, 0);
  writeDatagram(writer, client, RESOLVER, port, 53, question);
  const answer = Buffer.concat([question, Buffer.from("c00c00010001000000780004c0000201", "hex")]);
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(1, 6);
  writeDatagram(writer, RESOLVER, client, 53, port, answer);
}

/** @param {CaptureWriter} writer @param {number} source @param {number} target @param {number} from @param {number} to ports @param {Buffer} payload */
function writeDatagram(writer, source, target, from, to, payload) {
  const { buffer, at } = writer.packet(17, source, target, 8 + payload.length);
  buffer.writeUInt16BE(from, at);
  buffer.writeUInt16BE(to, at + 2);
  buffer.writeUInt16BE(8 + payload.length, at + 4);
  payload.copy(buffer, at + 8);
}
