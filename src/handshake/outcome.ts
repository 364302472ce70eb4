/**
 * How a handshake ended, and what shows it. Established means, up to TLS 1.2, that both sides sent
 * change_cipher_spec and Finished; in TLS 1.3, where Finished is hidden, that the client's second
 * flight was followed by server data that is neither alert-sized nor the last of the connection. If
 * several events could decide, the first does.
 */
import { toText } from "../bytes/text.ts";
import type { Message, ServerHello, Side } from "../message/message.ts";
import { CONTENT } from "../record/tls-record.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import type { Failure, Outcome } from "./handshake.ts";
import { extensionOf, versionOf } from "./negotiation.ts";
import type { Step } from "./steps.ts";

/** An outcome with what shows it. */
export interface Ending {
  readonly outcome: Outcome;
  readonly failure?: Failure;
}

/** Octets of an encrypted TLS 1.3 alert with some padding: two of alert, one of type, a tag of 8 or 16. */
const ALERT_SIZED = 24;
/** Octets with which JSSE pads its handshake messages and alerts in TLS 1.3. */
const PADDING = 16;
/** An alert of two octets with its type, a tag of 16 octets and that padding. */
const PADDED_ALERT = 19 + PADDING;
/** Octets around the hash in an encrypted Finished: a header of four, one of type, a tag of 16. */
const AROUND_FINISHED = 21;
/** Lengths of a Finished alone in its record, with SHA-256 and SHA-384. */
const BARE_FINISHED: ReadonlySet<number> = new Set([AROUND_FINISHED + 32, AROUND_FINISHED + 48]);
/** Lengths of an alert in datagrams, where nobody pads. */
const BARE_ALERT: ReadonlySet<number> = new Set([19, 11]);
/** Keys of early data and of the handshake in DTLS 1.3 (RFC 9147 §6.1). */
const EARLY_EPOCH = 1;
const HANDSHAKE_EPOCH = 2;
/** Octets of an encrypted EndOfEarlyData: a header of four, one of type, a tag of 16 or 8 (RFC 9846 §4.5). */
const END_OF_EARLY_DATA: ReadonlySet<number> = new Set([21, 13]);
/** A server's only record before the end of the connection is not application data if it has fewer octets. */
const LAST_WORD = 64;
/** Silence, in µs, after which a client that gives up has waited for an answer. */
export const PATIENCE = 2_000_000;
/** Silence, in µs, after which an open connection counts as unanswered. */
const SILENCE = 10_000_000;
/** After so many repetitions of a hello, at doubling intervals, a shorter silence also counts as no answer. */
const REPETITIONS = 3;
/** Alerts that do not end a handshake at warning level: close_notify closes the connection in an orderly way, the others are advice. */
const HARMLESS_WARNINGS: ReadonlySet<string> = new Set(["close_notify", "no_certificate", "unrecognized_name", "no_renegotiation"]);

/** How far the capture can be trusted to show the end. */
export interface Horizon {
  /** The time up to which the connection was observed, in µs since 1970. */
  readonly endTime: number;
  /** Octets or a whole direction are missing: what was not seen may have been sent all the same. */
  readonly isPartial: boolean;
  /** Retransmissions are the protocol's own, not TCP's, and so do not show where something was lost. */
  readonly overUdp?: boolean;
  /** Octets from the server did not reach the client. */
  readonly isAnswerLost?: boolean;
}

/** Judges the end. */
export function outcomeOf(steps: readonly Step[], messages: readonly Message[], horizon: Horizon): Ending {
  const began = steps.findIndex((step) => step.kind === "message");
  if (began < 0) return { outcome: "incomplete" };
  const early = messages.some((message) => message.type === "client_hello" && extensionOf(message.extensions, "early_data") !== undefined);
  // A server may have closed before it gets the hello.
  const isJudged = (step: Step, index: number): boolean => (index >= began || step.kind === "fin") && (!early || !isEndOfEarlyData(step));
  const after = steps.every(isJudged) ? steps : steps.filter(isJudged);
  const hello = messages.find((message): message is ServerHello => message.type === "server_hello");
  const tls13 = hello !== undefined && isTls13(versionOf(hello));
  const pads = tls13 && doesServerPad(after, hello);
  const established = tls13 ? establishedTls13(after, hello.packet, pads) : establishedTls12(after, hello, horizon.isPartial);
  const refused = refusal(established < 0 ? after : after.slice(0, established), tls13, hello?.packet ?? 0, pads);
  if (refused !== undefined) return { outcome: "failed", failure: refused };
  if (established >= 0) return { outcome: "established" };
  if (horizon.isPartial) return { outcome: "incomplete" };
  return abandoned(after, horizon, tls13 ? clientFlight(after, hello.packet) : -1);
}

