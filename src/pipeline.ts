/**
 * Joins the rooms from octets to handshakes: push the octets of a capture file in chunks of any size, and
 * receive handshakes as their connections end; their ids follow the order of their first messages. Synchronous, and the same in a browser as in Node.
 */
import { CaptureReader } from "./capture/capture-reader.ts";
import type { CaptureSecrets, FrameSink } from "./capture/contract.ts";
import type { Frame } from "./capture/frame.ts";
import { type Bounds, boundsOf, LIMITS } from "./fault/limits.ts";
import { counted, type Note, Notes } from "./fault/note.ts";
import type { Hold } from "./flow/budget.ts";
import type { Flow } from "./flow/flow.ts";
import { type DatagramFlow, DatagramTable } from "./flow/datagrams.ts";
import type { Silence } from "./flow/first-packets.ts";
import type { Endpoints } from "./flow/flow-index.ts";
import { FlowTable } from "./flow/flow-table.ts";
import { attemptOf, isAttempt, isSilentAttempt } from "./handshake/attempt.ts";
import { assemble, type AssembleOptions, type Conversation } from "./handshake/assemble.ts";
import { HELLOS } from "./handshake/decode-messages.ts";
import type { Capture, Handshake } from "./handshake/handshake.ts";
import { leftOutNote, queueWords, rewrittenFragments, rewrittenNote, untriedWords } from "./handshake/note-words.ts";
import { decodeFrame } from "./packet/decode-frame.ts";
import { FragmentTable } from "./packet/fragments.ts";
import { type Layers, newLayers } from "./packet/layers.ts";
import { tunnelNames } from "./packet/tunnel.ts";
import { noteOf, VERDICT, type Verdict } from "./packet/verdict.ts";
import { DATAGRAM_PROTOCOLS, type DatagramExchanges } from "./record/datagram-protocol.ts";
import type { MessageBound } from "./record/defragment.ts";
import { SealedStore } from "./record/sealed.ts";
import { type Exchange, TlsStream } from "./record/tls-stream.ts";
import { linkTypeName } from "./registry/link-types.ts";
import type { Decryptor } from "./secrets/decryptor.ts";

/** What was found in a capture besides its handshakes. */
export interface CaptureSummary {
  /** `pcap`, `pcapng`, `snoop`. */
  readonly format: string;
  readonly packets: number;
  /** Octets read, after decompression. */
  readonly bytes: number;
  /** Names of the link types of the packets, in the order of their first packets. */
  readonly linkTypes: readonly string[];
  /** What was ignored or damaged, counted by reason. */
  readonly notes: readonly Note[];
}

/** The `Capture` for a file that has been read: its summary, its handshakes sorted by id, and what its reader noted in addition (`more`). */
export function captureOf(
  file: string,
  { format, packets, bytes, linkTypes, notes }: CaptureSummary,
  handshakes: readonly Handshake[],
  more: { readonly compression: string | undefined; readonly notes: readonly Note[] },
): Capture {
  const { compression } = more;
  return {
    file,
    format,
    ...(compression === undefined ? {} : { compression }),
    packets,
    bytes,
    linkTypes,
    notes: [...notes, ...more.notes],
    handshakes: handshakes.toSorted((one, other) => one.id - other.id),
  };
}

/** `secrets_type` of a TLS key log (RFC 9850) in a pcapng file. */
const TLS_KEY_LOG = 0x544c534b;

/** What reading has cost, in numbers that do not depend on the machine. */
export interface Work {
  /** Octets of memory that open connections take, roughly. */
  readonly held: number;
  /** Connections that were examined and passed over while looking for the connection of a packet. */
  readonly passed: number;
  /** Connections that have ended and wait for stragglers. */
  readonly closing: number;
  /** Connections that were given up. */
  readonly evicted: number;
}

/** What the transport knows of an exchange. */
type Connection = Pick<Conversation, "opener" | "events" | "isOneSided" | "dialogue" | "answer" | "notes"> & { readonly lastTime: number };

