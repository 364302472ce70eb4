import { describe, expect, it } from "vitest";
import { V2, told } from "./dialogues.ts";

describe("a proxy", () => {
  const CONNECT = "C: CONNECT mail.example.test:25 HTTP/1.1\r\nHost: mail.example.test\r\n\r\n";
  it.each<[string, object, ...string[]]>([
    ["http-connect", { proxyTarget: "mail.example.test:25" }, CONNECT, "S: HTTP/1.1 200 OK\r\n\r\n"],
    ["http-connect", { proxyTarget: "[2001:db8::1]:443" }, "C: CONNECT [2001:db8::1]:443 HTTP/1.0\r\n\r\n", "S: HTTP/1.0 200 OK\r\n\r\n"],
    [
      "socks5",
      { proxyTarget: "a.test:443" },
      "C: \x05\x01\0",
      "S: \x05\0",
      "C: \x05\x01\0\x03\x06a.test\x01\xbb",
      "S: \x05\0\0\x01\0\0\0\0\0\0",
    ],
    [
      "socks5",
      { proxyTarget: "192.0.2.7:443" },
      "C: \x05\x01\0",
      "S: \x05\0",
      "C: \x05\x01\0\x01\xc0\0\x02\x07\x01\xbb",
      "S: \x05\0\0\x01\0\0\0\0\0\0",
    ],
    ["socks4", { proxyTarget: "192.0.2.7:443" }, "C: \x04\x01\x01\xbb\xc0\0\x02\x07me\0", "S: \0\x5a\0\0\0\0\0\0"],
    ["socks4", { proxyTarget: "a.test:443" }, "C: \x04\x01\x01\xbb\0\0\0\x01\0a.test\0", "S: \0\x5a\0\0\0\0\0\0"],
    ["proxy-v1", { proxyTarget: "192.0.2.2:443", proxySource: "192.0.2.1:56324" }, "C: PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n"],
    ["proxy-v1", {}, "C: PROXY UNKNOWN\r\n"],
    [
      "proxy-v2",
      { proxyTarget: "192.0.2.2:443", proxySource: "192.0.2.1:4000" },
      `C: ${V2}\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x0f\xa0\x01\xbb`,
    ],
    ["proxy-v2", {}, `C: ${V2}\x20\0\0\0`],
  ])("%s tells %o", (name, more, ...lines) => {
    expect(told(...lines)).toEqual({ via: name, ...more });
  });

  it.each<[string, string, number, ...string[]]>([
    ["http-connect", "HTTP/1.1 403 Forbidden", 2, CONNECT, "S: HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"],
    [
      "socks5",
      "SOCKS5 reply 5 (connection refused)",
      4,
      "C: \x05\x01\0",
      "S: \x05\0",
      "C: \x05\x01\0\x01\xc0\0\x02\x07\x01\xbb",
      "S: \x05\x05\0\x01\0\0\0\0\0\0",
    ],
    [
      "socks5",
      "SOCKS5 reply 2 (connection not allowed by ruleset)",
      4,
      "C: \x05\x01\0",
      "S: \x05\0",
      "C: \x05\x01\0\x01\xc0\0\x02\x07\x01\xbb",
      "S: \x05\x02",
    ],
    ["socks5", "SOCKS5 method: none acceptable", 2, "C: \x05\x01\0", "S: \x05\xff"],
    ["socks5", "SOCKS5 authentication failed", 4, "C: \x05\x01\x02", "S: \x05\x02", "C: \x01\x02me\x06secret", "S: \x01\x01"],
    ["socks4", "SOCKS4 reply 91 (rejected or failed)", 2, "C: \x04\x01\x01\xbb\xc0\0\x02\x07\0", "S: \0\x5b\0\0\0\0\0\0"],
  ])("%s refuses: %s", (name, text, packet, ...lines) => {
    expect(told(...lines)).toMatchObject({ via: name, refusal: { kind: "proxy", text, packet } });
  });

  it("is followed where only its client was captured", () => {
    expect(told(CONNECT, "C: EHLO me\r\n", "C: STARTTLS\r\n")).toEqual({
      via: "http-connect",
      proxyTarget: "mail.example.test:25",
      startTls: "smtp",
    });
  });

  it("that wants to know who asks is asked again on the same connection", () => {
    const again = [
      "C: CONNECT a.test:443 HTTP/1.1\r\n\r\n",
      "S: HTTP/1.1 407 Who?\r\nContent-Length: 4\r\n\r\nwho?",
      "C: CONNECT a.test:443 HTTP/1.1\r\n\r\n",
    ];
    expect(told(...again, "S: HTTP/1.1 200 OK\r\n\r\n")).toEqual({ via: "http-connect", proxyTarget: "a.test:443" });
  });

  it("may stand before another one, and before STARTTLS", () => {
    const lines = [CONNECT, "S: HTTP/1.1 200 OK\r\n\r\n", "C: PROXY TCP4 192.0.2.1 192.0.2.2 56324 25\r\n"];
    const smtp = ["S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250 STARTTLS\r\n", "C: STARTTLS\r\n", "S: 220 go\r\n"];
    expect(told(...lines, ...smtp)).toEqual({
      via: "http-connect, proxy-v1",
      proxyTarget: "mail.example.test:25",
      proxySource: "192.0.2.1:56324",
      startTls: "smtp",
    });
    const refused = told(CONNECT, "S: HTTP/1.1 200 OK\r\n\r\n", ...smtp.slice(0, 4), "S: 454 no\r\n");
    expect(refused).toMatchObject({
      via: "http-connect",
      startTls: "smtp",
      refusal: { kind: "starttls-refused", text: "454 no", packet: 7 },
    });
  });
});
