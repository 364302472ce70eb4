/**
 * One QUIC connection: what both sides said in Initial packets, still as octets, and which packets with
 * secret keys they sent. The caller (`quic-protocol.ts`) decides which packets belong to the connection.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import type { HandshakeOctets } from "./defragment.ts";
import { KeptMessages } from "./kept-messages.ts";
import { QuicCryptoStream } from "./quic-crypto-stream.ts";
import { walkFrames } from "./quic-frames.ts";
import { initialKeys, openPacket, type PacketKeys } from "./quic-keys.ts";
import { isLong, isSame, type LongHeader } from "./quic-packet.ts";
import { type QuicVersion, quicVersions } from "./quic-versions.ts";
import { SealedShare, type SealedStore } from "./sealed.ts";
import { CONTENT } from "./tls-record.ts";
import type { EncryptedRecord, Exchange, RawMessage } from "./tls-stream.ts";

/** Packets that are kept of each side and kind; enough to see a handshake's end. */
const ENCRYPTED_PACKETS = 12;
/** Connection ids that Initial keys may be derived from: the client's first one, and those from a Retry or another version. */
const TARGETS = 4;
/** Octets of memory that each kept packet or event takes. */
const RECORD_COST = 256;

/** The keys that a packet is encrypted with, numbered as in DTLS 1.3 (RFC 9147 §6.1). */
export const QUIC_EPOCH = { early: 1, handshake: 2, application: 3 } as const;

/** A packet encrypted with secret keys. */
export interface HiddenPacket {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Where its number begins. */
  readonly body: number;
  /** After the packet, as its header says. */
  readonly end: number;
  /** The end of what the capture has of it. */
  readonly until: number;
}

/** An Initial packet that could be read. */
interface Opened {
  readonly version: QuicVersion;
  readonly octets: Uint8Array;
}

/** A connection id that the client sent its first packets to. */
interface Target {
  readonly id: Uint8Array;
  /** By salt and role. */
  readonly keys: Map<QuicVersion, [PacketKeys | null, PacketKeys | null]>;
}

/** One connection. */
export class QuicConnection implements Exchange {
  readonly protocol = "quic";
  id = 0;
  readonly client: SideIndex;
  readonly messages: readonly RawMessage[];
  readonly encrypted: EncryptedRecord[] = [];
  readonly events: FlowEvent[] = [];
  /** The version of the client's last Initial packet, or another one if the server has switched to it (RFC 9368). */
  version: number;
  /** The connection id that the client chose for itself. */
  clientId: Uint8Array;
  /** The one that the server chose for itself, once it has spoken. */
  serverId: Uint8Array | null = null;
  /** The server has asked for another version, and the client has not answered yet. */
  isNegotiating = false;
  readonly #targets: Target[] = [];
  readonly #nextId: () => number;
  readonly #counts = new Map<number, number>();
  readonly #largest: [number, number] = [-1, -1];
  readonly #closed: [boolean, boolean] = [false, false];
  readonly #share: SealedShare;
  #streams: [QuicCryptoStream, QuicCryptoStream];

  readonly #kept: KeptMessages;
  readonly #hold: Hold;

  /** `header` is that of a packet which the client, `side`, sent before it heard from the server. `hold` counts the memory kept besides `store`. */
  constructor(side: SideIndex, header: LongHeader, nextId: () => number, store: SealedStore | null, hold: Hold) {
    this.#share = new SealedShare(store);
    this.#kept = new KeptMessages(hold);
    this.messages = this.#kept.list;
    this.#hold = hold;
    this.client = side;
    this.version = header.version;
    this.clientId = header.source.slice();
    this.#nextId = nextId;
    this.#streams = [this.#stream(0), this.#stream(1)];
    this.target(header.target);
  }

  get leftOut(): number {
    return this.#kept.leftOut;
  }