/** What is read from a capture, and what helps to read it. */
export interface ReaderOptions extends AssembleOptions {
  /** Decrypts what its key logs allow; secrets that the capture itself carries are added to it. Without a decryptor, nothing is decrypted. */
  readonly decryptor?: Decryptor;
  /** Caps on what is kept at once, in place of the default ones. */
  readonly limits?: Partial<Bounds>;
}

const NO_CONNECTION = { opener: null, events: [], isOneSided: false, dialogue: [], answer: null, notes: [] } as const;

/** Reads one capture. Throws `CaptureError` from `push` or `end` if the octets are no capture, `RangeError` from the constructor for a limit that is not a whole number of at least 1. */
export class HandshakeReader implements FrameSink {
  readonly notes = new Notes();
  /** Handshakes given so far. */
  handshakes = 0;
  readonly #emit: (handshake: Handshake) => void;
  readonly #options: ReaderOptions;
  readonly #decryptor: Decryptor | undefined;
  readonly #sealed: SealedStore | null;
  readonly #capture: CaptureReader;
  readonly #layers = newLayers();
  readonly #fragments = new FragmentTable();
  readonly #flows: FlowTable<TlsStream>;
  readonly #udp: DatagramTable<DatagramExchanges>;
  readonly #messages: MessageBound;
  /** Packets by their verdict. */
  readonly #verdicts: number[] = Object.values(VERDICT).map(() => 0);
  readonly #attempts: Handshake[] = [];
  /** Attempts beyond the limit. */
  #moreAttempts = 0;
  readonly #nextId = (): number => ++this.#ids;
  #ids = 0;
  #truncated = 0;
  /** QUIC Initial packets that were not tried with all keys. */
  #untried = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #time = 0;

  constructor(emit: (handshake: Handshake) => void, options: ReaderOptions = {}) {
    this.#emit = emit;
    this.#options = options;
    this.#decryptor = options.decryptor;
    this.#sealed = options.decryptor === undefined ? null : new SealedStore();
    if (this.#sealed !== null) this.#sealed.isHopeful = options.decryptor?.isHopeful === true;
    this.#capture = new CaptureReader(this);
    const bounds = boundsOf(options.limits);
    // Decryption depends on every message, so none may be left unread.
    const isSummary = options.summary === true || options.summary === "line";
    const areBodiesWanted = !isSummary || options.octets === true || options.decryptor !== undefined;
    this.#messages = { octets: bounds.messageOctets, exceeded: 0, ...(areBodiesWanted ? {} : { types: HELLOS }) };
    this.#flows = new FlowTable(
      (flow) => new TlsStream(this.#nextId, this.#sealed, this.#messages, flow.share.hold),
      (flow) => this.#close(flow),
      (silence) => this.#isWanted(silence),
      bounds,
    );
    this.#udp = new DatagramTable(
      (layers, hold) => this.#openDatagrams(layers, hold),
      (flow) => this.#closeDatagrams(flow),
      bounds,
    );
  }

  /** Packets read so far. */
  get packets(): number {
    return this.#capture.packets;
  }

  /** What reading has cost so far, in numbers that do not depend on the machine. */
  get work(): Work {
    const { held, octets } = this.#flows.budget;
    return {
      held: held + this.#udp.budget.held + octets,
      passed: this.#flows.passed + this.#udp.passed,
      closing: this.#flows.closing,
      evicted: this.#flows.evicted + this.#udp.evicted,
    };
  }

  /** Takes the next octets of the file, uncompressed; they may be reused by the caller afterwards. */
  push(octets: Uint8Array): void {
    const isPlain = Object.getPrototypeOf(octets) === Uint8Array.prototype;
    if (!isPlain && !ArrayBuffer.isView(octets)) throw new TypeError("push takes octets: a Uint8Array");
    // What is kept is copied by `slice`, which in a Node Buffer makes a view instead of a copy.
    this.#capture.push(isPlain ? octets : new Uint8Array(octets.buffer, octets.byteOffset, octets.byteLength));
  }

