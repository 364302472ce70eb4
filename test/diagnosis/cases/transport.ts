/** The path, the wrong protocol, and alerts that say little. */
import type { Failure } from "../../../src/handshake/handshake.ts";
import {
  aborts,
  answers,
  agreed,
  AGREED13,
  answer13,
  died,
  event,
  extended,
  failed,
  LEAF,
  offers,
  record,
  refused,
  works,
  works13,
} from "../../support/failures.ts";
import { alert, point } from "../../support/handshake-builder.ts";
import { finishedRefused } from "./suites.ts";
import type { RuleCase } from "./contract.ts";

const reset: Failure = { kind: "reset", by: "server", packet: 6, after: "client_hello" };
const close: Failure = { kind: "close", by: "server", packet: 6, after: "client_hello" };
const silence: Failure = { kind: "timeout", by: "server", packet: 8 };
const large = offers({ shares: [0x11ec, 0x001d], groups: [0x11ec, 0x001d], more: { length: 1_500, packets: [4, 5], packet: 5 } });
const ech = offers({ plus: [extended(0xfe0d)] });
const greasy = offers({ plus: [extended(0x0a0a)] });
const emptyLast = offers({ plus: [extended(0x3374, {}, 0)] });
const elsewhere = {
  transport: { protocol: "tcp", client: { address: "10.0.0.1", port: 1 }, server: { address: "10.0.0.99", port: 443 } },
} as const;
const plain = (failure: Failure, more: object = {}): RuleCase["fires"][0] => failed([], failure, more);
const answered = (text: string): RuleCase["fires"][0] =>
  died(offers(), { kind: "not-tls", by: "server", packet: 6, after: "client_hello", text });
const only = (number: number): RuleCase => ({ fires: [refused(offers(), number)], silent: [refused(offers(), 40)] });

