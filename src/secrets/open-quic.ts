/**
 * Decrypts the Handshake and 1-RTT packets of a QUIC connection with a key log (RFC 9001 §5): their CRYPTO
 * frames become messages, a CONNECTION_CLOSE becomes a transport event.
 */
import type { Decipher } from "../crypto/cipher.ts";
import { expandLabel, LABEL_PREFIX } from "../crypto/hkdf.ts";
import { LIMITS } from "../fault/limits.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import type { Moment } from "../flow/moment.ts";
import { QUIC_EPOCH } from "../record/quic-connection.ts";
import { QuicCryptoStream } from "../record/quic-crypto-stream.ts";
import { walkFrames } from "../record/quic-frames.ts";
import { openPacket, type PacketKeys, packetKeys, type PacketPayload } from "../record/quic-keys.ts";
import { quicVersions } from "../record/quic-versions.ts";
import type { Sealed } from "../record/sealed.ts";
import type { EncryptedRecord, Exchange, RawMessage } from "../record/tls-stream.ts";
import { clientTerms, serverTerms, usedHelloOf } from "./hello.ts";
import type { Opening } from "./opened.ts";
import type { SecretStore } from "./secret-store.ts";
import { type TrafficSuite, trafficSuite } from "./traffic-keys.ts";

/** The bit in the first octet of a 1-RTT packet that distinguishes two generations of keys (RFC 9001 §6). */
const KEY_PHASE = 0x04;
const LEVELS = { [QUIC_EPOCH.handshake]: "HANDSHAKE_TRAFFIC_SECRET", [QUIC_EPOCH.application]: "TRAFFIC_SECRET_0" } as const;

/** Decrypts `exchange` as far as possible. */
export function openQuic(exchange: Exchange, secrets: SecretStore, decipher?: Decipher): Opening {
  const { messages, encrypted } = exchange;
  const untouched = { messages, encrypted, events: [], opened: 0, failed: 0 };
  const handshakes = messages.filter((message) => message.kind === "handshake");
  const hello = handshakes.findLast(({ handshakeType }) => handshakeType === 1);
  const client = hello === undefined ? undefined : clientTerms(hello.body);
  const server = handshakes.flatMap(({ handshakeType, body }) => (handshakeType === 2 ? (serverTerms(body) ?? []) : []))[0];
  if (hello === undefined || client === undefined || server === undefined) return { ...untouched, trouble: "missing" };
  const suite = trafficSuite(server.cipherSuite, decipher);
  if (suite === undefined) return { ...untouched, trouble: "unsupported" };
  const opening = (random: string, packets: readonly EncryptedRecord[]): Opening => {
    const secretOf = (side: SideIndex, level: string): Uint8Array | undefined =>
      secrets.trafficSecret(`${side === hello.side ? "CLIENT" : "SERVER"}_${level}`, random, suite);
    return new QuicOpening({ ...exchange, encrypted: packets }, suite, secretOf).run();
  };
  const first = encrypted.filter(
    ({ side, epoch, sealed }) => side !== hello.side && epoch === QUIC_EPOCH.handshake && sealed?.isWhole === true,
  );
  const random = secrets.randomOf(client, (inner) => opening(inner, first.slice(0, 1)).opened > 0);
  if (random === undefined) return { ...untouched, trouble: "missing" };
  const opened = opening(random, encrypted);
  const usedHello = opened.opened > 0 ? usedHelloOf(client, random) : undefined;
  return usedHello === undefined ? opened : { ...opened, usedHello };
}

class QuicOpening {
  readonly #exchange: Exchange;
  readonly #suite: TrafficSuite;
  readonly #secretOf: (side: SideIndex, level: string) => Uint8Array | undefined;
  readonly #spaces = new Map<string, PacketSpace | null>();
  readonly #streams = new Map<string, QuicCryptoStream>();
  readonly #messages: RawMessage[];
  readonly #events: FlowEvent[] = [];

  constructor(exchange: Exchange, suite: TrafficSuite, secretOf: (side: SideIndex, level: string) => Uint8Array | undefined) {
    this.#exchange = exchange;
    this.#suite = suite;
    this.#secretOf = secretOf;
    this.#messages = [...exchange.messages];
  }

