/**
 * One TCP connection that replays a recorded handshake, with a name, randoms and a key share of its own,
 * and then downloads. It says what is sent; a `Wire` says what of that a capture sees, and in which order.
 */
import { NAME_OCTETS, RANDOM_AT } from "./recording.mjs";

/**
 * @typedef {import("./recording.mjs").Template} Template
 * @typedef {object} Segment
 * @property {number} index of the connection: gives its client's address and port
 * @property {"client" | "server"} from
 * @property {number} flags
 * @property {number} sequence
 * @property {number} acknowledged
 * @property {Buffer} bytes
 * @property {number} start of the payload in `bytes`
 * @property {number} end
 * @typedef {{ send: (segment: Segment) => void }} Wire
 */

/** Octets of payload in a full segment. */
const SEGMENT = 1400;
/** Octets of a full application-data record: header, 2^14 octets of content, AEAD tag. */
const RECORD = 5 + 16_384 + 17;
export const FLAG = { fin: 0x01, syn: 0x02, reset: 0x04, push: 0x08, ack: 0x10 };
/** The handshake's turns that are replayed. */
const TURNS = 4;
/** Octets of a TCP header with a timestamp option. */
const TCP_HEADER = 32;
const TCP = 6;
const SERVER = 0x0aff_0001;

/** What a download sends, again and again: records of octets that look encrypted. */
const stream = makeStream();

/** Connections `from` to `from + count`, their handshakes' turns interleaved. @param {Wire} wire @param {Template[]} templates @param {number} from @param {number} count */
export function handshakes(wire, templates, from, count) {
  const open = Array.from(
    { length: count },
    (_, index) => new Connection(wire, templates[(from + index) % templates.length], from + index),
  );
  for (const connection of open) connection.start();
  for (let turn = 0; turn < TURNS; turn++) for (const connection of open) connection.turn(turn);
  return open;
}

class Connection {
  #wire;
  #template;
  #index;
  #sequence = { client: 0, server: 0 };
  #downloaded = 0;

  /** @param {Wire} wire @param {Template} template @param {number} index */
  constructor(wire, template, index) {
    this.#wire = wire;
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
    if (turn === undefined) throw new RangeError(`turn ${number} was not recorded`);
    const bytes = Buffer.from(turn.bytes);
    if (number < 2) bytes.writeUInt32BE(this.#index, RANDOM_AT + 28);
    if (number === 0 && name !== -1) bytes.write(this.#index.toString(36).padStart(NAME_OCTETS, "0"), name, "latin1");
    if (number === 0 && keyShare !== -1) bytes.writeUInt32BE(this.#index, keyShare);
    this.#send(turn.from, bytes, 0, bytes.length);
  }

  /** The next record of the download, from the server. */
  download() {
    const start = this.#downloaded % RECORD;
    this.#send("server", stream, start, start + RECORD);
    this.#downloaded += RECORD;
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

  /** @param {"client" | "server"} from @param {number} flags @param {Buffer} bytes @param {number} start @param {number} end */
  #segment(from, flags, bytes, start, end) {
    const to = from === "client" ? "server" : "client";
    const acknowledged = (flags & FLAG.ack) === 0 ? 0 : this.#sequence[to];
    this.#wire.send({ index: this.#index, from, flags, sequence: this.#sequence[from], acknowledged, bytes, start, end });
    const length = end - start + ((flags & (FLAG.syn | FLAG.fin)) === 0 ? 0 : 1);
    this.#sequence[from] = (this.#sequence[from] + length) >>> 0;
  }
}

/** A wire that delivers everything once and in order. @implements {Wire} */
export class CleanWire {
  #writer;

  /** @param {import("./capture-writer.mjs").CaptureWriter} writer */
  constructor(writer) {
    this.#writer = writer;
  }

  /** @param {Segment} segment */
  send(segment) {
    const { source, target } = addresses(segment);
    const { buffer, at } = this.#writer.packet(TCP, source, target, TCP_HEADER + segment.end - segment.start);
    writeTcp(segment, buffer, at);
  }
}

/** The segment as the payload of an IP packet that is yet to be cut. @param {Segment} segment */
export function tcpOctets(segment) {
  const bytes = Buffer.alloc(TCP_HEADER + segment.end - segment.start);
  writeTcp(segment, bytes, 0);
  return { protocol: TCP, ...addresses(segment), bytes };
}

/** @param {Segment} segment */
function addresses({ index, from }) {
  const client = 0x0a00_0001 + (index >>> 14);
  return from === "client" ? { source: client, target: SERVER } : { source: SERVER, target: client };
}

/** @param {Segment} segment @param {Buffer} buffer @param {number} at */
function writeTcp({ index, from, flags, sequence, acknowledged, bytes, start, end }, buffer, at) {
  const port = 40_000 + (index & 0x3fff);
  buffer.writeUInt16BE(from === "client" ? port : 443, at);
  buffer.writeUInt16BE(from === "client" ? 443 : port, at + 2);
  buffer.writeUInt32BE(sequence, at + 4);
  buffer.writeUInt32BE(acknowledged, at + 8);
  buffer.writeUInt16BE(((TCP_HEADER / 4) << 12) | flags, at + 12);
  buffer.writeUInt16BE(0xffff, at + 14);
  buffer.writeUInt32BE(0x0101_080a, at + 20);
  bytes.copy(buffer, at + TCP_HEADER, start, end);
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
