/** `session_ticket` (RFC 5077 §3.2): a ticket to resume with, or none yet; the server promises a new one with an empty body. */
import type { Cursor } from "../../bytes/cursor.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

export const sessionTicket: ExtensionCodec = {
  type: 35,
  name: "session_ticket",
  spec: "RFC 5077 §3.2",
  in: { client_hello: readTicket, server_hello: readNothing },
};

/** The ticket has no length of its own: it is the whole body. */
function readTicket(body: Cursor): ExtensionData {
  return { ticketLength: body.rest().length };
}
