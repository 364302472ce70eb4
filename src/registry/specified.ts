/**
 * Numbers that specifications fix without an IANA registry: protocol versions and their drafts,
 * alert levels, fragment lengths, QUIC versions. Written by hand; the generated tables hold the rest.
 */
import type { Table } from "./table.ts";

/** `ProtocolVersion` of TLS and DTLS (RFC 9846 §4.2.1, RFC 9147 §5.3), with the drafts and experiments that were deployed. */
export const versions: Table = {
  octets: 2,
  assigned: `
0002|SSL 2.0
0300|SSL 3.0
0301|TLS 1.0
0302|TLS 1.1
0303|TLS 1.2
0304|TLS 1.3
fefc|DTLS 1.3
fefd|DTLS 1.2
feff|DTLS 1.0
`,
  seen: `
0100|DTLS 1.0 (OpenSSL before 0.9.8f)
0101|TLCP 1.1
7e01|TLS 1.3 (Chrome experiment 1)
7e02|TLS 1.3 (Chrome experiment 2)
${drafts("7f", 14, 28, "TLS 1.3 (draft #)")}
fb17|TLS 1.3 (Facebook draft 23)
fb1a|TLS 1.3 (Facebook draft 26)
`,
};

/** `AlertLevel` (RFC 5246 §7.2). */
export const alertLevels: Table = { octets: 1, assigned: "01|warning\n02|fatal", seen: "" };

/** `MaxFragmentLength` (RFC 6066 §4): powers of two, in octets. */
export const maxFragmentLengths: Table = { octets: 1, assigned: "01|2^9\n02|2^10\n03|2^11\n04|2^12", seen: "" };

/** QUIC versions (RFC 9000 §15, RFC 9369). IANA assigns them without names; the ranges are those that implementations have reserved. */
export const quicVersions: Table = {
  octets: 4,
  assigned: `
00000000|version negotiation
00000001|QUIC 1
51303433|Google QUIC Q043
51303436|Google QUIC Q046
51303530|Google QUIC Q050
6b3343cf|QUIC 2
6f7dc0fd|SCONE
709a50c4|QUIC 2 (draft)
ef7dc0fd|SCONE
`,
  seen: `
45474700-454747ff|Quant
50435130-50435131|Picoquic
50524f58|Proxied QUIC
51303434|Google QUIC Q044
51303939|Google QUIC Q099
51303031-51303939|Google QUIC
51474f00-51474fff|quic-go
54303530|Google QUIC T050
54303531|Google QUIC T051
54303939|Google QUIC T099
54303438-54303939|Google QUIC
91c17000-91c170ff|Quicly
abcd0000-abcd000f|MsQuic
f123f0c0-f123f0cf|MozQuic
faceb001|mvfst (draft 22)
faceb002|mvfst (draft 27)
faceb000-faceb0ff|mvfst
facefeed|mvfst
${drafts("ff0000", 4, 34, "QUIC 1 (draft #)")}
ff020000|QUIC 2 (draft 00)
`,
};

/** Lines for the drafts `low` to `high`, whose number is the last octet. */
function drafts(prefix: string, low: number, high: number, name: string): string {
  const numbers = Array.from({ length: high - low + 1 }, (_, at) => low + at);
  return numbers.map((draft) => `${prefix}${draft.toString(16).padStart(2, "0")}|${name.replace("#", String(draft))}`).join("\n");
}
