/** Dialogues before TLS: STARTTLS, proxies, TDS and the rest, whoever is the client; what is told is printable and bounded. */
import type { Said } from "../../../src/record/prelude/talk.ts";
import {
  dialogue,
  GSSENC_REQUEST,
  LDAP_START_TLS,
  ldapMessage,
  mysqlGreeting,
  mysqlPacket,
  postgresqlMessage,
  prelogin,
  rdpPdu,
  SSL_REQUEST,
} from "../../support/dialogue.ts";
import type { Target } from "../contract.ts";
import { Input, inPieces } from "../input.ts";
import { tellPrelude } from "./tls.ts";

const V2 = "\r\n\r\n\0\r\nQUIT\n";

const DIALOGUES: readonly string[][] = [
  ["S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250-SIZE\r\n250 STARTTLS\r\n", "C: STARTTLS\r\n", "S: 220 go\r\n"],
  ["S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250 SIZE\r\n", "C: AUTH PLAIN AGEAYg==\r\n", "S: 535 no\r\n", "C: QUIT\r\n"],
  ["S: 220 mail LMTP\r\n", "C: LHLO me\r\n", "S: 250 STARTTLS\r\n", "C: STARTTLS\r\n", "S: 454 no\r\n"],
  ["S: * OK ready\r\n", "C: a1 LOGIN a b\r\n", "C: a2 STARTTLS\r\n", "S: a2 OK begin\r\n"],
  ["S: +OK ready\r\n", "C: CAPA\r\n", "S: +OK\r\nSTLS\r\n.\r\n", "C: STLS\r\n", "S: -ERR\r\n", "C: PASS x\r\n"],
  ["S: 220 ftp\r\n", "C: AUTH TLS\r\n", "S: 504 no\r\n", "C: AUTH SSL\r\n", "S: 334 go\r\n"],
  ["S: 200 news\r\n", "C: STARTTLS\r\n", "S: 382 go\r\n"],
  ['S: "IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK\r\n', "C: STARTTLS\r\n", "S: OK\r\n"],
  ["C: STARTTLS\r\n", "S: :irc.example 670 * :go\r\n"],
  ["C: <stream:stream to='x'>", "S: <stream:features/>", "C: <starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "S: <failure/>"],
  [`C: ${ldapMessage(1, 0x77, LDAP_START_TLS)}`, `S: ${ldapMessage(1, 0x78, "\x0a\x01\x02\x04\0\x04\0")}`],
  [`C: ${GSSENC_REQUEST}`, "S: N", `C: ${SSL_REQUEST}`, "S: S"],
  [`C: ${SSL_REQUEST}`, "S: N", `S: ${postgresqlMessage("E", "SFATAL\0C28000\0Mno\0\0")}`],
  [`S: ${mysqlGreeting(true)}`, `C: ${mysqlPacket(1, `\x85\xae\xff\0\0\0\0\x01\x21${"\0".repeat(23)}`)}`],
  [`S: ${mysqlPacket(0, "\xff\x69\x04Host blocked")}`],
  [`C: ${prelogin(18, 1)}`, `S: ${prelogin(4, 2)}`],
  [`C: ${rdpPdu(0xe0, "\x01\0\x08\0\x03\0\0\0")}`, `S: ${rdpPdu(0xd0, "\x03\0\x08\0\x05\0\0\0")}`],
  ["S: \xff\xfd\x2e", "C: \xff\xfb\x2e", "S: \xff\xfa\x2e\x01\xff\xf0", "C: \xff\xfa\x2e\x01\xff\xf0"],
  ["C: AMQP\x02\x01\0\0", "S: AMQP\x02\x01\0\0"],
  [`C: CNXN${"\0".repeat(20)}`, `S: STLS${"\0".repeat(20)}`, `C: STLS${"\0".repeat(20)}`],
  ['S: INFO {"version":"2.10.1","tls_required":true}\r\n'],
  ["S: RFB 003.008\n", "C: RFB 003.008\n", "S: \x01\x13", "C: \x13"],
  ["S: NBDMAGICIHAVEOPT\0\x03", "C: \0\0\0\x03IHAVEOPT\0\0\0\x05\0\0\0\0", "S: \0\x03\xe8\x89\x04\x55\x65\xa9\0\0\0\x05\0\0\0\x01\0\0\0\0"],
  [`C: \x80\0\0\x28\0\0\0\x01\0\0\0\0\0\0\0\x02\0\x01\x86\xa3\0\0\0\x04\0\0\0\0\0\0\0\x07${"\0".repeat(12)}`],
  ["C: CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic eA==\r\n\r\n", "S: HTTP/1.1 407 no\r\nVia: x\r\n\r\n"],
  ["C: GET / HTTP/1.1\r\nUpgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n", "S: HTTP/1.1 101 x\r\n\r\n"],
  ["C: PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n"],
  [`C: ${V2}\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x1f\x90\x01\xbb`],
  ["C: \x04\x01\x01\xbb\0\0\0\x01user\0a.example\0", "S: \0\x5b\0\0\0\0\0\0"],
  [
    "C: \x05\x02\0\x02",
    "S: \x05\x02",
    "C: \x01\x01u\x01p",
    "S: \x01\0",
    "C: \x05\x01\0\x03\x09a.example\x01\xbb",
    "S: \x05\0\0\x01\0\0\0\0\0\0",
  ],
];

export const prelude: Target = {
  name: "prelude",
  longest: 1_500,
  bound: (length) => 500 * length + 20_000,
  seeds: () => DIALOGUES.map((lines) => inPieces(dialogue(...lines).map(({ side, octets }) => Uint8Array.from([side, ...octets])))),
  run(octets) {
    const said = new Input(octets)
      .pieces(40)
      .map((piece, index): Said => ({ side: ((piece[0] ?? 0) & 1) as 0 | 1, octets: piece.slice(1), packet: index + 1 }))
      .filter((one) => one.octets.length > 0);
    for (const client of [0, 1] as const) tellPrelude(said, client);
  },
};
