/** The client's certificate and the server's refusal of it: what several rules look at. */
import type { TransportEvent } from "../handshake/handshake.ts";
import type { Look, ReadCertificate } from "./look.ts";
import type { View } from "./view.ts";

/** Octets of an encrypted empty Certificate message: header, context, empty list, type, tag; JSSE pads it with 16 more. */
const EMPTY_CERTIFICATE: ReadonlySet<number> = new Set([25, 41]);
/** Octets of the Finished after it: with SHA-256, with SHA-384, and the same with that padding. */
const FINISHED: ReadonlySet<number> = new Set([53, 69, 85]);
/** Octets of one record with both, as BoringSSL sends them. */
const TOGETHER: ReadonlySet<number> = new Set([61, 77]);

/** What GnuTLS answers an empty Certificate message with. */
const DECODE_ERROR = 50;

/** Octets of the record that holds a certificate, at least. */
const LEAST_CERTIFICATE = 200;

/** The server's alert after the client's flight. */
export interface Refusal {
  readonly number: number;
  readonly packet: number;
  readonly words: string;
}

/** The client's Certificate message. */
export function clientCertificate(look: Look): ReadCertificate | undefined {
  return look.certificateOf("client");
}

/** The server refused after the client had sent its certificate, or none. */
export function serverRefused({ failing }: View): Refusal | undefined {
  const { alert } = failing;
  const sent = clientCertificate(failing);
  if (alert?.by !== "server" || sent === undefined || alert.packet < sent.packet) return undefined;
  const isNone = sent.certificates.length === 0 && alert.number === DECODE_ERROR;
  if (!isNone && ![40, 41, 42, 43, 44, 45, 46, 48, 116, -1].includes(alert.number)) return undefined;
  return { number: alert.number, packet: alert.packet, words: `the server sends ${alert.name} after the client's certificate` };
}

/** TLS 1.3: the encrypted record that can be the client's certificate: long, and before its Finished. */
export function certificateRecord(look: Look): TransportEvent | undefined {
  const records = look.records("client").filter(({ packet }) => packet > (look.serverHello?.packet ?? 0));
  const finished = records.findIndex(({ length }) => FINISHED.has(length ?? 0));
  return records.slice(0, Math.max(finished, 0)).find(({ length = 0 }) => length > LEAST_CERTIFICATE);
}

/** TLS 1.3: the encrypted record in which the client sends no certificate. */
export function emptyCertificateRecord(look: Look): TransportEvent | undefined {
  const records = look.records("client").filter(({ packet }) => packet > (look.serverHello?.packet ?? 0));
  if (TOGETHER.has(records[0]?.length ?? 0)) return records[0];
  const at = records.findIndex(({ length }) => EMPTY_CERTIFICATE.has(length ?? 0));
  return at >= 0 && FINISHED.has(records[at + 1]?.length ?? 0) ? records[at] : undefined;
}
