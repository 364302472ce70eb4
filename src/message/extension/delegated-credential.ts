/**
 * `delegated_credential` (RFC 9345 §4): the client lists signatures that it accepts from a delegated
 * key; beside a certificate stands the credential itself. The drafts' number differs, the list does not.
 */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readLength16, readLength24, readPoints16 } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

export const delegatedCredential: ExtensionCodec = {
  type: 34,
  name: "delegated_credential",
  spec: "RFC 9345 §4.1",
  in: { client_hello: readSchemes, certificate_request: readSchemes, certificate: readCredential },
};

export const delegatedCredentialDraft: ExtensionCodec = {
  type: 0xff02,
  name: "delegated_credential_draft",
  spec: "draft-ietf-tls-subcerts-05 §4",
  in: { client_hello: readDraft },
};

function readSchemes(body: Cursor): ExtensionData {
  return { schemes: readPoints16(body.vector16(), "signature_schemes") };
}

/** Before draft 05 the body was empty. NSS had used the number for two octets with the draft of TLS 1.3 that it spoke. */
function readDraft(body: Cursor): ExtensionData {
  if (body.remaining === 0) return readNothing();
  return body.remaining === 2 ? { tls13Draft: body.u16() } : readSchemes(body);
}

/** `validTime` in seconds after the certificate's notBefore. */
function readCredential(body: Cursor): ExtensionData {
  return {
    validTime: body.u32(),
    certificateVerifyScheme: codePoint("signature_schemes", body.u16()),
    publicKeyLength: readLength24(body),
    scheme: codePoint("signature_schemes", body.u16()),
    signatureLength: readLength16(body),
  };
}
