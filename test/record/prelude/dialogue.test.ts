import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preludeOf } from "../../../src/record/prelude/prelude.ts";
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
  tdsPacket,
} from "../../support/dialogue.ts";
import { MYSQL_SSL_REQUEST, RDP_REQUEST, NBD_GREETING, RPC_CALL, V2, units } from "./dialogues.ts";

describe("a dialogue", () => {
  it("is told in its order, with the packets in which lines were complete", () => {
    expect(units("S: 220 mail", "S:  ESMTP\r\n", "C: EHLO me\r\nSTART", "S: 250-a\r\n250 b\r\n", "C: TLS\r\n", "S: 220 go\r\n")).toEqual([
      "S 2 220 mail ESMTP",
      "C 3 EHLO me",
      "S 4 250-a",
      "S 4 250 b",
      "C 5 STARTTLS",
      "S 6 220 go",
    ]);
  });

  it("is safe to print and bounded", () => {
    const long = units(
      `S: 220 \x1b[31m${"x".repeat(500)} ESMTP\r\n`,
      "C: EHLO me\r\nSTARTTLS\r\n",
      `S: ${"250-a\r\n".repeat(200)}220 go\r\n`,
    );
    expect(long).toHaveLength(48);
    expect(long[0]).toMatch(/^S 1 220 \\x1b\[31mx{200,240}\.\.\.$/);
  });

  it("ends soon after a refusal", () => {
    const mail = ["C: MAIL FROM:<a@b>\r\n", "S: 250 ok\r\n", "C: DATA\r\n", "S: 354 go\r\n", "C: Dear Sir,\r\n", "S: 250 queued\r\n"];
    expect(units("C: EHLO me\r\nSTARTTLS\r\n", "S: 250 a\r\n", "S: 454 no\r\n", ...mail).slice(4)).toEqual([
      "C 4 MAIL [redacted]",
      "S 5 250 ok",
      "C 6 DATA",
      "S 7 354 go",
    ]);
  });

  it.each<[string, string, ...string[]]>([
    ["PostgreSQL", "C 1 GSSENCRequest, S 2 N, C 3 SSLRequest, S 4 S", `C: ${GSSENC_REQUEST}`, "S: N", `C: ${SSL_REQUEST}`, "S: S"],
    [
      "MySQL",
      "S 1 Handshake protocol 10, server 8.0.36, with CLIENT_SSL, C 2 SSLRequest",
      `S: ${mysqlGreeting(true)}`,
      `C: ${MYSQL_SSL_REQUEST}`,
    ],
    [
      "TDS",
      "C 1 PRELOGIN version 15.0.4101, ENCRYPTION ENCRYPT_OFF, S 2 PRELOGIN version 15.0.4101, ENCRYPTION ENCRYPT_REQ",
      `C: ${prelogin(18, 0)}`,
      `S: ${prelogin(4, 3)}`,
    ],
    [
      "RDP",
      "C 1 Connection Request, RDP_NEG_REQ PROTOCOL_SSL, PROTOCOL_HYBRID, S 2 Connection Confirm, RDP_NEG_RSP PROTOCOL_SSL",
      `C: ${RDP_REQUEST}`,
      `S: ${rdpPdu(0xd0, "\x02\0\x08\0\x01\0\0\0")}`,
    ],
    [
      "Telnet",
      "S 1 DO START_TLS, C 2 WILL START_TLS, S 3 SB START_TLS FOLLOWS, C 4 [6 octets]",
      "S: \xff\xfd\x2e",
      "C: \xff\xfb\x2e",
      "S: \xff\xfa\x2e\x01\xff\xf0",
      "C: secret",
    ],
    [
      "LDAP",
      "C 1 ExtendedRequest 1.3.6.1.4.1.1466.20037 (StartTLS), S 2 ExtendedResponse resultCode 0 (success)",
      `C: ${ldapMessage(1, 0x77, LDAP_START_TLS)}`,
      `S: ${ldapMessage(1, 0x78, "\x0a\x01\0\x04\0\x04\0")}`,
    ],
    [
      "VNC",
      "S 1 RFB 003.008, C 2 RFB 003.008, S 3 [2 octets], C 4 security type 19 (VeNCrypt)",
      "S: RFB 003.008\n",
      "C: RFB 003.008\n",
      "S: \x01\x13",
      "C: \x13",
    ],
    [
      "NATS",
      "S 1 INFO 2.10.1 auth_required true tls_required true",
      'S: INFO {"version":"2.10.1","auth_required":true,"nonce":"x","tls_required":true}\r\n',
    ],
    ["a stranger", "C 1 [3 octets], S 2 [2 octets]", "C: \x01\x02\x03", "S: \xff\xfe"],
    ["a stranger with words", "S 1 [20 octets]", "S: Hello there\r\nsecret!"],
    ["a server that is known by its greeting", "S 1 SSH-2.0-x, S 1 [8 octets]", "S: SSH-2.0-x\r\nsecret!"],
  ])("of %s is told in words", (_, wanted, ...lines) => {
    expect(units(...lines).join(", ")).toBe(wanted);
  });
});

describe("any dialogue", () => {
  const words = fc.constantFrom(
    "EHLO me\r\n",
    "STARTTLS\r\n",
    "220 x ESMTP\r\n",
    "* OK x\r\n",
    "a STARTTLS\r\n",
    "AUTH PLAIN ",
    "+OK\r\n",
    "STLS\r\n",
    "\xff\xfd\x2e",
    "<stream:stream>",
    "<starttls/>",
    "<failure><a>",
    "CONNECT a:1 HTTP/1.1\r\n\r\n",
    "HTTP/1.1 407 no\r\n",
    "\x05\x01\0",
    "\x05\x02",
    "\x04\x01",
    "PROXY TCP4 1 2 3 4\r\n",
    V2,
    SSL_REQUEST,
    "N",
    "E\0\0\0",
    mysqlGreeting(true),
    prelogin(18, 0),
    prelogin(4, 2),
    RDP_REQUEST,
    "0\x84",
    NBD_GREETING,
    ldapMessage(1, 0x77, LDAP_START_TLS),
    RPC_CALL,
    "AMQP\x02",
    "RFB 003.008\n",
    "CNXN",
    "INFO {",
    '"SASL" "x"\r\n',
  );
  const octets = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 12 }).map((list) => String.fromCharCode(...list));
  const piece = fc
    .tuple(fc.constantFrom("C: ", "S: "), fc.array(fc.oneof(words, octets), { maxLength: 4 }))
    .map(([who, parts]) => who + parts.join(""));

  it("gives safe and bounded units in the order of its packets, and never throws", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (lines) => {
        const { via, proxyTarget = "", proxySource = "", refusal, units: tell } = preludeOf(dialogue(...lines), 0);
        const list = tell();
        expect(list.length).toBeLessThanOrEqual(48);
        expect((via ?? "").split(", ").length).toBeLessThanOrEqual(4);
        for (const text of [...list.map((unit) => unit.text), refusal?.text ?? "", proxyTarget, proxySource])
          expect(text).toMatch(/^[ -~]{0,300}$/);
        const packets = list.map((unit) => unit.packet);
        expect(packets).toEqual(packets.toSorted((a, b) => a - b));
        for (const packet of packets) expect(lines[packet - 1]).toBeDefined();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("what is secret in a dialogue", () => {
  const ehlo = ["S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250 STARTTLS\r\n"];
  const B64 = "AGFsaWNlAHNlY3JldA==";
  const simple = ldapMessage(2, 0x60, "\x02\x01\x03\x04\x05cn=me\x80\x06secret");
  const startup = "\0\0\0\x19\0\x03\0\0user\0alice\0secret\0\0";
  it.each<[string, ...string[]]>([
    ["SMTP AUTH PLAIN", ...ehlo, `C: AUTH PLAIN ${B64}\r\n`],
    ["SMTP AUTH with a blob alone", ...ehlo, `C: AUTH ${B64}\r\n`],
    [
      "SMTP AUTH LOGIN",
      ...ehlo,
      "C: AUTH LOGIN\r\n",
      `S: 334 ${B64}\r\n`,
      "C: c2VjcmV0\r\n",
      "S: 334 UGFzc3dvcmQ6\r\n",
      "C: secret\r\n",
      "S: 235 ok\r\n",
    ],
    ["SMTP AUTH in pieces", ...ehlo, "C: AUTH PLA", `C: IN ${B64.slice(0, 5)}`, `C: ${B64.slice(5)}\r\n`],
    ["SMTP AUTH whose words look like commands", ...ehlo, "C: AUTH LOGIN\r\n", "S: 334 x\r\n", "C: QUIT secret\r\n"],
    ["SMTP CRAM-MD5", ...ehlo, "C: AUTH CRAM-MD5\r\n", `S: 334 ${B64}\r\n`, `C: ${B64}\r\n`],
    ["SMTP addresses and text", ...ehlo, "C: MAIL FROM:<secret@x>\r\nRCPT TO:<secret@y>\r\nDATA\r\nsecret\r\n"],
    ["LMTP", "C: LHLO me\r\n", "S: 250 x\r\n", `C: auth plain ${B64}\r\n`],
    ["IMAP LOGIN", "S: * OK x\r\n", "C: a LOGIN alice secret\r\n"],
    ["IMAP LOGIN with literals", "S: * OK x\r\n", "C: a LOGIN {5}\r\n", "S: + go\r\n", "C: alice {6}\r\n", "S: + go\r\n", "C: secret\r\n"],
    ["IMAP AUTHENTICATE", "S: * OK x\r\n", "C: a AUTHENTICATE PLAIN\r\n", "S: +\r\n", `C: ${B64}\r\n`],
    ["IMAP AUTHENTICATE at once", "S: * OK x\r\n", `C: a authenticate plain ${B64}\r\n`],
    ["POP3 PASS", "S: +OK x\r\n", "C: USER alice\r\n", "S: +OK\r\n", "C: PASS secret\r\n"],
    ["POP3 APOP", "S: +OK <1@x>\r\n", `C: APOP alice ${B64}\r\n`],
    ["POP3 AUTH", "S: +OK x\r\n", "C: AUTH PLAIN\r\n", "S: + \r\n", `C: ${B64}\r\n`],
    ["FTP PASS", "S: 220 FTP\r\n", "C: USER alice\r\nPASS secret\r\nACCT secret\r\n"],
    ["NNTP AUTHINFO", "S: 200 news\r\n", "C: MODE READER\r\n", "S: 200 ok\r\n", "C: AUTHINFO USER alice\r\nAUTHINFO PASS secret\r\n"],
    ["IRC", "C: PASS secret\r\nNICK alice\r\nOPER alice secret\r\nPRIVMSG NickServ :IDENTIFY secret\r\n", "S: :irc 001 alice :hi\r\n"],
    ["IRC SASL", "C: CAP REQ :sasl\r\nAUTHENTICATE PLAIN\r\n", "S: AUTHENTICATE +\r\n", `C: AUTHENTICATE ${B64}\r\n`],
    ["ManageSieve", 'S: "IMPLEMENTATION" "x"\r\nOK\r\n', `C: AUTHENTICATE "PLAIN" "${B64}"\r\n`],
    [
      "ManageSieve with a challenge",
      'S: "IMPLEMENTATION" "x"\r\nOK\r\n',
      'C: AUTHENTICATE "SCRAM-SHA-1"\r\n',
      `S: "${B64}"\r\n`,
      `C: "${B64}"\r\n`,
    ],
    [
      "XMPP SASL",
      "C: <stream:stream><auth xmlns='x' mechanism='PLAIN'>AGFsaWNlAHNlY3JldA==</auth><response>secret</response>",
      "S: <challenge>secret</challenge>",
    ],
    [
      "XMPP without SASL",
      "C: <stream:stream><iq><query><username>a</username><password>secret</password></query></iq>",
      "S: <stream:stream id='secret'>",
    ],
    ["LDAP", `C: ${ldapMessage(1, 0x77, LDAP_START_TLS)}${simple}`, `S: ${ldapMessage(1, 0x78, "\x0a\x01\x34\x04\0\x04\0")}`],
    ["LDAP, cut", `C: ${simple.slice(0, -2)}`, "S: 0"],
    ["PostgreSQL", `C: ${SSL_REQUEST}`, "S: N", `C: ${startup}`, "S: R\0\0\0\x08\0\0\0\x03", `C: ${postgresqlMessage("p", "secret\0")}`],
    ["MySQL", `S: ${mysqlGreeting(false)}`, `C: ${mysqlPacket(1, `\x85\xa6\xff\0${"\0".repeat(28)}alice\0\x06secret`)}`],
    ["MySQL after its SSLRequest", `S: ${mysqlGreeting(true)}`, `C: ${MYSQL_SSL_REQUEST}`, "C: secret"],
    ["TDS", `C: ${prelogin(18, 0)}`, `S: ${prelogin(4, 2)}`, `C: ${tdsPacket(16, "s\0e\0c\0r\0e\0t\0 secret")}`],
    ["Telnet", "S: \xff\xfd\x2e", "C: \xff\xfc\x2e", "S: login: ", "C: secret\r\n"],
    ["AMQP", "C: AMQP\x02\x01\0\0", "S: AMQP\x03\x01\0\0", "C: \0\0\0\x20secret"],
    ["NATS", 'S: INFO {"version":"2","nonce":"secret"}\r\n', 'C: CONNECT {"user":"a","pass":"secret"}\r\n'],
    ["ADB", `C: CNXN${"\0".repeat(8)}\x06${"\0".repeat(11)}secret`, `S: STLS${"\0".repeat(20)}`],
    [
      "a proxy's credentials",
      "C: CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: Basic c2VjcmV0\r\nCookie: secret\r\nX-Key: secret\r\n\r\n",
      "S: HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate secret\r\nSet-Cookie: secret\r\n\r\nsecret",
    ],
    ["a folded field", "C: CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: Basic\r\n secret\r\n\r\n", "S: HTTP/1.1 200 OK\r\n\r\n"],
    [
      "HTTP",
      "C: GET http://me:secret@a.test/?key=secret HTTP/1.1\r\nAuthorization: Bearer secret\r\n\r\nsecret",
      "S: HTTP/1.1 400 No\r\n\r\n",
    ],
    ["SOCKS5", "C: \x05\x01\x02", "S: \x05\x02", "C: \x01\x05alice\x06secret", "S: \x01\x01"],
    ["SOCKS5 with GSSAPI", "C: \x05\x01\x01", "S: \x05\x01", "C: \x01\x01\0\x06secret", "S: \x01\x01\0\x06secret"],
    ["a stranger", "C: login alice secret\r\n", "S: ok\r\n"],
    ["a proxy's user", "C: CONNECT me:secret@a.test:443 HTTP/1.1\r\n\r\n", "S: HTTP/1.1 200 OK\r\n\r\n"],
    [
      "a login whose sides a late capture mixes up",
      "C: 220 mail ESMTP\r\n250 EHLO\r\n",
      `S: EHLO me\r\nAUTH PLAIN ${B64}\r\n`,
      "C: 235 ok\r\n",
    ],
    [
      "the same, in two steps",
      "C: +OK x\r\n",
      "S: CAPA\r\nUSER alice\r\nPASS secret\r\nAUTH LOGIN\r\n",
      "C: +\r\n",
      "S: c2VjcmV0\r\nsecret\r\n",
    ],
    ["a blob without what came before", "S: +OK\r\n", "C: c2VjcmV0c2VjcmV0\r\n", "S: c2VjcmV0c2VjcmV0\r\n"],
  ])("is not told: %s", (_, ...lines) => {
    const said = units(...lines).join("\n");
    expect(said).not.toBe("");
    expect(said).not.toMatch(/secret|c2VjcmV0|AGFsaWNl|lAHNl/i);
  });
});
