import { describe, expect, it } from "vitest";
import { preludeOf } from "../../src/record/start-tls.ts";

const octets = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe("what came before TLS", () => {
  it.each([
    ["smtp", "EHLO client\r\nSTARTTLS\r\n", "220 mail ESMTP\r\n250 STARTTLS\r\n220 go\r\n"],
    ["lmtp", "LHLO client\r\nSTARTTLS\r\n", "220 mail LMTP\r\n250 STARTTLS\r\n220 go\r\n"],
    ["imap", "a1 STARTTLS\r\n", "* OK ready\r\na1 OK begin\r\n"],
    ["pop3", "STLS\r\n", "+OK ready\r\n+OK begin\r\n"],
    ["ftp", "AUTH TLS\r\n", "220 ftp\r\n234 go\r\n"],
    ["nntp", "STARTTLS\r\n", "200 news\r\n382 go\r\n"],
    ["sieve", "STARTTLS\r\n", '"IMPLEMENTATION" "x"\r\nOK\r\n'],
    ["xmpp", "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "<proceed/>"],
    ["ldap", "0\x1d\x02\x01\x01w\x18\x80\x161.3.6.1.4.1.1466.20037", "0\x0c"],
    ["irc", "STARTTLS\r\n", ":irc.example 670 * :go\r\n"],
    ["postgresql", "\x00\x00\x00\x08\x04\xd2\x16\x2f", "S"],
    ["mysql", "\x20\x00\x00\x01\x85\xae\xff\x00", "J\x00\x00\x00\x0a8.0.1\x00"],
    ["rdp", "\x03\x00\x00\x13\x0e\xe0\x00\x00", "\x03\x00\x00\x13\x0e\xd0"],
  ])("is the dialogue of %s", (name, client, server) => {
    expect(preludeOf({ client: octets(client), server: octets(server) })).toEqual({ startTls: name });
  });

  it.each([
    ["http-connect", "CONNECT example.test:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"],
    ["socks5", "\x05\x01\x00", "\x05\x00"],
    ["socks4", "\x04\x01\x01\xbb", "\x00\x5a"],
    ["proxy-v1", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", ""],
    ["proxy-v2", "\r\n\r\n\0\r\nQUIT\n", ""],
  ])("is a tunnel through %s", (name, client, server) => {
    expect(preludeOf({ client: octets(client), server: octets(server) })).toEqual({ via: name });
  });

  it.each([
    ["", ""],
    ["GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n"],
  ])("is nothing that has a name", (client, server) => {
    expect(preludeOf({ client: octets(client), server: octets(server) })).toEqual({});
  });
});
