/**
 * Joins the rooms from octets to handshakes: push the octets of a capture file in chunks of any size,
 * receive handshakes as their connections end; their ids tell the order of their first messages. Synchronous, and the same in a browser as in Node.
 */
import { CaptureReader } from "./capture/capture-reader.ts";
import type { CaptureSecrets, FrameSink } from "./capture/contract.ts";
import type { Frame } from "./capture/frame.ts";
import { LIMITS } from "./fault/limits.ts";
import { counted, type Note, Notes } from "./fault/note.ts";
import type { Flow } from "./flow/flow.ts";
import { type DatagramFlow, DatagramTable } from "./flow/datagrams.ts";
import type { Endpoints } from "./flow/flow-index.ts";
import { FlowTable } from "./flow/flow-table.ts";
import { attemptOf } from "./handshake/attempt.ts";
import { assemble, type AssembleOptions, type Conversation } from "./handshake/assemble.ts";
import type { Capture, Handshake } from "./handshake/handshake.ts";
import { decodeFrame } from "./packet/decode-frame.ts";
import { FragmentTable } from "./packet/fragments.ts";
import { type Layers, newLayers } from "./packet/layers.ts";
import { tunnelNames } from "./packet/tunnel.ts";
import { noteOf, VERDICT, type Verdict } from "./packet/verdict.ts";
import { DATAGRAM_PROTOCOLS, type DatagramExchanges } from "./record/datagram-protocol.ts";
import { SealedStore } from "./record/sealed.ts";
import { type Exchange, TlsStream } from "./record/tls-stream.ts";
import { linkTypeName } from "./registry/link-types.ts";
import type { Decryptor } from "./secrets/decryptor.ts";

/** What a capture was, besides its handshakes. */
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

/** The capture that a file turned out to be: its handshakes in the order of their numbers, and what its reader noted besides. */
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

/** What the transport knows of an exchange. */
type Connection = Pick<Conversation, "opener" | "events" | "isOneSided" | "dialogue" | "answer" | "notes"> & { readonly lastTime: number };

/** What is read from a capture, and with the help of what. */
export interface ReaderOptions extends AssembleOptions {
  /** Opens what is encrypted; it takes the secrets that a capture carries, too. Without one, nothing is opened. */
  readonly decryptor?: Decryptor;
}

const NO_CONNECTION = {
  opener: null,
  events: [],
  isOneSided: false,
  dialogue: [],
  answer: null,
  notes: [],
} as const;

