/**
 * A recorded handshake as a template: one classic pcap file with one TCP connection in, its first four
 * turns (hello, the server's flight, the client's, the server's end) out, with the places that differ
 * from connection to connection. Throws when the file is not such a recording.
 */
import { readFileSync } from "node:fs";

/**
 * @typedef {{ from: "client" | "server", bytes: Buffer }} Turn
 * @typedef {{ turns: Turn[], name: number, keyShare: number }} Template `name` and `keyShare` are offsets into the first turn, -1 if absent
 */

/** Octet offset of a hello's random in its flight: record header, message header, legacy_version. */
export const RANDOM_AT = 5 + 4 + 2;

/** Octets of the server name that each connection replaces, at the start of the first label that is so long. */
export const NAME_OCTETS = 4;

/** @param {string | URL} file @returns {Template} */
export function readTemplate(file) {
  const turns = readTurns(readFileSync(file), String(file)).slice(0, 4);
  const hello = turns[0]?.bytes;
  if (turns.length < 4 || hello === undefined || hello[0] !== 22 || hello[5] !== 1)
    throw new Error(`${file}: not the recording of a whole handshake`);
  return { turns, ...locate(hello) };
}

/** The payloads of the file's only connection, joined as long as the same side goes on. @param {Buffer} file @param {string} name @returns {Turn[]} */
function readTurns(file, name) {
  const magic = file.readUInt32LE(0);
  const linkType = file.readUInt32LE(20) & 0xffff;
  if ((magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) || linkType !== 1)
    throw new Error(`${name}: not a little-endian classic pcap file of Ethernet frames`);
  /** @type {Turn[]} */
  const turns = [];
  let clientPort = -1;
  for (let at = 24; at < file.length; at += 16 + file.readUInt32LE(at + 8)) {
    const ip = at + 16 + 14;
    const tcp = ip + 4 * (/** @type {number} */ (file[ip]) & 0x0f);
    const payload = file.subarray(tcp + 4 * (/** @type {number} */ (file[tcp + 12]) >> 4), ip + file.readUInt16BE(ip + 2));
    const port = file.readUInt16BE(tcp);
    if (clientPort === -1) clientPort = port;
    if (payload.length === 0) continue;
    const from = port === clientPort ? "client" : "server";
    const last = turns.at(-1);
    if (last?.from === from) last.bytes = Buffer.concat([last.bytes, payload]);
    else turns.push({ from, bytes: Buffer.from(payload) });
  }
  return turns;
}

/** Finds the server name's and a key share's octets in a ClientHello. @param {Buffer} hello */
function locate(hello) {
  const places = { name: -1, keyShare: -1 };
  let at = RANDOM_AT + 32;
  at += 1 + /** @type {number} */ (hello[at]);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + /** @type {number} */ (hello[at]);
  const end = at + 2 + hello.readUInt16BE(at);
  for (at += 2; at < end; at += 4 + hello.readUInt16BE(at + 2)) {
    const type = hello.readUInt16BE(at);
    if (type === 0) places.name = labelIn(hello, at + 4 + 2 + 1);
    if (type === 51) places.keyShare = shareIn(hello, at + 4 + 2, at + 4 + hello.readUInt16BE(at + 2));
  }
  return places;
}

/** The offset of the first key share that is no GREASE: long enough to be one. @param {Buffer} hello @param {number} start @param {number} end */
function shareIn(hello, start, end) {
  for (let at = start; at < end; at += 4 + hello.readUInt16BE(at + 2)) if (hello.readUInt16BE(at + 2) >= 32) return at + 4;
  return -1;
}

/** The offset of the name's first long label; `at` is where the name's length stands. @param {Buffer} hello @param {number} at */
function labelIn(hello, at) {
  const name = hello.toString("latin1", at + 2, at + 2 + hello.readUInt16BE(at));
  const label = name.search(new RegExp(`[^.]{${NAME_OCTETS}}`));
  return label === -1 ? -1 : at + 2 + label;
}
