/** `rrc` (RFC 9853): DTLS peers check that a new address is reachable; always empty. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const returnRoutabilityCheck: ExtensionCodec = {
  type: 61,
  name: "rrc",
  spec: "RFC 9853",
  in: { client_hello: readNothing, server_hello: readNothing },
};