/**
 * Index of the step with which the second of both Finished was sent, or -1. Application data shows that Finished preceded it, unless
 * the version is not known: after a cut server_hello it may be TLS 1.3, where everything but an unencrypted alert looks like application data.
 */
function establishedTls12(steps: readonly Step[], hello: ServerHello | undefined, isPartial: boolean): number {
  const showsAlert = steps.some(({ kind, content, isOpened }) => kind === "encrypted" && content === CONTENT.alert && !isOpened);
  const isSure = showsAlert || hello?.malformed === undefined;
  // The change_cipher_spec may be in what was not captured.
  const needsChange = !isPartial || (hello === undefined && !showsAlert);
  const changed = { client: false, server: false };
  const finished = { client: false, server: false };
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step;
    if (step.message?.type === "change_cipher_spec") changed[step.side] = true;
    const isData = step.kind === "encrypted" && step.content === CONTENT.applicationData && isSure;
    const isHandshake = step.kind === "encrypted" && step.content === CONTENT.handshake;
    // Datagrams may overtake each other, and an epoch shows by itself that the keys have changed.
    const inDtls = step.epoch > 0 && step.content === CONTENT.handshake;
    const isProof = (changed[step.side] && (isData || isHandshake)) || (isData && !needsChange);
    if (inDtls || isProof || step.message?.type === "finished") finished[step.side] = true;
    if (finished.client && finished.server) return index;
  }
  return -1;
}

/** Index of the first server data that proves the client's second flight accepted, or -1. */
function establishedTls13(steps: readonly Step[], helloPacket: number, pads: boolean): number {
  const flight = clientFlight(steps, helloPacket);
  if (flight < 0) return -1;
  const flightPacket = (steps[flight] as Step).packet;
  // In DTLS the server may repeat its own flight, or acknowledge part of the client's, before it has accepted anything.
  const isServerData = (step: Step): boolean =>
    (step.kind === "encrypted" || step.message?.decrypted === true) &&
    step.side === "server" &&
    step.packet > flightPacket &&
    step.epoch !== HANDSHAKE_EPOCH;
  const first = steps.findIndex(isServerData);
  const data = steps[first];
  if (data === undefined) return -1;
  if (data.message !== null) return data.message.type === "alert" ? -1 : first;
  if (data.isOpened) return data.content === CONTENT.applicationData || data.content === CONTENT.ack ? first : -1;
  if (isAlertSized(data, pads)) return isLateGoodbye(steps[flight] as Step, data) ? first : -1;
  const next = steps.slice(first + 1).find((step) => step.kind !== "retransmission");
  const last = next !== undefined && (next.kind === "fin" || next.kind === "rst") && next.side === "server";
  return last && data.length < LAST_WORD ? -1 : first;
}

/** A server that was sent no certificate has nothing left to refuse: an alert long after a lone Finished means that it ran out of patience with a silent client. */
function isLateGoodbye(flight: Step, alert: Step): boolean {
  return flight.epoch < 0 && BARE_FINISHED.has(flight.length) && alert.time - flight.time >= PATIENCE;
}

/** Index of the client's Finished, or of its first encrypted record after the server_hello that is longer than an alert; or -1. */
function clientFlight(steps: readonly Step[], helloPacket: number): number {
  const finished = steps.findIndex(({ message, side }) => message?.type === "finished" && side === "client");
  if (finished >= 0) return finished;
  const first = steps.findIndex((step) => isHidden(step, "client") && step.packet > helloPacket && step.epoch !== EARLY_EPOCH);
  const step = steps[first];
  // The first message that a client encrypts is a Certificate or Finished, whose lengths differ from a padded alert's.
  return step !== undefined && !isAlertSized(step, true) ? first : -1;
}