  /** Adds a connection id to which the client sends Initial packets, which have keys derived from it. */
  target(id: Uint8Array): void {
    if (this.#targets.length >= TARGETS || this.isTarget(id)) return;
    this.#targets.unshift({ id: id.slice(), keys: new Map() });
  }

  /** The client begins again, with keys from the id that the server chose; RFC 9000 §17.2.5.3 demands the same hello. */
  retry(id: Uint8Array): void {
    this.target(id);
    this.#streams[this.client] = this.#stream(this.client);
  }

  /** The client sends to another id, after a Retry that is missing or comes later in the capture. It repeats what it has said completely. */
  moved(id: Uint8Array): void {
    if (this.messages.some(({ side }) => side === this.client) && !this.isTarget(id)) this.retry(id);
    else this.target(id);
  }

  /** Did the client send its first packets there? */
  isTarget(id: Uint8Array): boolean {
    return this.#targets.some((target) => isSame(target.id, id));
  }

  /** Does the long header of a packet from `side` name this connection? */
  owns(side: SideIndex, header: LongHeader): boolean {
    return isSame(side === this.client ? header.source : header.target, this.clientId);
  }

  /** Reads the Initial packet at `header` if it belongs to this connection. */
  open(side: SideIndex, bytes: Uint8Array, header: LongHeader): Opened | null {
    if (!this.owns(side, header)) return null;
    for (const target of this.#targets) {
      for (const version of quicVersions(header.version)) {
        const payload = openPacket(this.#keys(target, version, side), bytes, header, this.#largest[side]);
        if (payload === null) continue;
        this.#largest[side] = Math.max(this.#largest[side], payload.packetNumber);
        return { version, octets: payload.octets };
      }
    }
    return null;
  }

  /** Takes the contents of an Initial packet. */
  initial(side: SideIndex, header: LongHeader, { version, octets }: Opened, moment: Moment): void {
    if (side !== this.client) this.serverId = header.source.slice();
    let hasCrypto = false;
    let hasNew = false;
    walkFrames(octets, version.hasGoogleFrames ? "google" : "initial", {
      crypto: (offset, start, end) => {
        hasCrypto = true;
        if (this.#streams[side].piece(offset, octets, start, end, moment)) hasNew = true;
      },
      close: (code, start, end) => this.#close(side, code, octets.slice(start, end), moment),
    });
    if (hasCrypto && !hasNew) this.event("retransmission", side, header.end - header.start, moment);
  }

  /** The client goes on with another version, and says everything again from the beginning. */
  restart(header: LongHeader): void {
    this.isNegotiating = false;
    this.version = header.version;
    this.clientId = header.source.slice();
    this.target(header.target);
    this.#largest[this.client] = -1;
    this.#streams = [this.#stream(0), this.#stream(1)];
  }

  /** The server supports other versions only. */
  negotiation(side: SideIndex, length: number, moment: Moment): void {
    if (this.id === 0) this.id = this.#nextId();
    this.isNegotiating = true;
    this.event("version-negotiation", side, length, moment);
  }

  /** Takes a packet encrypted with secret keys. */
  hidden(side: SideIndex, epoch: number, { bytes, start, body, end, until }: HiddenPacket, moment: Moment): void {
    const kind = 2 * epoch + side;
    const count = this.#counts.get(kind) ?? 0;
    if (count >= (this.#share.isHopeful ? LIMITS.sealedRecords : ENCRYPTED_PACKETS)) return;
    this.#counts.set(kind, count + 1);
    // The length of the connection id is not always known.
    const length = end - (isLong(bytes, start) ? body : start + 1);
    const record = { side, content: CONTENT.applicationData, length, epoch, moment: momentOf(moment) };
    const sealed = this.#share.open(end - start, body - start, this.messages.length, this.version);
    sealed?.append(bytes, start, until, moment.number, moment);
    this.encrypted.push(sealed === null ? record : { ...record, sealed });
    this.#hold(RECORD_COST);
  }

  /** Everything has been read: its ciphertext may be forgotten. */
  release(): void {
    this.#share.release();
  }

  /** Takes a transport event. */
  event(kind: FlowEvent["kind"], side: SideIndex, length: number, moment: Moment): void {
    if (this.events.length >= LIMITS.events) return;
    this.#hold(RECORD_COST);
    this.events.push({ kind, side, length, moment: momentOf(moment) });
  }

  /** The connection has ended. */
  end(): void {
    for (const stream of this.#streams) stream.end();
  }

  #keys(target: Target, version: QuicVersion, side: SideIndex): PacketKeys {
    const known = target.keys.get(version) ?? [null, null];
    target.keys.set(version, known);
    return (known[side] ??= initialKeys(version, target.id, side === this.client ? "client" : "server"));
  }

  #close(side: SideIndex, code: number, octets: Uint8Array, moment: Moment): void {
    if (this.#closed[side]) return;
    this.#closed[side] = true;
    this.events.push({ kind: "connection-close", side, code, octets, moment: momentOf(moment) });
  }

  #stream(side: SideIndex): QuicCryptoStream {
    return new QuicCryptoStream((message) => this.#message(side, message), LIMITS.cryptoOctets, this.#hold);
  }

  /** A hello that is repeated for another version counts as the same one. */
  #message(side: SideIndex, message: HandshakeOctets): void {
    const isKnown = this.messages.some((other) => other.side === side && isSame(other.body, message.body));
    if (isKnown) this.event("retransmission", side, message.length, message.moment);
    if (isKnown || !this.#kept.add({ side, kind: "handshake", ...message })) return;
    if (this.id === 0) this.id = this.#nextId();
  }
}