  /** The file has ended: gives the handshakes of the connections that are still open. */
  end(): CaptureSummary {
    this.#capture.end();
    this.#flows.end();
    this.#udp.end();
    this.#attempts.sort((a, b) => (a.stream ?? 0) - (b.stream ?? 0));
    for (const attempt of this.#attempts) this.#emit({ ...attempt, id: ++this.#ids });
    if (this.#moreAttempts > 0)
      this.notes.add("attempts", (count) => `${counted(count, "more attempt")} without a TLS hello not kept`, this.#moreAttempts);
    this.#note();
    return {
      format: this.#capture.format ?? "",
      packets: this.#capture.packets,
      bytes: this.#capture.octets,
      linkTypes: [...this.#capture.linkTypes].map(linkTypeName),
      notes: this.notes.list(),
    };
  }

  /** Takes one packet from the capture room. */
  frame(frame: Frame): void {
    const captured = frame.end - frame.start;
    if (frame.wireLength > captured) {
      this.#truncated++;
      this.#shortest = Math.min(this.#shortest, captured);
    }
    this.#time = frame.time;
    const verdict = decodeFrame(frame, this.#layers, this.#fragments);
    if (verdict === VERDICT.tcp) this.#flows.packet(this.#layers, frame);
    else if (verdict === VERDICT.udp) this.#udp.packet(this.#layers, frame);
    else this.#verdicts[verdict] = (this.#verdicts[verdict] as number) + 1;
  }

  /** Takes a key log that the capture carries. */
  secrets({ type, octets }: CaptureSecrets): void {
    if (type !== TLS_KEY_LOG)
      this.notes.add("other-secrets", (count) => `${counted(count, "block")} of secrets for protocols other than TLS`);
    else if (this.#decryptor === undefined)
      this.notes.add("secrets", (count) => `${counted(count, "block")} of decryption secrets not used`);
    else {
      this.#decryptor.addKeyLog(octets);
      if (this.#sealed !== null) this.#sealed.isHopeful = true;
    }
  }

  #close(flow: Flow<TlsStream>): void {
    const stream = flow.listener;
    stream?.end();
    const { opener, events, lastTime } = flow;
    const { dialogue, answer } = stream ?? NO_CONNECTION;
    const notes = flow.rewritten > 0 ? [rewrittenNote(flow.rewritten)] : [];
    const connection = { opener, events, isOneSided: !flow.isAnswered, dialogue, answer, notes, lastTime };
    if (stream === null || stream.id === 0) this.#attempt(flow, connection);
    else this.#give(stream, flow, connection);
  }

  /** Once a scan has made enough attempts, further ones are only counted. */
  #isWanted(silence: Silence): boolean {
    if (this.#attempts.length < LIMITS.attempts) return true;
    if (isSilentAttempt(silence, this.#time)) this.#moreAttempts++;
    return false;
  }

  /** A connection without TLS. Those that failed are reported after all handshakes, so that these keep their numbers. */
  #attempt(flow: Flow<TlsStream>, connection: Connection): void {
    if (this.#attempts.length < LIMITS.attempts) {
      const attempt = attemptOf(this.#conversation(null, flow, connection, connection.notes));
      if (attempt !== undefined) this.#attempts.push(attempt);
    } else if (isAttempt({ ...connection, endTime: this.#endTime(connection) })) this.#moreAttempts++;
  }

  #openDatagrams({ bytes, payloadStart, payloadEnd }: Layers, hold: Hold): DatagramExchanges | null {
    for (const protocol of DATAGRAM_PROTOCOLS) {
      if (protocol.recognises(bytes, payloadStart, payloadEnd)) return protocol.create(this.#nextId, this.#sealed, hold);
    }
    return null;
  }

  #closeDatagrams(flow: DatagramFlow<DatagramExchanges>): void {
    const { listener } = flow;
    listener.end();
    this.#udp.ignored += listener.ignored ?? 0;
    this.#untried += listener.untried ?? 0;
    for (const exchange of listener.exchanges) {
      this.#give(exchange, flow, { ...NO_CONNECTION, events: exchange.events ?? [], lastTime: flow.lastTime });
    }
  }

  #give(exchange: Exchange, flow: Endpoints & { readonly stream: number }, connection: Connection): void {
    this.handshakes++;
    const opened = this.#decryptor?.open(exchange);
    exchange.release();
    const notes = exchange.leftOut > 0 ? [...connection.notes, leftOutNote(exchange.leftOut)] : connection.notes;
    const conversation = this.#conversation(exchange, flow, connection, notes);
    if (opened === undefined) {
      this.#emit(assemble(conversation, this.#options));
      return;
    }
    const { note } = opened;
    if (note?.code === "keys-missing") this.notes.add(note.code, (count) => `no keys for ${counted(count, "connection")} in the key log`);
    const allNotes = note === null ? notes : [...notes, note];
    const events = [...conversation.events, ...opened.events];
    const { exchange: readable, usedHello } = opened;
    const used = usedHello === undefined ? {} : { usedHello };
    this.#emit(assemble({ ...conversation, exchange: readable, events, notes: allNotes, ...used }, this.#options));
  }

  /** Field by field: a rest pattern (`...others`) costs more than naming each field. */
  #conversation<E extends Exchange | null>(
    exchange: E,
    flow: Endpoints & { readonly stream: number },
    { opener, events, isOneSided, dialogue, answer, lastTime }: Connection,
    notes: readonly Note[],
  ): Omit<Conversation, "exchange"> & { readonly exchange: E } {
    return {
      exchange,
      stream: flow.stream,
      endpoints: [flow.endpoint(0), flow.endpoint(1)],
      tunnels: tunnelNames(flow.tunnels),
      endTime: this.#endTime({ lastTime }),
      opener,
      events,
      isOneSided,
      dialogue,
      answer,
      notes,
    };
  }

  #endTime({ lastTime }: Pick<Connection, "lastTime">): number {
    return Math.max(this.#time, lastTime);
  }

  #note(): void {
    if (this.#truncated > 0) {
      const shortest = this.#shortest;
      const words = (count: number): string =>
        `${counted(count, "packet")} ${count === 1 ? "was" : "were"} cut to ${shortest} octets or more by the capture's snapshot length; tcpdump -s 0 keeps them whole`;
      this.notes.add("truncated-packets", words, this.#truncated);
    }
    for (const [verdict, count] of this.#verdicts.entries()) {
      if (count === 0) continue;
      const { code, words } = noteOf(verdict as Verdict);
      this.notes.add(code, words, count);
    }
    const refused = this.#decryptor?.isHopeful === true ? (this.#sealed?.refused ?? 0) : 0;
    if (refused > 0)
      this.notes.add("not-kept", (count) => `${counted(count, "encrypted record")} not decrypted for lack of memory`, refused);
    if (this.#udp.ignored > 0) this.notes.add("udp", (count) => `${counted(count, "UDP packet")} without a handshake`, this.#udp.ignored);
    if (this.#untried > 0) this.notes.add("untried-initials", untriedWords, this.#untried);
    const { octets, exceeded } = this.#messages;
    if (exceeded > 0)
      this.notes.add("long-messages", (count) => `${counted(count, "handshake message")} of more than ${octets} octets not read`, exceeded);
    if (this.#flows.exceeded > 0) this.notes.add("queue-limit", queueWords, this.#flows.exceeded);
    if (this.#fragments.rewritten > 0) this.notes.add("rewritten-fragments", rewrittenFragments, this.#fragments.rewritten);
    const evicted = this.#flows.evicted + this.#udp.evicted;
    if (evicted > 0)
      this.notes.add(
        "evicted-flows",
        (count) => `${counted(count, "connection")} given up because too many were open, or they held too much`,
        evicted,
      );
  }
}
