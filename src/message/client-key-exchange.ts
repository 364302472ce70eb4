/**
 * ClientKeyExchange (RFC 5246 §7.4.7, RFC 8422 §5.7, RFC 4279, RFC 5489, RFC 5054 §2.5.4): the
 * client's public value, the premaster secret under the server's key, or the name of a shared key. Its
 * shape depends on the cipher suite; if that is unknown, only an unambiguous shape is decoded.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { suiteParts } from "../registry/suite.ts";
import type { DecodeContext, DecodedBody } from "./message.ts";
import { isVector16ToEnd, readHexRest, readLength8, readLength16, readText16 } from "./read-values.ts";

const SSL3 = 0x0300;
/** The TLS counterpart of DTLS 1.0, and of the version before it. */
const TLS11 = 0x0302;

/** Reads the fields of {@link ClientKeyExchange}. */
export function decodeClientKeyExchange(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  const suite = suiteParts(context.cipherSuite);
  if (suite === undefined || suite.keyExchange === "TLS13" || suite.keyExchange === "NULL") {
    recognise(body, fields);
    return;
  }
  fields["keyExchange"] = suite.keyExchange;
  switch (suite.keyExchange) {
    case "RSA":
      readEncryptedSecret(body.at("EncryptedPreMasterSecret"), fields, context);
      break;
    case "DH":
    case "DHE":
    case "DH_anon":
    case "SRP":
      readPublic16(body.at("dh_Yc"), fields);
      break;
    case "ECDH":
    case "ECDHE":
    case "ECDH_anon":
      readPublic8(body.at("ecdh_Yc"), fields);
      break;
    case "ECJPAKE":
      fields["publicLength"] = readLength8(body.at("X"));
      body.at("zkp").vector8();
      body.vector8();
      break;
    case "PSK":
      readIdentity(body, fields);
      break;
    case "RSA_PSK":
    case "DHE_PSK":
      readIdentity(body, fields);
      fields["publicLength"] = readLength16(body.at("exchange_keys"));
      break;
    case "ECDHE_PSK":
      readIdentity(body, fields);
      fields["publicLength"] = readLength8(body.at("ecdh_Yc"));
      break;
    default:
      fields["hex"] = readHexRest(body);
  }
}

/** SSL 3.0 has no length before it (RFC 6101 §5.6.7.1), nor has DTLS before its RFC; some peers write one. */
function readEncryptedSecret(body: Cursor, fields: DecodedBody, { version, protocol }: DecodeContext): void {
  const bare = (version === SSL3 || (protocol === "dtls" && version === TLS11)) && !isVector16ToEnd(body, body.position);
  fields["publicLength"] = bare ? body.rest().length : readLength16(body);
}

/** Empty if the client's certificate contains the value (RFC 5246 §7.4.7.2). */
function readPublic16(body: Cursor, fields: DecodedBody): void {
  fields["publicLength"] = body.remaining === 0 ? 0 : readLength16(body);
}

function readPublic8(body: Cursor, fields: DecodedBody): void {
  fields["publicLength"] = body.remaining === 0 ? 0 : readLength8(body);
}

function readIdentity(body: Cursor, fields: DecodedBody): void {
  fields["pskIdentity"] = readText16(body.at("psk_identity"));
}

/** A one-octet length that fits is a curve point; a two-octet one may be RSA, DH, SRP or a PSK, so it is not named. */
function recognise(body: Cursor, fields: DecodedBody): void {
  if (body.remaining > 1 && body.bytes[body.position] === body.remaining - 1) {
    fields["keyExchange"] = "ECDHE";
    fields["publicLength"] = readLength8(body);
  } else if (body.remaining > 2 && isVector16ToEnd(body, body.position)) {
    fields["publicLength"] = readLength16(body);
  } else {
    fields["hex"] = readHexRest(body);
    fields.malformed = "the cipher suite is not known, and no key exchange fits";
  }
}
