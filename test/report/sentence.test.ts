import { describe, expect, it } from "vitest";
import type { Failure, Handshake } from "../../src/handshake/handshake.ts";
import { bare } from "../../src/report/document.ts";
import { endText, verdict } from "../../src/report/sentence.ts";
import { goHandshake, HANDSHAKE_FAILURE, opensslHandshake } from "../support/stories.ts";

function sentence(handshake: Handshake): string {
  const block = verdict([{ text: "go.pcap" }], handshake);
  return block.kind === "verdict" ? `${block.mark.text} ${bare(block.text)}` : "";
}

const WHO = "go.pcap: 127.0.0.1:40312 to mail.example.test (127.0.0.1:465)";

const FAILURES: readonly (readonly [failure: Failure, sentence: string, end: string])[] = [
  [
    { kind: "alert", by: "server", packet: 6, alert: HANDSHAKE_FAILURE, after: "client_hello" },
    "the server sent handshake_failure after client_hello (packet 6)",
    "handshake_failure by server",
  ],
  [
    { kind: "alert", by: "client", packet: 9, alert: { id: "0xc8", name: null } },
    "the client sent the unknown alert 0xc8 (packet 9)",
    "unknown by client",
  ],
  [
    { kind: "alert", by: "client", packet: 9, encrypted: true, after: "server_hello" },
    "the client sent an encrypted alert after server_hello (packet 9)",
    "encrypted alert by client",
  ],
  [
    { kind: "reset", by: "path", packet: 5, after: "client_hello" },
    "something on the path reset the connection after client_hello (packet 5)",
    "reset on the path",
  ],
  [{ kind: "close", by: "server", packet: 7 }, "the server closed the connection (packet 7)", "closed by server"],
  [
    { kind: "timeout", by: "server", packet: 4, after: "client_hello" },
    "the server did not answer after client_hello (packet 4)",
    "no answer by server",
  ],
  [{ kind: "timeout", by: "path", packet: 4 }, "no answer came (packet 4)", "no answer"],
  [
    { kind: "not-tls", by: "server", packet: 5, text: "220 mail ready" },
    'the server did not speak TLS (packet 5): "220 mail ready"',
    "no TLS by server",
  ],
  [
    { kind: "not-tls", by: "server", packet: 5, after: "client_hello", text: "HTTP/1.1 400 Bad Request", protocol: "http" },
    'the server spoke HTTP instead of TLS after client_hello (packet 5): "HTTP/1.1 400 Bad Request"',
    "plain HTTP by server",
  ],
  [
    { kind: "not-tls", by: "client", packet: 5, protocol: "postgresql" },
    "the client spoke PostgreSQL instead of TLS (packet 5)",
    "plain PostgreSQL by client",
  ],
  [
    { kind: "version-negotiation", by: "server", packet: 5 },
    "the server supports none of the offered versions (packet 5)",
    "version negotiation",
  ],
  [{ kind: "refused", by: "server", packet: 2 }, "the server refused the connection (packet 2)", "refused by server"],
  [{ kind: "refused", by: "path", packet: 1 }, "the connection was never answered (packet 1)", "refused on the path"],
  [
    { kind: "proxy", by: "server", packet: 6, text: "HTTP/1.1 403 Forbidden" },
    'the proxy refused the connection (packet 6): "HTTP/1.1 403 Forbidden"',
    "refused by the proxy",
  ],
  [{ kind: "proxy", by: "path", packet: 6 }, "the proxy ended the connection without an answer (packet 6)", "closed by the proxy"],
  [{ kind: "starttls-refused", by: "server", packet: 8 }, "the server refused STARTTLS (packet 8)", "STARTTLS refused"],
  [
    { kind: "starttls-refused", by: "server", packet: 8, text: "250 HELP", notOffered: true },
    'the server did not offer STARTTLS (packet 8): "250 HELP"',
    "STARTTLS not offered",
  ],
  [
    { kind: "transport-error", by: "server", packet: 3, alert: HANDSHAKE_FAILURE },
    "the server closed the TLS connection with an error, handshake_failure (packet 3)",
    "handshake_failure by server",
  ],
  [
    { kind: "transport-error", by: "client", packet: 3, text: "PROTOCOL_VIOLATION" },
    'the client closed the TLS connection with an error (packet 3): "PROTOCOL_VIOLATION"',
    "transport error by client",
  ],
];

describe("the verdict on a handshake", () => {
  it.each(FAILURES)("says how it failed: %o", (failure, words, end) => {
    const handshake = { ...goHandshake, failure };
    expect(sentence(handshake)).toBe(`✗ ${WHO} failed: ${words}.`);
    expect(endText(handshake)).toBe(end);
  });

  it("says what was established", () => {
    expect(sentence(opensslHandshake)).toBe(
      "✓ go.pcap: 127.0.0.1:40318 to mail.example.test (127.0.0.1:465) established TLS 1.2 with TLS_RSA_WITH_AES_256_CBC_SHA (0x0035).",
    );
  });

  it("says that a session was resumed", () => {
    const handshake: Handshake = { ...opensslHandshake, negotiated: { ...opensslHandshake.negotiated, resumed: true } };
    expect(sentence(handshake)).toMatch(/\(0x0035\), resuming an earlier session\.$/);
    expect(endText(handshake)).toBe("resumed");
  });

  it("says where an incomplete one stops", () => {
    const { failure: _, ...rest } = goHandshake;
    const [hello] = goHandshake.messages;
    expect(sentence({ ...rest, outcome: "incomplete", messages: hello === undefined ? [] : [hello] })).toBe(
      `≈ ${WHO} is incomplete: the capture shows nothing after client_hello (packet 4).`,
    );
    expect(sentence({ ...rest, outcome: "incomplete", messages: [] })).toBe(`≈ ${WHO} is incomplete: the capture shows no message of it.`);
  });

  it("names the upgrade and the proxy, and an IPv6 address in brackets", () => {
    const { serverName: _, ...nameless } = goHandshake;
    const server = { address: "2001:db8::1", port: 25 };
    const handshake: Handshake = { ...nameless, transport: { ...goHandshake.transport, server }, startTls: "smtp", via: "socks5" };
    expect(sentence(handshake)).toContain("to [2001:db8::1]:25 (SMTP STARTTLS, via socks5) failed");
  });

  it("names where a proxy leads, and from where", () => {
    const proxied = { ...goHandshake, via: "http-connect, proxy-v1", proxyTarget: "mail.example.test:25", proxySource: "192.0.2.9:4711" };
    expect(sentence(proxied)).toContain(", via http-connect, proxy-v1 to mail.example.test:25, for 192.0.2.9:4711) failed");
  });

  it("names the tunnels, the innermost first", () => {
    expect(sentence({ ...goHandshake, tunnels: ["vxlan", "gre"] })).toContain(", in gre in vxlan) failed");
  });
});
