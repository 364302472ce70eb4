/** `truncated_hmac` (RFC 6066 §7): record MACs of ten octets; always empty. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const truncatedHmac: ExtensionCodec = {
  type: 4,
  name: "truncated_hmac",
  spec: "RFC 6066 §7",
  in: { client_hello: readNothing, server_hello: readNothing },
};
