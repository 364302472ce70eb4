/** `extended_master_secret` (RFC 7627 §5.1): the master secret covers the whole handshake; always empty. IANA has since renamed it extended_main_secret. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const extendedMasterSecret: ExtensionCodec = {
  type: 23,
  name: "extended_master_secret",
  spec: "RFC 7627 §5.1",
  in: { client_hello: readNothing, server_hello: readNothing },
};
