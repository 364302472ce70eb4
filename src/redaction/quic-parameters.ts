/**
 * Replaces connection ids, tokens, addresses and reserved (GREASE) values in `quic_transport_parameters` (RFC 9000 §18) in
 * place. Drafts wrote numbers and lengths in two octets, until draft 18 with versions before them.
 */
import { varint, varintOctets } from "../record/quic-packet.ts";
import { codePoint } from "../registry/codepoint.ts";
import { Position } from "./position.ts";
import type { RedactionRules } from "./rules.ts";

const RESET_TOKEN = 0x02;
const PREFERRED_ADDRESS = 0x0d;
/** original_destination_connection_id, initial_source_connection_id, retry_source_connection_id. */
const CONNECTION_IDS: ReadonlySet<number> = new Set([0x00, 0x0f, 0x10]);
/** Octets of a reset token (RFC 9000 §10.3). */
const TOKEN = 16;

/** Redacts the extension's body; moves the position past what could be read. */
export function redactTransportParameters(body: Position, rules: RedactionRules): void {
  for (const octets of [0, 4]) {
    const list = new Position(body.bytes, body.at + octets, body.end);
    if (list.number(2) !== list.end - list.at) continue;
    while (list.isInside) {
      const id = list.number(2);
      list.vector(2, (start, end) => redactParameter(id, body.bytes, start, end, rules));
    }
    body.skip(body.end - body.at);
    return;
  }
  for (let at = body.at; at < body.end;) {
    const id = varint(body.bytes, at, body.end);
    const lengthAt = at + varintOctets(body.bytes, at);
    const length = varint(body.bytes, lengthAt, body.end);
    if (length < 0) {
      body.skip(Math.min(lengthAt, body.end) - body.at);
      return;
    }
    const start = lengthAt + varintOctets(body.bytes, lengthAt);
    const end = Math.min(body.end, start + length);
    redactParameter(id, body.bytes, start, end, rules);
    at = end;
  }
  body.skip(body.end - body.at);
}

function redactParameter(id: number, bytes: Uint8Array, start: number, end: number, { names }: RedactionRules): void {
  // No parameter has a number beyond 2^53.
  if (id === RESET_TOKEN || id < 0 || codePoint("quic_transport_parameters", id).name === "GREASE") names.replace(bytes, start, end);
  else if (CONNECTION_IDS.has(id)) bytes.set(names.connectionId(bytes.slice(start, end)), start);
  else if (id === PREFERRED_ADDRESS) redactAddress(new Position(bytes, start, end), names);
}

/** Two addresses with ports, a connection id and its token (RFC 9000 §18.2). */
function redactAddress(at: Position, names: RedactionRules["names"]): void {
  for (const octets of [4, 16]) {
    const start = at.at;
    at.skip(octets);
    if (at.at - start === octets) at.bytes.set(names.address(at.bytes.slice(start, at.at)), start);
    at.skip(2);
  }
  at.vector(1, (start, end) => at.bytes.set(names.connectionId(at.bytes.slice(start, end)), start));
  const token = at.at;
  at.skip(TOKEN);
  names.replace(at.bytes, token, at.at);
}
