/**
 * Packets in, a classic pcap file of Ethernet frames out. Nothing is random and no clock is read: the same
 * calls give the same octets. Checksums are left zero, as a capture of a sender with checksum offload has them.
 */
import { closeSync, openSync, renameSync, writeSync } from "node:fs";

/** Octets before an IPv4 packet's payload: pcap packet header, Ethernet, IPv4. */
const HEADERS = 16 + 14 + 20;
const BUFFER = 4 << 20;

/** Writes a few mebibytes at a time; the file gets its name only when it is complete. */
export class CaptureWriter {
  /** Octets of the file so far. */
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

  /**
   * An IPv4 packet with room for `payload` octets, zero so far, at `at` in `buffer`; to be filled before the next call.
   * @param {number} protocol @param {number} source @param {number} target addresses @param {number} payload
   * @param {number} id of the datagram @param {number} fragment the header's field with flags and offset; 0x4000 says that it must not be cut
   */
  packet(protocol, source, target, payload, id = 0, fragment = 0x4000) {
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
    buffer.fill(0, at + 16, at + length);
    buffer.writeUInt16BE(0x0800, at + 28);
    buffer.writeUInt16BE(0x4500, at + 30);
    buffer.writeUInt16BE(20 + payload, at + 32);
    buffer.writeUInt16BE(id, at + 34);
    buffer.writeUInt16BE(fragment, at + 36);
    buffer.writeUInt16BE(0x4000 | protocol, at + 38);
    buffer.writeUInt32BE(source, at + 42);
    buffer.writeUInt32BE(target, at + 46);
    return { buffer, at: at + HEADERS };
  }

  /** Writes what is left, and gives the file its name. */
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
