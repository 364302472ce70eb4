/**
 * Handshakes and short downloads over a bad path, everything of which arrives in the end: of a hundred segments
 * with payload five come late, five twice, five begin with octets that came before, and five in fragments of IP.
 */
import { handshakes, tcpOctets } from "./connection.mjs";

/**
 * @typedef {import("./capture-writer.mjs").CaptureWriter} CaptureWriter
 * @typedef {import("./connection.mjs").Segment} Segment
 */

const AT_ONCE = 64;
/** Records of each download. */
const RECORDS = 4;
/** A segment that comes late lets at most so many packets pass, and so does the second fragment of one. */
const LATENESS = 2 * AT_ONCE;
/** Octets of an IP packet's payload in its first fragment; a multiple of eight. */
const FRAGMENT = 640;

/** @type {import("./index.mjs").Recipe} */
export const dirty = {
  title: "late, repeated, overlapping and fragmented segments",
  octets: 300_000_000,
  write(writer, templates, octets) {
    const wire = new DirtyWire(writer);
    let done = 0;
    for (; writer.written < octets; done += AT_ONCE) {
      const open = handshakes(wire, templates, done, AT_ONCE);
      for (let record = 0; record < RECORDS; record++) for (const connection of open) connection.download();
      for (const connection of open) connection.close();
    }
    wire.end();
    return done;
  },
};

/** @implements {import("./connection.mjs").Wire} */
class DirtyWire {
  #writer;
  #random = makeRandom();
  #sent = 0;
  #datagrams = 0;
  /** Packets on their way, each due when so many have been sent. @type {{ due: number, write: () => void }[]} */
  #late = [];

  /** @param {CaptureWriter} writer */
  constructor(writer) {
    this.#writer = writer;
  }

  /** @param {Segment} segment */
  send(segment) {
    this.#deliver(++this.#sent);
    const fate = segment.end > segment.start ? this.#random() % 100 : 99;
    if (fate < 5) this.#hold(() => this.#whole(segment));
    else if (fate < 10) {
      this.#whole(segment);
      this.#hold(() => this.#whole(segment));
    } else if (fate < 15) this.#whole(withEarlier(segment, this.#random() % 700));
    else if (fate < 20) this.#cut(segment);
    else this.#whole(segment);
  }

  /** Lets everything arrive that is still on its way. */
  end() {
    this.#deliver(Infinity);
  }

  /** @param {number} now */
  #deliver(now) {
    const due = this.#late.filter((packet) => packet.due <= now);
    if (due.length === 0) return;
    this.#late = this.#late.filter((packet) => packet.due > now);
    for (const packet of due) packet.write();
  }

  /** @param {() => void} write */
  #hold(write) {
    this.#late.push({ due: this.#sent + 1 + (this.#random() % LATENESS), write });
  }

  /** @param {Segment} segment */
  #whole(segment) {
    const { protocol, source, target, bytes } = tcpOctets(segment);
    const { buffer, at } = this.#writer.packet(protocol, source, target, bytes.length);
    bytes.copy(buffer, at);
  }

  /** Two fragments, the second perhaps first. @param {Segment} segment */
  #cut(segment) {
    const { protocol, source, target, bytes } = tcpOctets(segment);
    if (bytes.length <= FRAGMENT) {
      this.#whole(segment);
      return;
    }
    const id = this.#datagrams++ & 0xffff;
    const part = (/** @type {number} */ start, /** @type {number} */ end, /** @type {number} */ field) => () => {
      const { buffer, at } = this.#writer.packet(protocol, source, target, end - start, id, field);
      bytes.copy(buffer, at, start, end);
    };
    const parts = [part(0, FRAGMENT, 0x2000), part(FRAGMENT, bytes.length, FRAGMENT / 8)];
    if (this.#random() % 2 === 0) parts.reverse();
    const [first, second] = /** @type {[() => void, () => void]} */ (parts);
    first();
    this.#hold(second);
  }
}

/** The segment with up to `octets` of what its sender sent just before, from the same buffer. @param {Segment} segment @param {number} octets @returns {Segment} */
function withEarlier(segment, octets) {
  const more = Math.min(octets, segment.start);
  return { ...segment, sequence: (segment.sequence - more) >>> 0, start: segment.start - more };
}

/** Whole numbers from 0 on, the same ones each time. */
function makeRandom() {
  let state = 0x2545_f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
