/** `client_authz` and `server_authz` (RFC 5878 §2): the formats of authorization data that each side can send or take. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

const FORMATS = {
  0: "x509_attr_cert",
  1: "saml_assertion",
  2: "x509_attr_cert_url",
  3: "saml_assertion_url",
  64: "keynote_assertion_list",
  65: "keynote_assertion_list_url",
  66: "dtcp_authorization",
};

export const clientAuthz: ExtensionCodec = {
  type: 7,
  name: "client_authz",
  spec: "RFC 5878 §2.3.1",
  in: { client_hello: readFormats, server_hello: readFormats },
};

export const serverAuthz: ExtensionCodec = { ...clientAuthz, type: 8, name: "server_authz", spec: "RFC 5878 §2.3.2" };

function readFormats(body: Cursor): ExtensionData {
  return { formats: body.vector8().all((list) => fieldPoint(FORMATS, list.u8())) };
}
