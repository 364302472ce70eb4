/** Makes the arrows of a handshake's picture: messages, encrypted records, and what happened below TLS, in packet order. */
import type { Handshake, TransportEvent } from "../../handshake/handshake.ts";
import type { Message, Side } from "../../message/message.ts";
import { countText, microsecondsBetween, nameOf } from "../words.ts";

/** How an arrow is drawn. */
export type StepLook = "message" | "decrypted" | "encrypted" | "transport" | "plaintext" | "alert" | "trouble";

/** One arrow. */
export interface Step {
  readonly from: Side;
  readonly look: StepLook;
  readonly text: string;
  /** 0 if unknown. */
  readonly packet: number;
  /** Microseconds since the first step, `NaN` if a time is missing. */
  readonly after: number;
  /** How many equal steps in a row, or lines of plaintext, it represents. */
  readonly count: number;
}

/** Arrows of one picture; by then, even a long conversation has shown what matters. */
const MOST = 80;

/** The first arrows, and how many were left out. */
export function steps(handshake: Handshake): { readonly shown: readonly Step[]; readonly left: number } {
  const all = [
    ...handshake.events.flatMap((event) => (BEFORE.has(event.kind) ? eventStep(event, handshake) : [])),
    ...(handshake.dialogue ?? []).map(({ from, packet, text }): Raw => ({ from, packet, text, time: "", look: "plaintext" })),
    ...handshake.messages.map(messageStep),
    ...handshake.events.flatMap((event) => (BEFORE.has(event.kind) ? [] : eventStep(event, handshake))),
  ].sort((one, other) => one.packet - other.packet);
  const start = all.find(({ time }) => time !== "")?.time ?? "";
  const merged: Step[] = [];
  for (const { time, ...step } of all) {
    const last = merged.at(-1);
    if (last !== undefined && isOne(last, step)) merged[merged.length - 1] = { ...last, count: last.count + 1 };
    else merged.push({ ...step, after: microsecondsBetween(start, time), count: 1 });
  }
  return { shown: merged.slice(0, MOST), left: Math.max(0, merged.length - MOST) };
}

/** Do the two share one arrow? Equal steps in a row do, and so do the plaintext lines of a packet; alerts never do. */
function isOne(last: Step, { from, look, packet, text }: Omit<Raw, "time">): boolean {
  if (last.from !== from || last.look !== look || look === "alert") return false;
  return look === "plaintext" ? last.packet === packet : last.text === text;
}

type Raw = Pick<Step, "from" | "look" | "text" | "packet"> & { readonly time: string };

/** Events that come before the messages of the same packet. */
const BEFORE: ReadonlySet<TransportEvent["kind"]> = new Set(["syn", "syn-ack", "gap", "retransmission", "retry", "version-negotiation"]);

function messageStep(message: Message): Raw {
  const { from, packet, time, decrypted } = message;
  if (message.type !== "alert") return { from, packet, time, text: message.type, look: decrypted ? "decrypted" : "message" };
  const description = (message as { description?: Parameters<typeof nameOf>[0] }).description;
  const name = description === undefined ? "alert" : nameOf(description);
  return { from, packet, time, text: `alert ${name}`, look: name === "close_notify" ? "transport" : "alert" };
}

function eventStep(event: TransportEvent, { failure }: Handshake): Raw[] {
  const { kind, from, packet, time, length = 0 } = event;
  const at = { from, packet, time };
  switch (kind) {
    // Acknowledgments and segments are shown by the messages that they carry.
    case "ack":
    case "segment":
      return [];
    case "encrypted": {
      const content = event.content ?? "record";
      // Decrypted records are among the messages, except for application data.
      if (event.decrypted === true) return content === "application_data" ? [{ ...at, text: content, look: "decrypted" }] : [];
      const isFatal = content === "alert" && failure?.encrypted === true && failure.packet === packet;
      return [{ ...at, text: content, look: isFatal ? "alert" : "encrypted" }];
    }
    case "rst":
      return [{ ...at, text: "RST", look: "alert" }];
    case "connection-close":
      return [{ ...at, text: event.error === undefined ? kind : `${kind} ${nameOf(event.error)}`, look: "alert" }];
    case "gap":
      return [{ ...at, text: `gap of ${countText(length, "octet")}`, look: "trouble" }];
    case "retransmission":
      return [{ ...at, text: "retransmission", look: "trouble" }];
    default:
      return [{ ...at, text: TRANSPORT[kind] ?? kind, look: "transport" }];
  }
}

const TRANSPORT: Readonly<Record<string, string>> = {
  syn: "SYN",
  "syn-ack": "SYN, ACK",
  fin: "FIN",
  retry: "Retry",
  "version-negotiation": "Version Negotiation",
};
