/** `client_certificate_url` (RFC 6066 §5): the client may send the address of its certificate instead of the certificate; always empty. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const clientCertificateUrl: ExtensionCodec = {
  type: 2,
  name: "client_certificate_url",
  spec: "RFC 6066 §5",
  in: { client_hello: readNothing, server_hello: readNothing },
};