/** Does the server pad its encrypted handshake messages? Its Finished, the last record before the client's flight, shows it. */
function doesServerPad(steps: readonly Step[], hello: ServerHello): boolean {
  const end = steps.findIndex((step) => isHidden(step, "client") && step.packet > hello.packet && step.epoch !== EARLY_EPOCH);
  const finished = steps.findLast((step, index) => index < end && isHidden(step, "server") && step.packet >= hello.packet);
  const hash = hello.cipherSuite?.id === "0x1302" ? 48 : 32;
  return finished?.length === AROUND_FINISHED + hash + PADDING;
}

function isHidden(step: Step, side: Side): boolean {
  return step.kind === "encrypted" && !step.isOpened && step.side === side && step.content === CONTENT.applicationData;
}

/** Is the record no longer than an encrypted alert? Nobody pads them in DTLS. */
function isAlertSized({ length, epoch }: Step, pads: boolean): boolean {
  return epoch < 0 ? length <= ALERT_SIZED || (pads && length === PADDED_ALERT) : BARE_ALERT.has(length);
}

function isEndOfEarlyData(step: Step): boolean {
  return isHidden(step, "client") && END_OF_EARLY_DATA.has(step.length);
}

/** The first step by which a side refused, or sent plaintext where TLS should have come. */
function refusal(steps: readonly Step[], tls13: boolean, helloPacket: number, pads: boolean): Failure | undefined {
  let flight = false;
  let ended: Side | undefined;
  let bare = false;
  let isFull = false;
  let isComplete = false;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step;
    if (step.kind === "fin") ended ??= step.side;
    if (step.kind === "rst") return undefined;
    if (ended !== undefined && step.side !== ended && step.kind !== "plaintext") continue;
    if (step.message?.type === "alert" && isFatal(step.message.level?.name, step.message.description?.name)) {
      const { description } = step.message;
      return { kind: "alert", ...shownBy(steps, index), ...(description === undefined ? {} : { alert: description }) };
    }
    if (step.octets !== null) return { kind: "not-tls", ...shownBy(steps, index), text: firstLine(step.octets) };
    if (step.message?.type === "finished" && step.side === "client") flight = true;
    if (step.message?.type === "server_hello_done") isFull = true;
    if (step.kind !== "encrypted" || step.isOpened) continue;
    if (step.content === CONTENT.alert && !isComplete) return { kind: "alert", ...shownBy(steps, index), encrypted: true };
    // Before TLS 1.3, a side that sends data has received the other's Finished, captured or not, and so has a server that sends its own Finished
    // in a full handshake: an alert after that only closes the connection.
    const isServerFinished = isFull && step.side === "server" && step.content === CONTENT.handshake;
    if (!tls13 && (step.content === CONTENT.applicationData || isServerFinished)) isComplete = true;
    if (!tls13 || step.content !== CONTENT.applicationData || step.packet <= helloPacket) continue;
    const alertSized = isAlertSized(step, step.side === "client" ? !flight : pads);
    if (step.side === "client") {
      if (alertSized && !flight) return { kind: "alert", ...shownBy(steps, index), encrypted: true };
      // If the client sends a goodbye and was not asked for a certificate, the server only answers in kind.
      if (alertSized && bare) ended ??= "client";
      bare = !flight && BARE_FINISHED.has(step.length);
      flight = true;
    } else if (flight && (alertSized || isLastWord(steps, index))) return { kind: "alert", ...shownBy(steps, index), encrypted: true };
  }
  return undefined;
}

/** Who ended it with this step, and after which message. */
function shownBy(steps: readonly Step[], index: number): Pick<Failure, "by" | "packet" | "after"> {
  const { side, packet } = steps[index] as Step;
  return { by: side, packet, ...afterOf(steps, index) };
}

function isLastWord(steps: readonly Step[], index: number): boolean {
  const step = steps[index];
  const next = steps.slice(index + 1).find((other) => other.kind !== "retransmission");
  return step?.kind === "encrypted" && step.length < LAST_WORD && next?.kind === "fin" && next.side === step.side;
}

