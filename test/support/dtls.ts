/** DTLS datagrams as octets, for the tests of the record room. */
import { join } from "./records.ts";

/** A handshake message before it is cut into fragments. */
export interface DtlsMessageSpec {
  readonly type: number;
  readonly sequence: number;
  readonly body: Uint8Array;
}

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const u24 = (value: number): number[] => [(value >> 16) & 255, ...u16(value)];

/** A record with the plaintext header (RFC 6347 §4.1). */
export function dtlsRecord(
  type: number,
  body: Uint8Array | readonly number[],
  { version = 0xfefd, epoch = 0, sequence = 0 } = {},
): Uint8Array {
  return join([type, ...u16(version), ...u16(epoch), 0, 0, 0, ...u24(sequence), ...u16(body.length)], body);
}

/** The octets `[start, end)` of a message's body behind the header of a fragment (RFC 9147 §5.2). */
export function fragment({ type, sequence, body }: DtlsMessageSpec, start = 0, end = body.length): Uint8Array {
  return join([type, ...u24(body.length), ...u16(sequence), ...u24(start), ...u24(end - start)], body.subarray(start, end));
}

/** The body of a DTLS hello as far as records look at it: version, random, then filling. */
export function dtlsHello(random: number, length = 60): Uint8Array {
  const body = new Uint8Array(length).fill(7);
  body.set([0xfe, 0xfd]);
  body.fill(random, 2, 34);
  return body;
}
