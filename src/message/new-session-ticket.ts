/**
 * NewSessionTicket (RFC 9846 §4.6.1, RFC 5077 §3.3): something to resume the session with. A TLS 1.3
 * ticket's ticket_age_add is skipped: it is random.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { draftOf, isTls13 } from "../registry/tls-versions.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodeContext, DecodedBody, Extension } from "./message.ts";
import { readHex8, readLength16 } from "./read-values.ts";

/** From this draft on a ticket has a nonce. */
const FIRST_DRAFT_WITH_NONCE = 21;

/** Reads `ticketLifetime` (seconds) and `ticketLength` (octets); since TLS 1.3 also `ticketNonce` and `extensions`. */
export function decodeNewSessionTicket(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  fields["ticketLifetime"] = body.at("ticket_lifetime").u32();
  if (!isTls13(context.version)) {
    fields["ticketLength"] = readLength16(body.at("ticket"));
    return;
  }
  body.at("ticket_age_add").u32();
  const nonce = draftOf(context.version) >= FIRST_DRAFT_WITH_NONCE ? readHex8(body.at("ticket_nonce")) : undefined;
  if (nonce !== undefined) fields["ticketNonce"] = nonce;
  fields["ticketLength"] = readLength16(body.at("ticket"));
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  readExtensions(body, "new_session_ticket", extensions);
}
