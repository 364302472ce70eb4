/** Server names, application protocols, extensions, pre-shared keys. */
import {
  aborts,
  agreed,
  AGREED13,
  answer13,
  answers,
  died,
  event,
  extended,
  failed,
  offers,
  record,
  refused,
  works,
  works13,
  INTERMEDIATE,
  LEAF,
} from "../../support/failures.ts";
import { alert, point } from "../../support/handshake-builder.ts";
import { finishedRefused } from "./suites.ts";
import type { RuleCase } from "./contract.ts";

const OTHER = { ...LEAF, sha256: "ee".repeat(32), subjectAltNames: ["DNS:default.example.test"], subject: "CN=default" };
const close = { kind: "close", by: "server", packet: 6, after: "client_hello" } as const;
/** A hello in the form of Java's. */
const java = (name: string | null): ReturnType<typeof offers> => {
  const base = offers({ name });
  const order = [0x0000, 0x000a, 0x000b, 0x0017, 0x0023, 0x000d, 0x002b, 0x0033];
  const sorted = order.flatMap((number) => base.extensions?.filter(({ id }) => Number.parseInt(id, 16) === number) ?? []);
  return { ...base, recordVersion: point("0x0303", "TLS 1.2"), extensions: sorted };
};

export const NAMES: Readonly<Record<string, RuleCase>> = {
  "sni-missing": { fires: [died(offers({ name: null }), close), works()], silent: [died(offers(), close), works()] },
  "sni-java-underscore": {
    fires: [died(java(null), close), works(java("mail.example.test"))],
    silent: [died(offers({ name: null }), close), works()],
  },
  "sni-unrecognized-name": { fires: [refused(offers(), 112)], silent: [refused(offers(), 40)] },
  "sni-default-certificate": {
    fires: [aborts(42, offers({ name: null }), { chain: [OTHER, INTERMEDIATE] }), works()],
    silent: [aborts(42, offers(), { chain: [OTHER, INTERMEDIATE] }), works()],
  },
  "sni-autocert-internal-error": { fires: [refused(offers({ name: null }), 80), works()], silent: [refused(offers(), 80), works()] },
  "sni-ip-literal": { fires: [refused(offers({ name: "192.0.2.7" }), 112)], silent: [refused(offers(), 112)] },
  "sni-underscore-gnutls": { fires: [refused(offers({ name: "a_b.example.test" }), 47)], silent: [refused(offers(), 47)] },
  "unrecognized-name-warning": {
    fires: [warned("0x01")],
    silent: [warned("0x02")],
  },
  "access-denied": { fires: [refused(offers(), 49)], silent: [refused(offers(), 40)] },
  "alpn-mismatch": { fires: [refused(offers({ alpn: ["http/1.0"] }), 120)], silent: [refused(offers({ alpn: ["http/1.0"] }), 40)] },
  "alpn-mismatch-tls13-encrypted": {
    fires: [shortAnswer(), works13(offers({ alpn: ["h2"] }))],
    silent: [shortAnswer(), works13(offers({ alpn: ["http/1.0", "h2"] }))],
  },
  "server-unsolicited-alpn": {
    fires: [aborts(110, offers({ alpn: ["h2"] }), { alpn: "http/1.1" })],
    silent: [aborts(110, offers({ alpn: ["h2", "http/1.1"] }), { alpn: "http/1.1" })],
  },
  "alpn-required-missing": {
    fires: [
      { ...works(), events: [...works().events.filter(({ packet }) => packet < 12), event("fin", "client", 12)] },
      works(offers({ alpn: ["h2"] }), { alpn: "h2" }),
    ],
    silent: [works(), works(offers({ alpn: ["h2"] }), { alpn: "h2" })],
  },
  "quic-alpn-mismatch": { fires: [quic(0x178)], silent: [quic(0x130)] },
  "quic-transport-error": { fires: [quic(0x0a)], silent: [{ ...works13(), protocol: "quic" }] },
  "quic-version-negotiation": {
    fires: [
      failed(
        [],
        { kind: "version-negotiation", by: "server", packet: 2 },
        { protocol: "quic", events: [event("version-negotiation", "server", 2)] },
      ),
    ],
    silent: [{ ...works13(), protocol: "quic", events: [event("version-negotiation", "server", 2)] }],
  },
  "unsafe-legacy-renegotiation": {
    fires: [aborts(40, offers(), { hello: { extensions: [] } })],
    silent: [aborts(40, offers())],
  },
  "client-renegotiation-info-missing": {
    fires: [refused(offers({ suites: [0xc02f] })), works()],
    silent: [refused(offers()), works()],
  },
  "ems-required": {
    fires: [aborts(40, offers(), { hello: { extensions: [extended(0xff01)] } })],
    silent: [aborts(40, offers(), { hello: { extensions: [extended(0xff01), extended(0x0017)] } })],
  },
  "ems-required-by-server": { fires: [refused(offers({ without: [0x0017] })), works()], silent: [refused(offers()), works()] },
  "unsupported-extension": {
    fires: [aborts(110, offers(), { hello: { extensions: [extended(0xff01), extended(0x3374)] } })],
    silent: [aborts(110)],
  },
  "max-fragment-length-mismatch": { fires: [fragments(1, 4)], silent: [fragments(1, 1)] },
  "record-size-limit": { fires: [limited(4_000, 9_000)], silent: [limited(4_000, 3_900)] },
  "record-overflow": { fires: [limited(16_385, 18_500)], silent: [limited(16_385, 16_640)] },
  "session-id-not-echoed": {
    fires: [
      failed(
        [offers(), answer13({ hello: { sessionId: "" } })],
        { kind: "alert", by: "client", packet: 8, alert: point("0x2f") },
        { negotiated: AGREED13 },
      ),
    ],
    silent: [failed([offers(), answer13()], { kind: "alert", by: "client", packet: 8, alert: point("0x2f") }, { negotiated: AGREED13 })],
  },
  "psk-binder-mismatch": { fires: [refused(offers({ plus: [extended(0x0029)] }), 47)], silent: [refused(offers(), 47)] },
  "psk-key-mismatch-tls12": {
    fires: [pskRefused(0x00a8)],
    silent: [finishedRefused(0xc02f)],
  },
  "early-data-rejected": {
    fires: [works13(offers({ plus: [extended(0x002a), extended(0x0029)] }))],
    silent: [
      works13(offers({ plus: [extended(0x002a), extended(0x0029)] }), {
        hello: { extensions: [extended(0x002b, { version: point("0x0304") }), extended(0x0029)] },
      }),
    ],
  },
  "session-resumption-mismatch": {
    fires: [resumed("ab".repeat(32))],
    silent: [resumed("cd".repeat(32))],
  },
  "ech-rejected": {
    fires: [
      failed(
        [offers({ plus: [extended(0xfe0d)] }), answer13()],
        { kind: "alert", by: "client", packet: 8, alert: point("0x79", "ech_required") },
        { negotiated: AGREED13 },
      ),
    ],
    silent: [
      failed(
        [offers(), answer13()],
        { kind: "alert", by: "client", packet: 8, alert: point("0x79", "ech_required") },
        { negotiated: AGREED13 },
      ),
    ],
  },
};

