/** Everything that happened in a connection, in the order of time, from which its end is judged. */
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import type { Moment } from "../flow/moment.ts";
import type { Message, Side } from "../message/message.ts";
import type { EncryptedRecord, PlainAnswer, RawMessage } from "../record/tls-stream.ts";

/** One thing that a side did. Every step has every field, so that all have one shape for V8: thousands of them are read. */
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

/** All steps; within one packet, its payload comes before its flags. `messages` are `sources.messages`, decoded. */
export function stepsOf(sources: Sources, messages: readonly Message[], sideName: (side: SideIndex) => Side): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < messages.length; at++) {
    const { side, moment } = sources.messages[at] as RawMessage;
    steps.push(step("message", sideName(side), moment, messages[at] as Message));
  }
  for (const { side, moment, content, length, isOpened = false, epoch = -1 } of sources.encrypted) {
    steps.push(step("encrypted", sideName(side), moment, null, content, length, isOpened, epoch));
  }
  if (sources.answer !== null) {
    const { side, moment, octets } = sources.answer;
    steps.push(step("plaintext", sideName(side), moment, null, -1, 0, false, -1, -1, octets));
  }
  for (const { kind, side, moment, code = -1, octets = null } of sources.events) {
    if (kind === "fin" || kind === "rst" || kind === "retransmission" || kind === "version-negotiation")
      steps.push(step(kind, sideName(side), moment, null));
    if (kind === "connection-close") steps.push(step(kind, sideName(side), moment, null, -1, 0, false, -1, code, octets));
  }
  return inTime(steps);
}

/** Up to so many steps, insertion sort is fastest, because most are in order already. */
const FEW = 64;

/** Sorts by packet; steps of one packet keep their order. */
function inTime(steps: Step[]): Step[] {
  if (steps.length > FEW) return steps.sort((a, b) => a.packet - b.packet);
  for (let at = 1; at < steps.length; at++) {
    const one = steps[at] as Step;
    let place = at;
    for (; place > 0 && (steps[place - 1] as Step).packet > one.packet; place--) steps[place] = steps[place - 1] as Step;
    steps[place] = one;
  }
  return steps;
}

function step(
  kind: Step["kind"],
  side: Side,
  moment: Moment,
  message: Message | null,
  content = -1,
  length = 0,
  isOpened = false,
  epoch = -1,
  code = -1,
  octets: Uint8Array | null = null,
): Step {
  return { kind, side, packet: moment.number, time: moment.time, message, content, length, isOpened, epoch, code, octets };
}