  run(): Opening {
    const encrypted: EncryptedRecord[] = [];
    let opened = 0;
    let failed = 0;
    for (const record of this.#exchange.encrypted) {
      const { sealed, side, epoch = 0 } = record;
      const space = sealed?.isWhole === true ? this.#space(side, epoch, sealed.version) : null;
      const payload = space === null || sealed === undefined ? null : space.open(sealed);
      if (payload === null || sealed === undefined || sealed.moment === null) {
        if (sealed !== undefined && space !== null) failed++;
        encrypted.push(record);
        continue;
      }
      opened++;
      const { sealed: _, ...rest } = record;
      // A CONNECTION_CLOSE after which the connection goes on does not count.
      if (!this.#frames(side, epoch, payload, sealed.moment)) encrypted.push({ ...rest, isOpened: true });
    }
    for (const stream of this.#streams.values()) stream.end();
    const trouble = opened === 0 && failed > 0 ? ({ trouble: "wrong" } as const) : {};
    return { messages: this.#messages, encrypted, events: this.#events, ...trouble, opened, failed };
  }

  #space(side: SideIndex, epoch: number, version: number): PacketSpace | null {
    const name = `${side} ${epoch} ${version}`;
    const known = this.#spaces.get(name);
    if (known !== undefined) return known;
    const secret = epoch in LEVELS ? this.#secretOf(side, LEVELS[epoch as keyof typeof LEVELS]) : undefined;
    const label = quicVersions(version)[0]?.label;
    const space = secret === undefined || label === undefined ? null : new PacketSpace(this.#suite, label, secret);
    this.#spaces.set(name, space);
    return space;
  }

  /** Takes the frames of a packet; returns whether it closes the connection. */
  #frames(side: SideIndex, epoch: number, { octets }: PacketPayload, moment: Moment): boolean {
    let isClose = false;
    walkFrames(octets, "all", {
      crypto: (offset, start, end) => void this.#stream(side, epoch).piece(offset, octets, start, end, moment),
      close: (code, start, end) => {
        isClose = true;
        if (this.#events.some((event) => event.side === side)) return;
        this.#events.push({ kind: "connection-close", side, code, octets: octets.slice(start, end), moment });
      },
    });
    return isClose;
  }

  #stream(side: SideIndex, epoch: number): QuicCryptoStream {
    const name = `${side} ${epoch}`;
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const stream = new QuicCryptoStream((message) => {
      if (this.#messages.length < LIMITS.messages) this.#messages.push({ side, kind: "handshake", ...message, decrypted: true });
    }, LIMITS.messageOctets);
    this.#streams.set(name, stream);
    return stream;
  }
}

/** The packets of one side and kind. */
class PacketSpace {
  readonly #suite: TrafficSuite;
  readonly #label: string;
  #secret: Uint8Array;
  #keys: PacketKeys;
  #phase = 0;
  #largest = -1;

  constructor(suite: TrafficSuite, label: string, secret: Uint8Array) {
    this.#suite = suite;
    this.#label = label;
    this.#secret = secret;
    this.#keys = packetKeys({ ...suite, label }, secret);
  }

  open({ octets, header }: Sealed): PacketPayload | null {
    const place = { start: 0, body: header, end: octets.length };
    let payload = openPacket(this.#keys, octets, place, this.#largest);
    if (payload === null) payload = this.#openUpdated(octets, place);
    if (payload !== null) this.#largest = Math.max(this.#largest, payload.packetNumber);
    return payload;
  }

  /** Tries the next generation of keys; header protection keeps its key (RFC 9001 §6.1). */
  #openUpdated(octets: Uint8Array, place: { start: number; body: number; end: number }): PacketPayload | null {
    const secret = expandLabel(this.#suite.hash, this.#secret, `${LABEL_PREFIX.tls}${this.#label} ku`, this.#secret.length);
    const keys = { ...packetKeys({ ...this.#suite, label: this.#label }, secret), hp: this.#keys.hp };
    const payload = openPacket(keys, octets, place, this.#largest);
    if (payload === null || (payload.first & KEY_PHASE) === this.#phase) return null;
    this.#secret = secret;
    this.#keys = keys;
    this.#phase = payload.first & KEY_PHASE;
    return payload;
  }
}
