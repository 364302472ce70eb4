/** The two endpoints of a packet as numbers, by which its flow is found. */
import type { Layers } from "../packet/layers.ts";
import { wordAt } from "../bytes/address.ts";

/** Index of a direction: 0 from the sender of the first packet seen, 1 the other way. */
export type SideIndex = 0 | 1;

/** An address as four big-endian words; IPv4 has one, the others are 0. */
export type Words = readonly [number, number, number, number];

/** Random odd numbers, which nobody can know who writes a capture, so that none can be made to contain connections with equal hashes. */
const PORT_FACTOR = secretFactor();
const WORD_FACTOR = secretFactor();

function secretFactor(): number {
  return Math.floor(Math.random() * 0x1_0000_0000) | 1;
}

/** A single object, refilled for each packet. */
export class Pair {
  ipVersion = 0;
  /** Source and target port in one 32-bit number, the source in its upper half. */
  ports = 0;
  /** Eight words: of the source address, then of the target's. */
  readonly words = new Int32Array(8);
  /** See `Layers.tunnels`. */
  tunnels = 0;
  /** The same for both directions: the sum of the endpoints' own hashes. */
  hash = 0;
  /** The side that sent the packet, once its flow has been found. */
  side: SideIndex = 0;

  /** Takes the endpoints of a packet. */
  read(layers: Layers): void {
    const { bytes, sourceAt, targetAt, sourcePort, targetPort } = layers;
    const { words } = this;
    const source = wordAt(bytes, sourceAt);
    const target = wordAt(bytes, targetAt);
    words[0] = source;
    words[4] = target;
    this.ipVersion = layers.ipVersion;
    this.ports = (sourcePort << 16) | targetPort;
    this.tunnels = layers.tunnels;
    let hash = (mix(source ^ Math.imul(sourcePort, PORT_FACTOR)) + mix(target ^ Math.imul(targetPort, PORT_FACTOR))) | 0;
    if (layers.ipVersion === 6) {
      for (let word = 1; word < 4; word++) {
        words[word] = wordAt(bytes, sourceAt + 4 * word);
        words[4 + word] = wordAt(bytes, targetAt + 4 * word);
      }
      hash = (hash + restHash(words, 1, sourcePort) + restHash(words, 5, targetPort)) | 0;
    }
    this.hash = hash;
  }
}

/** What the address words that only IPv6 has add to the hash, mixed with the port so that address and port stay together. */
function restHash(words: Int32Array, at: number, port: number): number {
  let hash = port;
  for (let word = at; word < at + 3; word++) hash = mix(hash ^ (words[word] as number));
  return hash;
}

function mix(value: number): number {
  let hash = Math.imul(value, WORD_FACTOR);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
