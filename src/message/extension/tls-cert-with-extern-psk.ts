/** `tls_cert_with_extern_psk` (RFC 9973): a certificate and an external PSK together; always empty. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const tlsCertWithExternPsk: ExtensionCodec = {
  type: 33,
  name: "tls_cert_with_extern_psk",
  spec: "RFC 9973",
  in: { client_hello: readNothing, server_hello: readNothing },
};
