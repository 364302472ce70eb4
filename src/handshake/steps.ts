/** Everything that happened in a connection, in the order of time: the ground on which its end is judged. */
import type { FlowEvent, SideIndex } from "../flow/flow.ts";
import type { Moment } from "../flow/moment.ts";
import type { Message, Side } from "../message/message.ts";
import type { EncryptedRecord, PlainAnswer, RawMessage } from "../record/tls-stream.ts";

/** One thing that a side did. */
export type Step = { readonly side: Side; readonly packet: number; /** µs since 1970. */ readonly time: number } & (
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "encrypted"; readonly content: number; /** Octets of the body. */ readonly length: number }
  | { readonly kind: "plaintext"; readonly octets: Uint8Array }
  | { readonly kind: "fin" | "rst" | "retransmission" }
);

interface Sources {
  readonly messages: readonly RawMessage[];
  readonly encrypted: readonly EncryptedRecord[];
  readonly events: readonly FlowEvent[];
  readonly answer: PlainAnswer | null;
}

/** All steps; in one packet, what it carries comes before what its flags say. */
export function stepsOf(sources: Sources, messages: readonly Message[], sideName: (side: SideIndex) => Side): Step[] {
  const at = (side: SideIndex, moment: Moment): { side: Side; packet: number; time: number } => ({
    side: sideName(side),
    packet: moment.number,
    time: moment.time,
  });
  const raw = [...sources.messages].sort((a, b) => a.moment.number - b.moment.number);
  const steps: Step[] = raw.map((message, index) => ({
    ...at(message.side, message.moment),
    kind: "message",
    message: messages[index] as Message,
  }));
  for (const record of sources.encrypted) {
    steps.push({ ...at(record.side, record.moment), kind: "encrypted", content: record.content, length: record.length });
  }
  if (sources.answer !== null) {
    steps.push({ ...at(sources.answer.side, sources.answer.moment), kind: "plaintext", octets: sources.answer.octets });
  }
  for (const event of sources.events) {
    if (event.kind !== "fin" && event.kind !== "rst" && event.kind !== "retransmission") continue;
    steps.push({ ...at(event.side, event.moment), kind: event.kind });
  }
  return steps.sort((a, b) => a.packet - b.packet);
}
