/** `ticket_pinning` (RFC 8672): a ticket by which a client recognises a server again, and the server's proof. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readLength8, readLength16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const ticketPinning: ExtensionCodec = {
  type: 32,
  name: "ticket_pinning",
  spec: "RFC 8672",
  in: { client_hello: (body) => ({ ticketLength: readLength16(body) }), encrypted_extensions: readProof },
};

/** `lifetime` in seconds. */
function readProof(body: Cursor): ExtensionData {
  return { proofLength: readLength8(body), ticketLength: readLength16(body), lifetime: body.u32() };
}
