/** `ticket_request` (RFC 9149 §3): how many tickets the client wants, and how many it will get. */
import type { ExtensionCodec } from "./contract.ts";

export const ticketRequest: ExtensionCodec = {
  type: 58,
  name: "ticket_request",
  spec: "RFC 9149 §3",
  in: {
    client_hello: (body) => ({ newSessionCount: body.u8(), resumptionCount: body.u8() }),
    encrypted_extensions: (body) => ({ expectedCount: body.u8() }),
  },
};
