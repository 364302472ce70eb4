/**
 * QUIC between two endpoints: datagrams in, connections out. A connection is believed once an Initial packet
 * opens with the keys derived from its connection id; before that, and if the capture
 * began too late for it, nothing is reported. Connection ids say which connection a packet belongs to.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import type { SideIndex } from "../flow/pair.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import { isGreaseQuicVersion } from "../registry/grease.ts";
import type { DatagramExchanges, DatagramProtocol } from "./datagram-protocol.ts";
import { QUIC_EPOCH, QuicConnection } from "./quic-connection.ts";
import { hasFixedBit, isLong, isSame, type LongHeader, longHeader, startsWith } from "./quic-packet.ts";
import type { SealedStore } from "./sealed.ts";
import { quicVersions } from "./quic-versions.ts";
import type { Exchange } from "./tls-stream.ts";

/** Octets of the shortest plausible packet with a short header (RFC 9000 §10.3). */
const SHORTEST_SHORT = 21;
/** The least octets of the connection id that a client makes up for the server (RFC 9000 §7.2). */
const LEAST_TARGET = 8;
/** Octets of memory that a connection takes by itself. */
const CONNECTION_COST = 4_096;

/** Its line in the list of protocols over UDP. */
export const quic: DatagramProtocol = {
  name: "quic",
  recognises: (bytes, start, end) => {
    const header = longHeader(bytes, start, end);
    return header?.type === "initial" || (header?.type === "negotiation" && listsVersions(bytes, header.body, end));
  },
  create: (nextId, store = null, hold = () => undefined) => new QuicExchanges(nextId, store, hold),
};

/** An Initial packet that came before the one from which its keys are derived. */
interface Held {
  readonly side: SideIndex;
  readonly octets: Uint8Array;
  readonly moment: Moment;
}

class QuicExchanges implements DatagramExchanges {
  readonly #nextId: () => number;
  readonly #store: SealedStore | null;
  /** The newest first. */
  readonly #connections: QuicConnection[] = [];
  readonly #hold: Hold;
  #held: Held[] = [];
  #datagrams = 0;
  /** Initial packets that nothing opened. */
  #unopened = 0;
  /** How often an Initial packet was tried in vain with the keys of a connection. */
  #failures = 0;
  /** Initial packets that were not tried with the keys of all connections. */
  untried = 0;

  constructor(nextId: () => number, store: SealedStore | null, hold: Hold) {
    this.#nextId = nextId;
    this.#store = store;
    this.#hold = hold;
  }

  get exchanges(): readonly Exchange[] {
    return this.#connections.filter((connection) => connection.id > 0).sort((a, b) => a.id - b.id);
  }

  get ignored(): number {
    return this.exchanges.length === 0 ? this.#datagrams : this.#unopened;
  }

  datagram(side: SideIndex, bytes: Uint8Array, start: number, end: number, moment: Moment): void {
    this.#datagrams++;
    let at = start;
    let first: LongHeader | null = null;
    while (at < end) {
      if (!isLong(bytes, at)) {
        this.#short(side, bytes, at, end, first, moment);
        return;
      }
      const header = longHeader(bytes, at, end);
      // All packets of a datagram go to the same connection (RFC 9000 §12.2).
      if (header === null || (first !== null && !isSame(header.target, first.target))) return;
      this.#long(side, bytes, end, header, moment);
      first ??= header;
      at = header.end;
    }
  }

  end(): void {
    this.#unopened += this.#held.length;
    this.#held = [];
    for (const connection of this.#connections.toReversed()) connection.end();
  }

  #long(side: SideIndex, bytes: Uint8Array, end: number, header: LongHeader, moment: Moment): void {
    switch (header.type) {
      case "initial":
        this.#initial(side, bytes, end, header, moment);
        break;
      case "retry":
        this.#retry(side, header, moment);
        break;
      case "negotiation":
        this.#negotiation(side, bytes, end, header, moment);
        break;
      default: {
        const epoch = header.type === "0-rtt" ? QUIC_EPOCH.early : QUIC_EPOCH.handshake;
        const packet = { bytes, start: header.start, body: header.body, end: header.end, until: Math.min(end, header.end) };
        const connection = this.#connections.find((other) => other.owns(side, header));
        if (connection !== undefined && epoch === QUIC_EPOCH.handshake) connection.version = header.version;
        connection?.hidden(side, epoch, packet, moment);
      }
    }
  }

