/** A plaintext dialogue for the tests: each line is what one packet carried, `C` of the client or `S` of the server, a character for an octet. */
import type { Said } from "../../src/record/prelude/talk.ts";

/** `C: EHLO me\r\n`, `S: 250 ok\r\n`, … as the record room keeps them; packets are numbered from 1. */
export function dialogue(...lines: readonly string[]): Said[] {
  return lines.map((line, index) => ({ side: line.startsWith("C: ") ? 0 : 1, octets: latin1(line.slice(3)), packet: index + 1 }));
}

/** The octets of a text of Latin letters. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

/** A PRELOGIN packet with VERSION and ENCRYPTION (MS-TDS §2.2.6.5), of type 18 or, as an answer, 4. */
export function prelogin(type: number, encryption: number): string {
  const options = "\0\0\x0b\0\x06\x01\0\x11\0\x01\xff\x0f\0\x10\x05\0\0";
  return tdsPacket(type, `${options}${String.fromCharCode(encryption)}`);
}

/** A TDS packet, the last of its message. */
export function tdsPacket(type: number, payload: string): string {
  const length = payload.length + 8;
  return `${String.fromCharCode(type, 1, length >> 8, length & 255, 0, 0, 1, 0)}${payload}`;
}

/** An LDAPMessage with a short protocolOp. */
export function ldapMessage(id: number, tag: number, body: string): string {
  const inner = `\x02\x01${String.fromCharCode(id, tag, body.length)}${body}`;
  return `0${String.fromCharCode(inner.length)}${inner}`;
}

/** MySQL's greeting, with or without CLIENT_SSL. */
export function mysqlGreeting(withTls: boolean): string {
  const capabilities = withTls ? "\xff\xff" : "\xff\xf7";
  return mysqlPacket(
    0,
    `\x0a8.0.36\0\x01\0\0\0abcdefgh\0${capabilities}\x21\x02\0\xff\xc7\x15${"\0".repeat(10)}abcdefghijkl\0mysql_native_password\0`,
  );
}

/** A packet of MySQL. */
export function mysqlPacket(sequence: number, body: string): string {
  return `${String.fromCharCode(body.length & 255, body.length >> 8, 0, sequence)}${body}`;
}

/** A message of PostgreSQL after the startup: a type and a length before its body. */
export function postgresqlMessage(type: string, body: string): string {
  return `${type}${String.fromCharCode(0, 0, 0, body.length + 4)}${body}`;
}

/** PostgreSQL's SSLRequest and GSSENCRequest. */
export const SSL_REQUEST = "\0\0\0\x08\x04\xd2\x16\x2f";
export const GSSENC_REQUEST = "\0\0\0\x08\x04\xd2\x16\x30";

/** RDP's X.224 connection request or confirm, with a negotiation structure. */
export function rdpPdu(type: number, negotiation: string): string {
  const length = 11 + negotiation.length;
  return `\x03\0\0${String.fromCharCode(length, length - 5, type)}\0\0\0\0\0${negotiation}`;
}

/** LDAP's StartTLS. */
export const LDAP_START_TLS = "\x80\x161.3.6.1.4.1.1466.20037";
