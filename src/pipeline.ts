/**
 * Joins the rooms from octets to handshakes: push the octets of a capture file in chunks of any size,
 * receive handshakes as their connections end; their ids tell the order of their first messages. Synchronous, and the same in a browser as in Node.
 */
import { CaptureReader } from "./capture/capture-reader.ts";
import type { CaptureSecrets, FrameSink } from "./capture/contract.ts";
import type { Frame } from "./capture/frame.ts";
import { counted, type Note, Notes } from "./fault/note.ts";
import type { Flow } from "./flow/flow.ts";
import { FlowTable } from "./flow/flow-table.ts";
import { assemble, type AssembleOptions } from "./handshake/assemble.ts";
import type { Handshake } from "./handshake/handshake.ts";
import { decodeFrame } from "./packet/decode-frame.ts";
import { FragmentTable } from "./packet/fragments.ts";
import { newLayers } from "./packet/layers.ts";
import { noteOf, VERDICT, type Verdict } from "./packet/verdict.ts";
import { TlsStream } from "./record/tls-stream.ts";
import { linkTypeName } from "./registry/link-types.ts";

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

/** Reads one capture. Throws `CaptureError` from `push` or `end` if the octets are no capture. */
export class HandshakeReader implements FrameSink {
  readonly notes = new Notes();
  /** Handshakes given so far. */
  handshakes = 0;
  readonly #emit: (handshake: Handshake) => void;
  readonly #options: AssembleOptions;
  readonly #capture: CaptureReader;
  readonly #layers = newLayers();
  readonly #fragments = new FragmentTable();
  readonly #flows: FlowTable;
  readonly #conversations = new Map<Flow, { id: number; readonly stream: TlsStream }>();
  readonly #verdicts = new Map<Verdict, number>();
  #ids = 0;
  #truncated = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #time = 0;

  constructor(emit: (handshake: Handshake) => void, options: AssembleOptions = {}) {
    this.#emit = emit;
    this.#options = options;
    this.#capture = new CaptureReader(this);
    this.#flows = new FlowTable(
      (flow) => this.#open(flow),
      (flow) => this.#close(flow),
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
    else this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
  }

  /** Takes a key log that the capture carries. */
  secrets(_secrets: CaptureSecrets): void {
    this.notes.add("secrets", (count) => `${counted(count, "block")} of decryption secrets not used`);
  }

  #open(flow: Flow): TlsStream {
    const conversation = {
      id: 0,
      stream: new TlsStream(() => {
        conversation.id = ++this.#ids;
      }),
    };
    this.#conversations.set(flow, conversation);
    return conversation.stream;
  }

  #close(flow: Flow): void {
    const conversation = this.#conversations.get(flow);
    if (conversation === undefined) return;
    this.#conversations.delete(flow);
    const { stream } = conversation;
    stream.end();
    if (conversation.id === 0) return;
    const handshake = assemble(
      {
        id: conversation.id,
        stream: flow.stream,
        endpoints: [flow.endpoint(0), flow.endpoint(1)],
        opener: flow.opener,
        messages: stream.messages,
        encrypted: stream.encrypted,
        events: flow.events,
        dialogue: stream.dialogue,
        answer: stream.answer,
        endTime: Math.max(this.#time, flow.lastTime),
      },
      this.#options,
    );
    this.handshakes++;
    this.#emit(handshake);
  }

  #note(): void {
    if (this.#truncated > 0) {
      const shortest = this.#shortest;
      const words = (count: number): string =>
        `${counted(count, "packet")} ${count === 1 ? "was" : "were"} cut by the capture's snapshot length (${shortest} octets at least)`;
      this.notes.add("truncated-packets", words, this.#truncated);
    }
    for (const [verdict, count] of [...this.#verdicts].sort(([a], [b]) => a - b)) {
      if (verdict === VERDICT.udp) {
        this.notes.add("udp", (total) => `${counted(total, "UDP packet")} not read`, count);
        continue;
      }
      const { code, words } = noteOf(verdict);
      this.notes.add(code, words, count);
    }
    const { evicted } = this.#flows;
    if (evicted > 0)
      this.notes.add("evicted-flows", (count) => `${counted(count, "connection")} given up because too many were open`, evicted);
  }
}