function warned(level: string): RuleCase["fires"][0] {
  const base = aborts(40);
  const [hello, ...rest] = base.messages;
  return { ...base, messages: [...(hello === undefined ? [] : [hello]), { ...alert("server", "0x70", level), packet: 5 }, ...rest] };
}

function shortAnswer(): RuleCase["fires"][0] {
  return failed(
    [offers({ alpn: ["http/1.0"] }), answer13()],
    { kind: "close", by: "client", packet: 8, after: "server_hello" },
    { negotiated: AGREED13, events: [record("server", 6, 19), event("fin", "client", 8)] },
  );
}

function quic(code: number): RuleCase["fires"][0] {
  const error = { id: `0x0${code.toString(16).padStart(3, "0")}`, name: "error" };
  return failed([offers({ alpn: ["h3-29"] })], { kind: "transport-error", by: "server", packet: 3, alert: error }, { protocol: "quic" });
}

function fragments(asked: number, answered: number): RuleCase["fires"][0] {
  return aborts(47, offers({ plus: [extended(0x0001, { maxFragmentLength: point(`0x0${asked}`) })] }), {
    hello: { extensions: [extended(0xff01), extended(0x0001, { maxFragmentLength: point(`0x0${answered}`) })] },
  });
}

/** A client that takes records up to a limit gets one of this length, and leaves. */
function limited(limit: number, length: number): RuleCase["fires"][0] {
  return failed(
    [offers({ plus: [extended(0x001c, { limit })] }), answer13()],
    { kind: "alert", by: "client", packet: 9, encrypted: true },
    { negotiated: AGREED13, events: [record("server", 8, length), record("client", 9, 19)] },
  );
}

function pskRefused(suite: number): RuleCase["fires"][0] {
  const base = finishedRefused(suite);
  return { ...base, messages: [...base.messages, { ...alert("client", "0x00"), type: "client_key_exchange", pskIdentity: "me" } as never] };
}

/** The server returns this session id with its hello, and the client aborts. */
function resumed(sessionId: string): RuleCase["fires"][0] {
  const hello = offers({ versions: null });
  return failed(
    [hello, ...answers({ hello: { sessionId } }).slice(0, 1)],
    { kind: "alert", by: "client", packet: 7, alert: point("0x28"), after: "server_hello" },
    { negotiated: agreed() },
  );
}
