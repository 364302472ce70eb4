/** Everything that happened in a connection, in the order of time: the ground on which its end is judged. */
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import type { Moment } from "../flow/moment.ts";
import type { Message, Side } from "../message/message.ts";
import type { EncryptedRecord, PlainAnswer, RawMessage } from "../record/tls-stream.ts";

/** One thing that a side did. Every step has every field: the judge reads thousands of them. */
export interface Step {
  readonly kind: "message" | "encrypted" | "plaintext" | "fin" | "rst" | "retransmission" | "version-negotiation" | "connection-close";
  readonly side: Side;
  readonly packet: number;
  /** µs since 1970. */
  readonly time: number;
  /** `message` only. */
  readonly message: Message | null;
  /** `encrypted` only: TLSCiphertext content type, -1 elsewhere. */
  readonly content: number;
  /** `encrypted` only: octets of the body. */
  readonly length: number;
  /** `encrypted` only: a key log has opened it, so `content` is what it holds. */
  readonly isOpened: boolean;
  /** `encrypted` of DTLS and QUIC only: the number of the keys, -1 elsewhere. */
  readonly epoch: number;
  /** `connection-close` only: QUIC's error code, -1 elsewhere. */
  readonly code: number;
  /** `plaintext`, and the reason of `connection-close`. */
  readonly octets: Uint8Array | null;
}

interface Sources {
  readonly messages: readonly RawMessage[];
  readonly encrypted: readonly EncryptedRecord[];
  readonly events: readonly FlowEvent[];
  readonly answer: PlainAnswer | null;
}

/** All steps; in one packet, what it carries comes before what its flags say. `messages` are `sources.messages`, decoded. */
export function stepsOf(sources: Sources, messages: readonly Message[], sideName: (side: SideIndex) => Side): Step[] {
  const steps: Step[] = [];
  const add = (kind: Step["kind"], from: SideIndex, moment: Moment, more: Partial<Step>): void => {
    const { message = null, content = -1, length = 0, isOpened = false, epoch = -1, code = -1, octets = null } = more;
    const [side, packet, time] = [sideName(from), moment.number, moment.time];
    steps.push({ kind, side, packet, time, message, content, length, isOpened, epoch, code, octets });
  };
  for (const [index, raw] of sources.messages.entries()) add("message", raw.side, raw.moment, { message: messages[index] as Message });
  for (const record of sources.encrypted) {
    const { content, length, isOpened = false, epoch = -1 } = record;
    add("encrypted", record.side, record.moment, { content, length, isOpened, epoch });
  }
  if (sources.answer !== null) add("plaintext", sources.answer.side, sources.answer.moment, { octets: sources.answer.octets });
  for (const event of sources.events) {
    const { kind, side, moment } = event;
    if (kind === "fin" || kind === "rst" || kind === "retransmission" || kind === "version-negotiation") add(kind, side, moment, {});
    if (kind === "connection-close") add(kind, side, moment, { code: event.code ?? -1, octets: event.octets ?? null });
  }
  return steps.sort((a, b) => a.packet - b.packet);
}