function isFatal(level: string | null | undefined, description: string | null | undefined): boolean {
  return level !== "warning" || !HARMLESS_WARNINGS.has(description ?? "");
}

/** The ending if it was neither established nor refused: who left, or fell silent. */
function abandoned(steps: readonly Step[], horizon: Horizon, flight: number): Ending {
  const index = steps.findIndex((step) => step.kind === "fin" || step.kind === "rst" || isCloseNotify(step));
  const end = steps[index];
  if (end === undefined) return unanswered(steps, horizon);
  // A client that leaves after its Finished does not refuse anything.
  if (flight >= 0 && flight < index && end.side === "client") return { outcome: "incomplete" };
  if (flight >= 0 && saidGoodbye(steps.slice(flight, index))) return { outcome: "incomplete" };
  const spoken = lastSpoken(steps.slice(0, index));
  if (end.side === "client" && spoken?.side === "client" && end.time - spoken.time >= PATIENCE) {
    const by = horizon.isAnswerLost === true ? "path" : "server";
    return { outcome: "failed", failure: { kind: "timeout", by, packet: end.packet, ...afterOf(steps, index) } };
  }
  const kind = end.kind === "rst" ? "reset" : "close";
  return { outcome: "failed", failure: { kind, by: end.side, packet: end.packet, ...afterOf(steps, index) } };
}

/** Was the client's lone Finished followed by nothing but an alert of its own? */
function saidGoodbye(steps: readonly Step[]): boolean {
  const own = steps.filter((step) => isHidden(step, "client"));
  return own.length === 2 && BARE_FINISHED.has(own[0]?.length ?? 0) && own[1] !== undefined && isAlertSized(own[1], false);
}

/** The ending if nobody left: did one side wait in vain? */
export function unanswered(steps: readonly Step[], { endTime, overUdp }: Horizon): Ending {
  const spoken = lastSpoken(steps);
  if (spoken === undefined || spoken.message === null) return { outcome: "incomplete" };
  const since = steps.slice(steps.indexOf(spoken)).filter((step) => step.kind === "retransmission");
  const again = since.filter((step) => step.side === spoken.side);
  const isAlone = again.length >= REPETITIONS && steps.every((step) => step.side === spoken.side);
  if (!isAlone && endTime - spoken.time < SILENCE) return { outcome: "incomplete" };
  // A client that does not answer may have all that it wanted; a server that repeats its flight is not heard.
  if (spoken.side === "server" && again.length < 2) return { outcome: "incomplete" };
  const isLost = overUdp === true ? since.length > again.length : again.length > 1;
  return {
    outcome: "failed",
    failure: {
      kind: "timeout",
      by: isLost ? "path" : spoken.side === "client" ? "server" : "client",
      packet: again.at(-1)?.packet ?? spoken.packet,
      after: spoken.message.type,
    },
  };
}

function lastSpoken(steps: readonly Step[]): Step | undefined {
  return steps.findLast((step) => step.kind === "message" || step.kind === "encrypted");
}

function isCloseNotify(step: Step): boolean {
  return step.message?.type === "alert" && step.message.description?.name === "close_notify";
}

/** The other side's last message before this step; its Finished is recognised by the position of an encrypted record. */
function afterOf(steps: readonly Step[], index: number): { after?: string } {
  const side = (steps[index] as Step).side;
  const last = steps.slice(0, index).findLast((step) => {
    if (step.side === side) return false;
    return step.message === null ? isFinished(step) : step.message.type !== "change_cipher_spec";
  });
  if (last === undefined) return {};
  return { after: last.message?.type ?? "finished" };
}

function isFinished(step: Step): boolean {
  if (step.kind !== "encrypted") return false;
  return step.content === CONTENT.handshake || (step.side === "client" && step.content === CONTENT.applicationData);
}

function firstLine(octets: Uint8Array): string {
  const end = octets.findIndex((octet) => octet === 0x0d || octet === 0x0a);
  return toText(octets, 0, Math.min(end < 0 ? octets.length : end, 120));
}
