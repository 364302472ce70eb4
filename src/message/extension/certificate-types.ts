/**
 * `cert_type` (RFC 6091 §3.1), `client_certificate_type` and `server_certificate_type` (RFC 7250 §3):
 * the client lists the kinds of certificate that it can send or take, the server picks one.
 */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readPoints8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const certType: ExtensionCodec = {
  type: 9,
  name: "cert_type",
  spec: "RFC 6091 §3.1",
  in: { client_hello: readTypes, server_hello: readType, encrypted_extensions: readType },
};

export const clientCertificateType: ExtensionCodec = { ...certType, type: 19, name: "client_certificate_type", spec: "RFC 7250 §3" };

export const serverCertificateType: ExtensionCodec = { ...certType, type: 20, name: "server_certificate_type", spec: "RFC 7250 §3" };

function readTypes(body: Cursor): ExtensionData {
  return { certificateTypes: readPoints8(body.vector8(), "certificate_types") };
}

function readType(body: Cursor): ExtensionData {
  return { certificateType: codePoint("certificate_types", body.u8()) };
}