  #initial(side: SideIndex, bytes: Uint8Array, end: number, header: LongHeader, moment: Moment): void {
    const isCut = header.end > end;
    if (!isCut && (this.#known(side, bytes, header, moment) || this.#new(side, bytes, header, moment))) return;
    // A packet that cannot be read may still provide the keys of the answer.
    if (this.#isFirst(side, header) && (isCut || isGreaseQuicVersion(header.version))) this.#announce(side, header);
    else if (!isCut && this.#held.length < LIMITS.heldInitials) {
      this.#held.push({ side, octets: bytes.slice(header.start, header.end), moment: momentOf(moment) });
      this.#hold(header.end - header.start);
    } else this.#unopened++;
  }

  #known(side: SideIndex, bytes: Uint8Array, header: LongHeader, moment: Moment): boolean {
    // A sender whose packets never open must not make us try all keys for ever.
    const tried = this.#failures < LIMITS.failedInitials ? this.#connections : this.#connections.slice(0, 1);
    for (const connection of tried) {
      if (!connection.owns(side, header)) continue;
      const opened = connection.open(side, bytes, header);
      if (opened === null) {
        this.#failures++;
        continue;
      }
      if (side === connection.client && connection.isNegotiating && header.version !== connection.version) connection.restart(header);
      connection.initial(side, header, opened, moment);
      return true;
    }
    if (tried.length < this.#connections.length) this.untried++;
    return false;
  }

  /** Opens a connection with a packet that proves to be among a client's first; returns false if it does not. */
  #new(side: SideIndex, bytes: Uint8Array, header: LongHeader, moment: Moment): boolean {
    const candidate = this.#connection(side, header);
    const opened = candidate.open(side, bytes, header);
    if (opened === null) return false;
    const before = this.#connections.find((connection) => isContinued(connection, side, header));
    if (before === undefined && this.#connections.length >= LIMITS.associations) {
      this.#unopened++;
      return true;
    }
    if (before === undefined) this.#add(candidate);
    else if (before.isNegotiating) before.restart(header);
    else before.moved(header.target);
    (before ?? candidate).initial(side, header, opened, moment);
    this.#release();
    return true;
  }

  /** Could this be a client's first packet, judged by its header alone? */
  #isFirst(side: SideIndex, header: LongHeader): boolean {
    const isKnown = this.#connections.some(
      (connection) => connection.owns(side, header) && (side !== connection.client || connection.isTarget(header.target)),
    );
    return !isKnown && header.target.length >= LEAST_TARGET && this.#connections.length < LIMITS.associations;
  }

  #announce(side: SideIndex, header: LongHeader): void {
    this.#add(this.#connection(side, header));
    this.#release();
  }

  /** There are new keys: some of the held packets may open now. */
  #release(): void {
    const held = this.#held;
    this.#held = held.filter(({ side, octets, moment }) => {
      const header = longHeader(octets, 0, octets.length);
      return header !== null && !this.#known(side, octets, header, moment);
    });
  }

  /** Takes a Retry: the client will begin again, with keys from the id that the server chose (RFC 9000 §17.2.5). */
  #retry(side: SideIndex, header: LongHeader, moment: Moment): void {
    const connection = this.#connections.find((other) => side !== other.client && other.serverId === null && other.owns(side, header));
    if (connection === undefined || connection.isTarget(header.source)) return;
    connection.retry(header.source);
    connection.event("retry", side, header.end - header.start, moment);
  }

  /** Takes a Version Negotiation packet; it is believed only if it returns both ids of the client's packet (RFC 9000 §17.2.1). */
  #negotiation(side: SideIndex, bytes: Uint8Array, end: number, header: LongHeader, moment: Moment): void {
    const connection = this.#connections.find(
      (other) => side !== other.client && other.serverId === null && other.owns(side, header) && other.isTarget(header.source),
    );
    (connection ?? this.#unread(side, bytes, end, header))?.negotiation(side, header.end - header.start, moment);
  }

  /** The connection of a client whose packet could not be read, perhaps because its version is unknown; the server's list of versions shows that it was QUIC. */
  #unread(side: SideIndex, bytes: Uint8Array, end: number, header: LongHeader): QuicConnection | undefined {
    if (this.#connections.length > 0 || !listsVersions(bytes, header.body, end)) return undefined;
    const client: SideIndex = side === 0 ? 1 : 0;
    const connection = this.#connection(client, { ...header, source: header.target, target: header.source });
    this.#add(connection);
    return connection;
  }

  #add(connection: QuicConnection): void {
    this.#connections.unshift(connection);
    this.#hold(CONNECTION_COST);
  }

  #connection(client: SideIndex, header: LongHeader): QuicConnection {
    return new QuicConnection(client, header, this.#nextId, this.#store, this.#hold);
  }

  #short(side: SideIndex, bytes: Uint8Array, at: number, end: number, first: LongHeader | null, moment: Moment): void {
    if (end - at < SHORTEST_SHORT || (first !== null && !startsWith(bytes, at + 1, end, first.target))) return;
    const isTo = (connection: QuicConnection): boolean => {
      const id = side === connection.client ? connection.serverId : connection.clientId;
      return id !== null && id.length > 0 && startsWith(bytes, at + 1, end, id);
    };
    // An id may have changed since, or be empty.
    const named = this.#connections.find(isTo);
    const connection = named ?? (hasFixedBit(bytes, at) ? this.#connections.find((other) => other.serverId !== null) : undefined);
    if (connection === undefined) return;
    const id = side === connection.client ? connection.serverId : connection.clientId;
    connection.hidden(side, QUIC_EPOCH.application, { bytes, start: at, body: at + 1 + (id?.length ?? 0), end, until: end }, moment);
  }
}

/** Does a packet with new keys continue a connection, after Retry or with another version? */
function isContinued(connection: QuicConnection, side: SideIndex, header: LongHeader): boolean {
  if (side !== connection.client || connection.serverId !== null) return false;
  if (connection.isNegotiating) return true;
  return connection.owns(side, header) && (header.source.length > 0 || connection.isTarget(header.target));
}

/** Is what follows the ids of a Version Negotiation packet a list of versions, one of them known (RFC 8999 §6)? */
function listsVersions(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4 || (end - at) % 4 !== 0) return false;
  for (let each = at; each < end; each += 4) {
    const version = new DataView(bytes.buffer, bytes.byteOffset + each, 4).getUint32(0);
    if (version !== 0 && quicVersions(version).length > 0) return true;
  }
  return false;
}
