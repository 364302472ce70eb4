/**
 * The hellos of SSL 2.0 (draft-hickman-netscape-ssl-00 §2.5, RFC 5246 Appendix E.2) in the shape of their successors:
 * the challenge becomes the random, cipher kinds become cipher suites, those of SSL 2.0 itself with six digits.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { type CodePoint, codePoint } from "../registry/codepoint.ts";
import { certificateEntry } from "./certificate.ts";
import type { DecodedBody } from "./message.ts";
import { readHex } from "./read-values.ts";

/** Reads a CLIENT-HELLO after its type octet. */
export function decodeSslv2ClientHello(body: Cursor, fields: DecodedBody): void {
  fields["sslv2"] = true;
  fields["legacyVersion"] = codePoint("versions", body.at("version").u16());
  const suites = body.at("cipher_specs_length").u16();
  const sessionId = body.at("session_id_length").u16();
  const challenge = body.at("challenge_length").u16();
  const cipherSuites = readKinds(body.at("cipher_specs").sub(suites));
  fields["sessionId"] = readHex(body.at("session_id"), sessionId);
  fields["random"] = readHex(body.at("challenge"), challenge);
  fields["cipherSuites"] = cipherSuites;
  fields["compressionMethods"] = [];
  fields["extensions"] = [];
}

/** Reads a SERVER-HELLO after its type octet. */
export function decodeSslv2ServerHello(body: Cursor, fields: DecodedBody): void {
  fields["sslv2"] = true;
  fields["resumed"] = body.at("session_id_hit").u8() === 1;
  body.at("certificate_type").u8();
  fields["legacyVersion"] = codePoint("versions", body.at("server_version").u16());
  const certificate = body.at("certificate_length").u16();
  const suites = body.at("cipher_specs_length").u16();
  const connectionId = body.at("connection_id_length").u16();
  const der = body.at("certificate").take(certificate);
  if (certificate > 0) fields["certificates"] = [certificateEntry(der)];
  fields["cipherSuites"] = readKinds(body.at("cipher_specs").sub(suites));
  fields["sessionId"] = readHex(body.at("connection_id"), connectionId);
}

function readKinds(window: Cursor): CodePoint[] {
  return window.all((cursor) => {
    const kind = cursor.u24();
    return kind <= 0xffff ? codePoint("cipher_suites", kind) : codePoint("sslv2_ciphers", kind);
  });
}
