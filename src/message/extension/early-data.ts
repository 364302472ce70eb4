/** `early_data` (RFC 9846 §4.2.10): data before the handshake's end, offered and accepted with an empty body; a ticket says how much. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const earlyData: ExtensionCodec = {
  type: 42,
  name: "early_data",
  spec: "RFC 9846 §4.2.10",
  in: {
    client_hello: readNothing,
    encrypted_extensions: readNothing,
    new_session_ticket: (body) => ({ maxEarlyDataSize: body.u32() }),
  },
};
