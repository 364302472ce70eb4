/**
 * CertificateRequest (RFC 9846 §4.3.2, RFC 5246 §7.4.4): which certificates the server accepts from the
 * client. Up to TLS 1.2 three lists, of which TLS 1.2 added the second; since TLS 1.3 extensions, whose
 * lists are given under the same names as well.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodeContext, DecodedBody, Extension } from "./message.ts";
import { isVector16ToEnd, readHex8, readHexes16, readPoints8, readPoints16 } from "./read-values.ts";

const TLS12 = 0x0303;

/** Reads the fields of {@link CertificateRequest}; `authorities` as the hex of each name's DER. */
export function decodeCertificateRequest(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  if (isTls13(context.version)) {
    decodeModern(body, fields);
    return;
  }
  fields["certificateTypes"] = readPoints8(body.at("certificate_types").vector8(), "client_certificate_types");
  const withSchemes = context.version === 0 ? !isVector16ToEnd(body, body.position) : context.version >= TLS12;
  if (withSchemes) {
    fields["signatureSchemes"] = readPoints16(body.at("supported_signature_algorithms").vector16(), "signature_schemes");
  }
  fields["authorities"] = readHexes16(body.at("certificate_authorities").vector16());
}

function decodeModern(body: Cursor, fields: DecodedBody): void {
  fields["requestContext"] = readHex8(body.at("certificate_request_context"));
  const extensions: Extension[] = [];
  try {
    readExtensions(body, "certificate_request", extensions);
  } finally {
    const schemes = fieldOf(extensions, "signature_algorithms", "schemes");
    if (schemes !== undefined) fields["signatureSchemes"] = schemes;
    const authorities = fieldOf(extensions, "certificate_authorities", "authorities");
    if (authorities !== undefined) fields["authorities"] = authorities;
    fields["extensions"] = extensions;
  }
}

function fieldOf(extensions: readonly Extension[], name: string, field: string): unknown {
  return extensions.find((extension) => extension.name === name)?.data?.[field];
}
