/** `encrypt_then_mac` (RFC 7366 §2): CBC suites encrypt before they authenticate; always empty. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const encryptThenMac: ExtensionCodec = {
  type: 22,
  name: "encrypt_then_mac",
  spec: "RFC 7366 §2",
  in: { client_hello: readNothing, server_hello: readNothing },
};
