/** Messages of the protocols before TLS, and what is told of a dialogue of them. */
import { preludeOf } from "../../../src/record/prelude/prelude.ts";
import { dialogue, mysqlPacket, rdpPdu } from "../../support/dialogue.ts";

export const MYSQL_SSL_REQUEST = mysqlPacket(1, `\x85\xae\xff\0\0\0\0\x01\x21${"\0".repeat(23)}`);
export const RDP_REQUEST = rdpPdu(0xe0, "\x01\0\x08\0\x03\0\0\0");
export const NBD_GREETING = "NBDMAGICIHAVEOPT\0\x03";
export const NBD_REPLY = "\0\x03\xe8\x89\x04\x55\x65\xa9\0\0\0\x05";
export const RPC_CALL = `\x80\0\0\x28\0\0\0\x01\0\0\0\0\0\0\0\x02\0\x01\x86\xa3\0\0\0\x04\0\0\0\0\0\0\0\x07${"\0".repeat(12)}`;
export const V2 = "\r\n\r\n\0\r\nQUIT\n";

/** What is told of a dialogue, without the units. */
export function told(...lines: readonly string[]): object {
  const { startTls, via, proxyTarget, proxySource, refusal } = preludeOf(dialogue(...lines), 0);
  return JSON.parse(JSON.stringify({ startTls, via, proxyTarget, proxySource, refusal })) as object;
}

/** `C 2 STARTTLS`: the units of a dialogue. */
export function units(...lines: readonly string[]): string[] {
  return preludeOf(dialogue(...lines), 0)
    .units()
    .map(({ from, packet, text }) => `${from === "client" ? "C" : "S"} ${packet} ${text}`);
}