/** Reads one capture. Throws `CaptureError` from `push` or `end` if the octets are no capture. */
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
  readonly #flows: FlowTable;
  readonly #udp: DatagramTable;
  readonly #datagrams = new Map<DatagramFlow, DatagramExchanges>();
  readonly #streams = new Map<Flow, TlsStream>();
  readonly #verdicts = new Map<Verdict, number>();
  readonly #attempts: Handshake[] = [];
  #ids = 0;
  #truncated = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #time = 0;

  constructor(emit: (handshake: Handshake) => void, options: ReaderOptions = {}) {
    this.#emit = emit;
    this.#options = options;
    this.#decryptor = options.decryptor;
    this.#sealed = options.decryptor === undefined ? null : new SealedStore();
    if (this.#sealed !== null) this.#sealed.isHopeful = options.decryptor?.isHopeful === true;
    this.#capture = new CaptureReader(this);
    this.#flows = new FlowTable(
      (flow) => this.#open(flow),
      (flow) => this.#close(flow),
    );
    this.#udp = new DatagramTable(
      (flow, layers) => this.#openDatagrams(flow, layers),
      (flow) => this.#closeDatagrams(flow),
    );
  }

  /** Packets read so far. */
  get packets(): number {
    return this.#capture.packets;
  }

  /** Takes the next octets of the file, uncompressed; they may be reused by the caller afterwards. */
  push(octets: Uint8Array): void {
    this.#capture.push(octets);
  }

  /** The file has ended: gives the handshakes of the connections that are still open. */
  end(): CaptureSummary {
    this.#capture.end();
    this.#flows.end();
    this.#udp.end();
    for (const attempt of this.#attempts) this.#emit({ ...attempt, id: ++this.#ids });
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
    else this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
  }

  /** Takes a key log that the capture carries. */
  secrets({ type, octets }: CaptureSecrets): void {
    if (type !== TLS_KEY_LOG)
      this.notes.add("other-secrets", (count) => `${counted(count, "block")} of secrets for other protocols than TLS`);
    else if (this.#decryptor === undefined)
      this.notes.add("secrets", (count) => `${counted(count, "block")} of decryption secrets not used`);
    else {
      this.#decryptor.addKeyLog(octets);
      if (this.#sealed !== null) this.#sealed.isHopeful = true;
    }
  }

  #open(flow: Flow): TlsStream {
    const stream = new TlsStream(() => ++this.#ids, this.#sealed);
    this.#streams.set(flow, stream);
    return stream;
  }

  #close(flow: Flow): void {
    const stream = this.#streams.get(flow);
    this.#streams.delete(flow);
    stream?.end();
    const { opener, events, lastTime } = flow;
    const { dialogue, answer } = stream ?? NO_CONNECTION;
    const connection = { opener, events, isOneSided: !flow.isAnswered, dialogue, answer, notes: [], lastTime };
    if (stream === undefined || stream.id === 0) this.#attempt(flow, connection);
    else this.#give(stream, flow, connection);
  }

  /** A connection without TLS; those that failed are told after all others, so that they take no handshake's number. */
  #attempt(flow: Flow, connection: Connection): void {
    const attempt = attemptOf(this.#conversation(flow, connection));
    if (attempt === undefined) return;
    if (this.#attempts.length < LIMITS.attempts) this.#attempts.push(attempt);
    else this.notes.add("attempts", (count) => `${counted(count, "more attempt")} without a TLS hello not kept`);
  }

  #openDatagrams(flow: DatagramFlow, layers: Layers): DatagramExchanges | null {
    const { bytes, payloadStart, payloadEnd } = layers;
    const protocol = DATAGRAM_PROTOCOLS.find((candidate) => candidate.recognises(bytes, payloadStart, payloadEnd));
    if (protocol === undefined) return null;
    const exchanges = protocol.create(() => ++this.#ids, this.#sealed);
    this.#datagrams.set(flow, exchanges);
    return exchanges;
  }

  #closeDatagrams(flow: DatagramFlow): void {
    const listener = this.#datagrams.get(flow);
    if (listener === undefined) return;
    this.#datagrams.delete(flow);
    listener.end();
    this.#udp.ignored += listener.ignored ?? 0;
    for (const exchange of listener.exchanges) {
      this.#give(exchange, flow, { ...NO_CONNECTION, events: exchange.events ?? [], lastTime: flow.lastTime });
    }
  }

  #give(exchange: Exchange, flow: Endpoints & { readonly stream: number }, connection: Connection): void {
    this.handshakes++;
    const opened = this.#decryptor?.open(exchange);
    exchange.release();
    const conversation = this.#conversation(flow, connection);
    if (opened === undefined) {
      this.#emit(assemble({ exchange, ...conversation }, this.#options));
      return;
    }
    const { note } = opened;
    if (note?.code === "keys-missing") this.notes.add(note.code, (count) => `no keys for ${counted(count, "connection")} in the key log`);
    const notes = note === null ? [] : [note];
    const events = [...conversation.events, ...opened.events];
    const { exchange: readable, usedHello } = opened;
    const used = usedHello === undefined ? {} : { usedHello };
    this.#emit(assemble({ exchange: readable, ...conversation, events, notes, ...used }, this.#options));
  }

  #conversation(flow: Endpoints & { readonly stream: number }, { lastTime, ...facts }: Connection): Omit<Conversation, "exchange"> {
    return {
      stream: flow.stream,
      endpoints: [flow.endpoint(0), flow.endpoint(1)],
      tunnels: tunnelNames(flow.tunnels),
      endTime: Math.max(this.#time, lastTime),
      ...facts,
    };
  }

  #note(): void {
    if (this.#truncated > 0) {
      const shortest = this.#shortest;
      const words = (count: number): string =>
        `${counted(count, "packet")} ${count === 1 ? "was" : "were"} cut by the capture's snapshot length (${shortest} octets at least)`;
      this.notes.add("truncated-packets", words, this.#truncated);
    }
    for (const [verdict, count] of [...this.#verdicts].sort(([a], [b]) => a - b)) {
      const { code, words } = noteOf(verdict);
      this.notes.add(code, words, count);
    }
    const refused = this.#decryptor?.isHopeful === true ? (this.#sealed?.refused ?? 0) : 0;
    if (refused > 0)
      this.notes.add("not-kept", (count) => `${counted(count, "encrypted record")} not decrypted for want of memory`, refused);
    if (this.#udp.ignored > 0) this.notes.add("udp", (count) => `${counted(count, "UDP packet")} without a handshake`, this.#udp.ignored);
    const evicted = this.#flows.evicted + this.#udp.evicted;
    if (evicted > 0)
      this.notes.add("evicted-flows", (count) => `${counted(count, "connection")} given up because too many were open`, evicted);
  }
}
