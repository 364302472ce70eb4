/**
 * How a QUIC handshake ended. Established means that the client's Handshake packets were followed by 1-RTT
 * packets of both sides, the server's being more than a CONNECTION_CLOSE: only a client that has accepted the server
 * has keys for them. If several events could decide, the first does.
 */
import { toText } from "../bytes/text.ts";
import { QUIC_EPOCH } from "../record/quic-connection.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { Failure } from "./handshake.ts";
import { type Ending, type Horizon, PATIENCE, unanswered } from "./outcome.ts";
import type { Step } from "./steps.ts";

/** Octets below which a server's only 1-RTT packet may be a CONNECTION_CLOSE. */
const FAREWELL = 128;
/** Error codes that carry a TLS alert (RFC 9000 §20.1). */
const CRYPTO_ERROR = 0x100;

/** Judges the end. */
export function quicOutcomeOf(steps: readonly Step[], horizon: Horizon): Ending {
  const established = establishedAt(steps);
  const before = established < 0 ? steps : steps.slice(0, established);
  const close = before.findIndex((step) => step.kind === "connection-close");
  if (close >= 0) return { outcome: "failed", failure: closeOf(before, close) };
  if (established >= 0) return { outcome: "established" };
  const refused = versionRefused(steps);
  if (refused !== undefined) return { outcome: "failed", failure: refused };
  if (horizon.isPartial) return { outcome: "incomplete" };
  return unanswered(
    steps.filter((step) => step.epoch !== QUIC_EPOCH.early),
    horizon,
  );
}

/** Index of the step with which both sides had spoken in 1-RTT packets, or -1. */
function establishedAt(steps: readonly Step[]): number {
  const flight = steps.find((step) => step.epoch === QUIC_EPOCH.handshake && step.side === "client");
  if (flight === undefined) return -1;
  let isClientThere = false;
  let server = 0;
  /** Lengths of possible CONNECTION_CLOSE packets; a repeated one has the same length (RFC 9000 §10.2.1). */
  const farewells = new Set<number>();
  for (const [index, step] of steps.entries()) {
    if (step.epoch !== QUIC_EPOCH.application || step.packet < flight.packet) continue;
    if (step.side === "client") isClientThere = true;
    else if (step.packet > flight.packet && !farewells.has(step.length)) {
      const mayBeFarewell = step.length < FAREWELL && !step.isOpened;
      if (mayBeFarewell) farewells.add(step.length);
      server += mayBeFarewell ? 1 : 2;
    }
    if (isClientThere && server > 1) return index;
  }
  return -1;
}

function closeOf(steps: readonly Step[], index: number): Failure {
  const { side, packet, code, octets, time } = steps[index] as Step;
  const before = steps.slice(0, index);
  // Whatever a client says when it gives up, nobody had answered.
  const isAlone = side === "client" && before.every((step) => step.side === "client");
  const waited = time - (before.find((step) => step.kind === "message")?.time ?? time);
  if (isAlone && waited >= PATIENCE) return { kind: "timeout", by: "server", packet };
  const after = before.findLast((step) => step.side !== side && step.message !== null)?.message?.type;
  const isAlert = code >= CRYPTO_ERROR && code < 2 * CRYPTO_ERROR;
  const error = codePoint("quic_transport_error_codes", code);
  const reason = octets === null ? "" : toText(octets);
  const text = [...(isAlert ? [] : [error.name ?? error.id]), ...(reason === "" ? [] : [reason])].join(": ");
  return {
    kind: code === 0 ? "close" : "transport-error",
    by: side,
    packet,
    ...(isAlert ? { alert: codePoint("alerts", code - CRYPTO_ERROR) } : {}),
    ...(after === undefined ? {} : { after }),
    ...(text === "" || code === 0 ? {} : { text }),
  };
}

/** The failure if the server wants another version, and the client does not go on. */
function versionRefused(steps: readonly Step[]): Failure | undefined {
  const index = steps.findLastIndex((step) => step.kind === "version-negotiation");
  const refusal = steps[index];
  if (refusal === undefined || steps.slice(index + 1).some((step) => step.kind !== "version-negotiation")) return undefined;
  const after = steps.slice(0, index).findLast((step) => step.message !== null)?.message?.type;
  return { kind: "version-negotiation", by: refusal.side, packet: refusal.packet, ...(after === undefined ? {} : { after }) };
}
