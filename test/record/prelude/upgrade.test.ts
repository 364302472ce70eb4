import { describe, expect, it } from "vitest";
import {
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
import { MYSQL_SSL_REQUEST, RDP_REQUEST, NBD_GREETING, NBD_REPLY, RPC_CALL, told } from "./dialogues.ts";

describe("a protocol that goes over to TLS", () => {
  it.each<[string, ...string[]]>([
    ["smtp", "S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250 STARTTLS\r\n", "C: STARTTLS\r\n", "S: 220 go\r\n"],
    ["lmtp", "S: 220 mail LMTP\r\n", "C: LHLO me\r\n", "S: 250 STARTTLS\r\n", "C: STARTTLS\r\n", "S: 220 go\r\n"],
    ["imap", "S: * OK ready\r\n", "C: a1 STARTTLS\r\n", "S: a1 OK begin\r\n"],
    ["pop3", "S: +OK ready\r\n", "C: STLS\r\n", "S: +OK begin\r\n"],
    ["ftp", "S: 220 ftp\r\n", "C: AUTH TLS\r\n", "S: 234 go\r\n"],
    ["ftp", "S: 220 ftp\r\n", "C: AUTH TLS\r\n", "S: 504 no\r\n", "C: AUTH SSL\r\n", "S: 334 go\r\n"],
    ["nntp", "S: 200 news\r\n", "C: STARTTLS\r\n", "S: 382 go\r\n"],
    ["sieve", 'S: "IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK\r\n', "C: STARTTLS\r\n", "S: OK\r\n"],
    ["irc", "C: STARTTLS\r\n", "S: :irc.example 670 * :go\r\n"],
    ["xmpp", "C: <starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "S: <proceed/>"],
    ["ldap", `C: ${ldapMessage(1, 0x77, LDAP_START_TLS)}`, `S: ${ldapMessage(1, 0x78, "\x0a\x01\0\x04\0\x04\0")}`],
    ["postgresql", `C: ${SSL_REQUEST}`, "S: S"],
    ["postgresql", `C: ${GSSENC_REQUEST}`, "S: N", `C: ${SSL_REQUEST}`, "S: S"],
    ["mysql", `S: ${mysqlGreeting(true)}`, `C: ${MYSQL_SSL_REQUEST}`],
    ["tds", `C: ${prelogin(18, 1)}`, `S: ${prelogin(4, 1)}`],
    ["rdp", `C: ${RDP_REQUEST}`, `S: ${rdpPdu(0xd0, "\x02\0\x08\0\x01\0\0\0")}`],
    ["telnet", "S: \xff\xfd\x2e", "C: \xff\xfb\x2e", "S: \xff\xfa\x2e\x01\xff\xf0", "C: \xff\xfa\x2e\x01\xff\xf0"],
    ["amqp", "C: AMQP\x02\x01\0\0", "S: AMQP\x02\x01\0\0"],
    ["adb", `C: CNXN${"\0".repeat(20)}`, `S: STLS${"\0".repeat(20)}`, `C: STLS${"\0".repeat(20)}`],
    ["nats", 'S: INFO {"version":"2.10.1","tls_required":true}\r\n'],
    ["vnc", "S: RFB 003.008\n", "C: RFB 003.008\n", "S: \x01\x13", "C: \x13"],
    ["nbd", `S: ${NBD_GREETING}`, "C: \0\0\0\x03IHAVEOPT\0\0\0\x05\0\0\0\0", `S: ${NBD_REPLY}\0\0\0\x01\0\0\0\0`],
    ["rpc", `C: ${RPC_CALL}`, "S: \x80\0\0\x20\0\0\0\x01\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x08STARTTLS\0\0\0\0"],
    [
      "http",
      "C: OPTIONS * HTTP/1.1\r\nHost: x\r\nUpgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n",
      "S: HTTP/1.1 101 Switching Protocols\r\n\r\n",
    ],
  ])("is %s by its words", (name, ...lines) => {
    expect(told(...lines)).toEqual({ startTls: name });
  });

  it.each<[string, ...string[]]>([
    ["smtp", "S: 220 mail ESMTP\r\n", "S: 250-mail\r\n250 STARTTLS\r\n", "S: 220 go\r\n"],
    ["imap", "S: * OK ready\r\n", "S: a OK begin\r\n"],
    ["pop3", "S: +OK ready\r\n", "S: +OK begin\r\n"],
    ["nntp", "S: 200 news\r\n", "S: 382 go\r\n"],
    ["irc", "S: :irc.example NOTICE * :hello\r\n", "S: :irc.example 670 * :go\r\n"],
    ["xmpp", "S: <stream:stream>", "S: <proceed/>"],
  ])("is %s by the server's words alone, where the client's were not captured", (name, ...lines) => {
    expect(told(...lines)).toEqual({ startTls: name });
  });

  it.each<[string, ...string[]]>([
    ["nothing at all"],
    ["HTTP", "C: GET / HTTP/1.1\r\n\r\n", "S: HTTP/1.1 200 OK\r\n\r\n"],
    [
      "mail without a word of TLS",
      "S: 220 mail ESMTP\r\n",
      "C: EHLO me\r\n",
      "S: 250 STARTTLS\r\n",
      "C: MAIL FROM:<a@b>\r\n",
      "S: 250 ok\r\n",
    ],
    ["a greeting before a hello", "S: 220 mail ESMTP Postfix\r\n"],
    ["a greeting of IMAP", "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"],
    ["a greeting of POP3", "S: +OK ready\r\n"],
    ["a database without encryption", `C: ${prelogin(18, 2)}`, `S: ${prelogin(4, 2)}`],
    ["a remote procedure call whose first octets look like SOCKS", "C: \x05\0\x0b\x03\x10\0\0\0", "S: \x05\0\x0c\x03\x10\0\0\0"],
    ["octets", "C: \x01\x02\x03", "S: \xff\xfe"],
  ])("is not %s", (_, ...lines) => {
    expect(told(...lines)).toEqual({});
  });
});

describe("a refusal", () => {
  const REFUSED = "starttls-refused";
  const ehlo = ["S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250 ok\r\n", "C: STARTTLS\r\n"];
  it.each<[string, string, number, ...string[]]>([
    ["smtp", "454 TLS not available", 5, ...ehlo, "S: 454 TLS not available\r\n", "C: QUIT\r\n", "S: 221 bye\r\n"],
    ["smtp", "502 5.5.1 unknown", 5, ...ehlo, "S: 502 5.5.1 unknown\r\n"],
    ["lmtp", "454 no", 3, "C: LHLO me\r\nSTARTTLS\r\n", "S: 250 ok\r\n", "S: 454 no\r\n"],
    ["imap", "a NO not here", 3, "S: * OK x\r\n", "C: a STARTTLS\r\n", "S: a NO not here\r\n"],
    ["imap", "a BAD what?", 3, "S: * OK x\r\n", "C: a STARTTLS\r\n", "S: a BAD what?\r\n"],
    ["pop3", "-ERR no", 3, "S: +OK x\r\n", "C: STLS\r\n", "S: -ERR no\r\n"],
    ["ftp", "534 no TLS", 3, "S: 220 x\r\n", "C: AUTH TLS\r\n", "S: 534 no TLS\r\n"],
    ["nntp", "580 Can not", 3, "S: 200 x\r\n", "C: STARTTLS\r\n", "S: 580 Can not\r\n"],
    ["irc", ":irc 691 me :failed", 2, "C: STARTTLS\r\n", "S: :irc 691 me :failed\r\n"],
    ["irc", ":irc 421 * STARTTLS :Unknown command", 2, "C: STARTTLS\r\n", "S: :irc 421 * STARTTLS :Unknown command\r\n"],
    ["sieve", 'NO "no TLS"', 3, 'S: "IMPLEMENTATION" "x"\r\nOK\r\n', "C: STARTTLS\r\n", 'S: NO "no TLS"\r\n'],
    [
      "xmpp",
      "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
      2,
      "C: <starttls/>",
      "S: <failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
    ],
    [
      "ldap",
      "resultCode 52 (unavailable): no certificate",
      2,
      `C: ${ldapMessage(1, 0x77, LDAP_START_TLS)}`,
      `S: ${ldapMessage(1, 0x78, "\x0a\x01\x34\x04\0\x04\x0eno certificate")}`,
    ],
    ["postgresql", "N", 2, `C: ${SSL_REQUEST}`, "S: N"],
    ["postgresql", "N", 4, `C: ${GSSENC_REQUEST}`, "S: N", `C: ${SSL_REQUEST}`, "S: N"],
    [
      "postgresql",
      "ErrorResponse: FATAL 0A000 unsupported frontend protocol",
      2,
      `C: ${SSL_REQUEST}`,
      `S: ${postgresqlMessage("E", "SFATAL\0C0A000\0Munsupported frontend protocol\0\0")}`,
    ],
    ["mysql", "ERR 1130: Host is not allowed", 1, `S: ${mysqlPacket(0, "\xff\x6a\x04Host is not allowed")}`],
    ["tds", "ENCRYPTION ENCRYPT_NOT_SUP", 2, `C: ${prelogin(18, 1)}`, `S: ${prelogin(4, 2)}`],
    [
      "rdp",
      "Connection Confirm, RDP_NEG_FAILURE SSL_NOT_ALLOWED_BY_SERVER (2)",
      2,
      `C: ${RDP_REQUEST}`,
      `S: ${rdpPdu(0xd0, "\x03\0\x08\0\x02\0\0\0")}`,
    ],
    ["amqp", "AMQP header, protocol 3 (SASL), version 1.0.0", 2, "C: AMQP\x02\x01\0\0", "S: AMQP\x03\x01\0\0"],
    [
      "nbd",
      "NBD_REP 0x80000001",
      3,
      `S: ${NBD_GREETING}`,
      "C: \0\0\0\x03IHAVEOPT\0\0\0\x05\0\0\0\0",
      `S: ${NBD_REPLY}\x80\0\0\x01\0\0\0\0`,
    ],
    [
      "http",
      "HTTP/1.1 501 Not Implemented",
      2,
      "C: OPTIONS * HTTP/1.1\r\nUpgrade: TLS/1.0\r\n\r\n",
      "S: HTTP/1.1 501 Not Implemented\r\n\r\n",
    ],
  ])("of %s is told: %s", (name, text, packet, ...lines) => {
    expect(told(...lines)).toEqual({ startTls: name, refusal: { kind: REFUSED, text, packet } });
  });

  it("of Telnet has a side", () => {
    expect(told("S: \xff\xfd\x2e", "C: \xff\xfc\x2e")).toEqual({
      startTls: "telnet",
      refusal: { kind: REFUSED, text: "WONT START_TLS", packet: 2, by: "client" },
    });
  });

  it("is the client's where it cannot what the server demands", () => {
    expect(told(`C: ${prelogin(18, 2)}`, `S: ${prelogin(4, 3)}`)).toEqual({
      startTls: "tds",
      refusal: { kind: REFUSED, text: "ENCRYPTION ENCRYPT_NOT_SUP", packet: 1, by: "client" },
    });
  });

  it.each<[string, string, number, ...string[]]>([
    ["smtp", "250-mail 250 HELP", 3, "S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250-mail\r\n250 HELP\r\n", "C: QUIT\r\n"],
    ["lmtp", "250 mail", 2, "C: LHLO me\r\n", "S: 250 mail\r\n"],
    [
      "imap",
      "* CAPABILITY IMAP4rev1",
      3,
      "S: * OK x\r\n",
      "C: a CAPABILITY\r\n",
      "S: * CAPABILITY IMAP4rev1\r\na OK\r\n",
      "C: b LOGOUT\r\n",
    ],
    ["pop3", "+OK USER UIDL .", 3, "S: +OK x\r\n", "C: CAPA\r\n", "S: +OK\r\nUSER\r\nUIDL\r\n.\r\n"],
    ["nntp", "101 list VERSION 2 .", 3, "S: 200 news\r\n", "C: CAPABILITIES\r\n", "S: 101 list\r\nVERSION 2\r\n.\r\n"],
    ["ftp", "211-Features:  UTF8 211 End", 3, "S: 220 x\r\n", "C: FEAT\r\n", "S: 211-Features:\r\n UTF8\r\n211 End\r\n"],
    ["sieve", '"IMPLEMENTATION" "x" OK', 1, 'S: "IMPLEMENTATION" "x"\r\nOK\r\n', "C: LOGOUT\r\n"],
    [
      "xmpp",
      "<stream:features><m/></stream:features>",
      2,
      "C: <stream:stream>",
      "S: <stream:stream><stream:features><m/></stream:features>",
    ],
    ["mysql", "Handshake protocol 10, server 8.0.36, without CLIENT_SSL", 1, `S: ${mysqlGreeting(false)}`],
    ["rdp", "Connection Confirm without RDP_NEG", 2, `C: ${RDP_REQUEST}`, `S: ${rdpPdu(0xd0, "")}`],
  ])("is not what %s that lacks TLS says: it offers none", (name, text, packet, ...lines) => {
    expect(told(...lines)).toEqual({ startTls: name, refusal: { kind: REFUSED, text, packet, offered: false } });
  });

  it.each<[string, ...string[]]>([
    ["SMTP", "C: EHLO me\r\n", "S: 250-mail\r\n250 HELP\r\n", "C: MAIL FROM:<a@b>\r\n"],
    ["SMTP with STARTTLS", "C: EHLO me\r\n", "S: 250-STARTTLS\r\n250 HELP\r\n", "C: QUIT\r\n"],
    ["SMTP whose answer is cut", "C: EHLO me\r\n", "S: 250-mail\r\n"],
    ["IMAP", "S: * OK x\r\n", "C: a CAPABILITY\r\n", "S: * CAPABILITY IMAP4rev1\r\n", "C: b LOGIN u p\r\n"],
    ["POP3", "S: +OK x\r\n", "C: USER me\r\n", "S: +OK\r\n"],
    ["MySQL", `S: ${mysqlGreeting(false)}`, `C: ${mysqlPacket(1, `\x85\xa6\xff\0${"\0".repeat(40)}`)}`],
    ["TDS", `C: ${prelogin(18, 0)}`, `S: ${prelogin(4, 2)}`, `C: ${tdsPacket(16, "x")}`],
  ])("is not found in plaintext that goes on: %s", (_, ...lines) => {
    expect(told(...lines)).not.toHaveProperty("refusal");
  });
});
