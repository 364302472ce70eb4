/** `post_handshake_auth` (RFC 9846 §4.2.6): the client accepts being asked for a certificate later; always empty. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const postHandshakeAuth: ExtensionCodec = {
  type: 49,
  name: "post_handshake_auth",
  spec: "RFC 9846 §4.2.6",
  in: { client_hello: readNothing },
};
