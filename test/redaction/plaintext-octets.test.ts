import { describe, expect, it } from "vitest";
import { clientProtocol, serverProtocol } from "../../src/record/prelude/plain-protocol.ts";
import { redactPlaintext } from "../../src/redaction/plaintext-octets.ts";
import { Pseudonyms } from "../../src/redaction/pseudonym.ts";
import { latin1 } from "../support/dialogue.ts";
import { KEY } from "../support/redacted.ts";

const SPEAKERS = { client: clientProtocol, server: serverProtocol };

describe("redacted plaintext in place of TLS", () => {
  it.each<["client" | "server", string, string]>([
    ["client", "http", "PROPFIND /secret HTTP/1.1\r\nHost: a.example\r\n\r\n"],
    ["client", "http", "DELETE /secret HTTP/1.1\r\n\r\n"],
    ["client", "http", "PATCH /secret HTTP/1.1\r\n\r\n"],
    ["client", "http", "TRACE /secret HTTP/1.0\r\n\r\n"],
    ["client", "http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["client", "ssh", "SSH-2.0-Secret_1.0\r\n"],
    ["client", "smtp", "EHLO secret\r\n"],
    ["client", "xmpp", "<?xml version='1.0'?><stream:stream to='secret.example'>"],
    ["client", "mqtt", "\x10\x20\0\x04MQTT\x04\x02\0\x3c\0\x06secret"],
    ["client", "mqtt", "\x10\x20\0\x06MQIsdp\x03\x02\0\x3c\0\x06secret"],
    ["client", "amqp", "AMQP\0\0\x09\x01"],
    ["client", "redis", "*1\r\n$4\r\nPING\r\n"],
    ["client", "sip", "REGISTER sip:secret.example SIP/2.0\r\n"],
    ["client", "sip", "INVITE sips:secret.example SIP/2.0\r\n"],
    ["client", "rtsp", "GET_PARAMETER rtsp://192.0.2.1:8554/secret RTSP/1.0\r\nCSeq: 7\r\n"],
    ["client", "rtsp", "DESCRIBE rtsp://secret.example/ RTSP/1.0\r\n"],
    ["server", "http", "HTTP/1.1 400 Bad Request\r\nServer: secret\r\n"],
    ["server", "http", "<!DOCTYPE HTML><html>secret</html>"],
    ["server", "ssh", "SSH-2.0-OpenSSH_9.6 Secret\r\n"],
    ["server", "rtsp", "RTSP/1.0 400 Bad Request\r\n"],
    ["server", "sip", "SIP/2.0 400 Bad Request\r\n"],
    ["server", "vnc", "RFB 003.008\n"],
    ["server", "xmpp", "</stream:stream>"],
    ["server", "sieve", '"IMPLEMENTATION" "Secret"\r\n'],
    ["server", "imap", "* PREAUTH secret\r\n"],
    ["server", "redis", "-ERR unknown command 'secret'\r\n"],
    ["server", "redis", "-ERR Protocol error: secret\r\n"],
    ["server", "redis", "-DENIED Redis is running in protected mode\r\n"],
    ["server", "redis", "-NOAUTH Authentication required.\r\n"],
    ["server", "nats", 'INFO {"server_name":"secret"}\r\n'],
    ["server", "pop3", "+OK secret\r\n"],
    ["server", "lmtp", "220 secret LMTP\r\n"],
    ["server", "smtp", "220 secret ESMTP\r\n"],
    ["server", "smtp", "502 5.5.2 secret\r\n"],
    ["server", "ftp", "220-FileZilla Server secret\r\n"],
    ["server", "ftp", "220 vsFTPd secret\r\n"],
    ["server", "ftp", "220 ProFTPD secret\r\n"],
    ["server", "nntp", "200 secret InterNetNews\r\n"],
    ["server", "nntp", "200 secret NNRP\r\n"],
    ["server", "irc", ":secret.example NOTICE * :x\r\n"],
    ["server", "irc", "ERROR :Closing secret\r\n"],
    ["server", "irc", "NOTICE AUTH :x\r\n"],
    ["server", "mysql", "J\0\0\0\x0a8.0.36\0secret"],
    ["server", "mysql", "\x30\0\0\x01\xff\x10\x04Host secret"],
    ["server", "postgresql", "E\0\0\0\x40SFATAL\0VFATAL\0Msecret\0\0"],
    ["server", "postgresql", "EFATAL:  secret\n\0"],
    ["server", "postgresql", "EERROR:  secret\n\0"],
    ["server", "postgresql", "EInvalid secret"],
    ["server", "postgresql", "Eunsupported frontend protocol\0"],
    ["server", "memcached", "ERROR\r\n"],
    ["server", "memcached", "CLIENT_ERROR\r\n"],
  ])("of the %s are still those of %s: %j", (side, name, words) => {
    const octets = latin1(words);
    expect(SPEAKERS[side](words)).toBe(name);
    redactPlaintext(octets, 0, octets.length, { names: new Pseudonyms(KEY), keepNames: false, addresses: [] });
    const redacted = String.fromCharCode(...octets);
    expect(redacted).not.toMatch(/secret/i);
    expect(SPEAKERS[side](redacted)).toBe(name);
  });
});