export const TRANSPORT: Readonly<Record<string, RuleCase>> = {
  "pq-large-hello-rst": { fires: [died(large, reset), works13()], silent: [died(large, reset), works13(large)] },
  "pq-large-hello-timeout": { fires: [died(large, silence), works13()], silent: [died(offers(), silence), works13()] },
  "compat-session-id": { fires: [died(offers({ more: { sessionId: "" } }), reset), works13()], silent: [died(offers(), reset), works13()] },
  "record-version-intolerance": {
    fires: [died(offers({ more: { recordVersion: point("0x0303") } }), reset), works13()],
    silent: [died(offers(), reset), works13()],
  },
  "f5-hello-length": {
    fires: [died(offers({ more: { length: 300 } }), silence), works13()],
    silent: [died(offers({ more: { length: 600 } }), silence), works13()],
  },
  "hello-length-mod-256": {
    fires: [died(offers({ more: { length: 518 } }), reset), works13()],
    silent: [died(offers({ more: { length: 519 } }), reset), works13()],
  },
  "empty-last-extension": { fires: [died(emptyLast, reset), works13()], silent: [died(emptyLast, reset), works13(emptyLast)] },
  "grease-intolerance": { fires: [refused(greasy, 47), works13()], silent: [refused(greasy, 47), works13(greasy)] },
  "ech-blocked": { fires: [died(ech, reset), works13()], silent: [died(ech, reset), works13(ech)] },
  "fragmented-client-hello": {
    fires: [died(offers({ more: { records: 5 } }), reset), works13()],
    silent: [died(offers(), reset), works13()],
  },
  "hello-modified-in-transit": {
    fires: [finishedRefused(0xc02f), works(offers({ suites: [0xc02f] }), { alpn: "h2" })],
    silent: [finishedRefused(0xc02f), works(offers({ suites: [0xc02f] }))],
  },
  "hello-modified-in-transit-tls13": { fires: [unread(20)], silent: [unread(48)] },
  "bad-record-mac": { fires: [finishedRefused(0xc02f)], silent: [refused(offers(), 20)] },
  "middlebox-injection": { fires: [answered("HTTP/1.1 302 Found"), works13()], silent: [answered("HTTP/1.1 302 Found")] },
  "injected-reset": {
    fires: [died(offers(), reset, { events: [event("syn-ack", "server", 2), event("rst", "server", 6, { ttl: 48 })] })],
    silent: [died(offers(), reset, { events: [event("syn-ack", "server", 2), event("rst", "server", 6)] })],
  },
  "rst-after-client-hello": { fires: [died(offers(), reset)], silent: [died(offers(), close)] },
  "fin-after-client-hello": { fires: [died(offers(), close)], silent: [died(offers(), reset)] },
  "no-answer-timeout": { fires: [died(offers(), silence)], silent: [died(offers(), close)] },
  "pmtu-black-hole": { fires: [halfAnswer(true), works()], silent: [halfAnswer(false), works()] },
  "tcp-refused": {
    fires: [plain({ kind: "refused", by: "server", packet: 2 })],
    silent: [plain({ kind: "refused", by: "path", packet: 2 })],
  },
  "tcp-syn-timeout": {
    fires: [plain({ kind: "refused", by: "path", packet: 2 })],
    silent: [plain({ kind: "refused", by: "server", packet: 2 })],
  },
  "different-server": {
    fires: [aborts(48, offers(), { chain: [{ ...LEAF, sha256: "99".repeat(32) }] }, elsewhere), works()],
    silent: [aborts(48, offers(), {}, elsewhere), works()],
  },
  "tls-fingerprint-blocking": {
    fires: [died(offers(), reset, { fingerprints: { ja4: "t13d1" } }), works13(offers(), {}, { fingerprints: { ja4: "t13d2" } })],
    silent: [died(offers(), reset, { fingerprints: { ja4: "t13d1" } }), works13(offers(), {}, { fingerprints: { ja4: "t13d1" } })],
  },
  "plaintext-smtp-banner": { fires: [answered("220 mail.example.test ESMTP")], silent: [answered("HTTP/1.1 400 Bad Request")] },
  "plaintext-http-on-tls": { fires: [answered("HTTP/1.1 400 Bad Request")], silent: [answered("220 mail.example.test ESMTP")] },
  "not-tls": { fires: [answered("\\x05\\x00")], silent: [died(offers(), close)] },
  "http-to-tls-port": {
    fires: [plain({ kind: "not-tls", by: "client", packet: 4, text: "GET / HTTP/1.1" }), works13()],
    silent: [answered("HTTP/1.1 400 Bad Request"), works13()],
  },
  "starttls-refused": {
    fires: [plain({ kind: "starttls-refused", by: "server", packet: 9, text: "454 4.7.0 TLS not available" })],
    silent: [died(offers(), close, { startTls: "smtp" })],
  },
  "proxy-connect-refused": {
    fires: [plain({ kind: "proxy", by: "path", packet: 6, text: "HTTP/1.1 407" })],
    silent: [died(offers(), close, { via: "http-connect" })],
  },
  "proxy-protocol-expected": {
    fires: [died(offers(), close), works13(offers(), {}, { via: "proxy-v1" })],
    silent: [died(offers(), close), works13()],
  },
  "insufficient-security": only(71),
  "internal-error": only(80),
  "decode-error": only(50),
  "unexpected-message": only(10),
  "illegal-parameter": only(47),
  "user-canceled": { fires: [canceled("0x5a")], silent: [canceled("0x00")] },
  "handshake-failure-unspecified": { fires: [refused(offers(), 40)], silent: [refused(offers(), 70)] },
  "encrypted-server-alert": {
    fires: [failed([offers(), answer13()], { kind: "alert", by: "server", packet: 9, encrypted: true }, { negotiated: AGREED13 })],
    silent: [failed([offers(), answer13()], { kind: "close", by: "server", packet: 9 }, { negotiated: AGREED13 })],
  },
};

/** TLS 1.3: the client's alert right after the server's hello. */
function unread(number: number): RuleCase["fires"][0] {
  return failed(
    [offers(), answer13()],
    { kind: "alert", by: "client", packet: 7, alert: point(`0x${number.toString(16)}`), after: "server_hello" },
    { negotiated: AGREED13 },
  );
}

/** The server's flight, cut or not, and a client that gives up after a while. */
function halfAnswer(cut: boolean): RuleCase["fires"][0] {
  const messages = answers()
    .slice(0, 2)
    .map((message, index) => (cut && index === 1 ? { ...message, malformed: "the capture holds 900 of its 2000 octets" } : message));
  return failed(
    [offers(), ...messages],
    { kind: "close", by: "client", packet: 20, after: "certificate" },
    {
      negotiated: agreed(),
      events: [event("segment", "server", 8, { length: 1200 }), event("fin", "client", 20), record("client", 19, 1)].slice(0, 2),
    },
  );
}

function canceled(description: string): RuleCase["fires"][0] {
  return failed(
    [offers(), ...answers(), alert("client", description, "0x01")],
    { kind: "close", by: "client", packet: 12 },
    { negotiated: agreed() },
  );
}
