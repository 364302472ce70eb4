/** Suites, versions and groups. */
import {
  extended,
  named,
  offers,
  refused,
  works,
  works13,
  aborts,
  died,
  failed,
  retries,
  AGREED13,
  answer13,
  answers,
  agreed,
} from "../../support/failures.ts";
import { alert } from "../../support/handshake-builder.ts";
import type { RuleCase } from "./contract.ts";

const GCM = [0x1301, 0xc02f, 0xc02b];
const all = (suite: number): ReturnType<typeof offers> => offers({ suites: [...GCM, suite] });
const suiteCase = (suite: number, own: readonly number[] = GCM): RuleCase => ({
  fires: [refused(offers({ suites: own })), works(all(suite), { suite })],
  // The failing hello has the suite, so that it cannot be what is missing.
  silent: [refused(offers({ suites: [...own, suite] })), works(all(suite), { suite })],
});

export const SUITES: Readonly<Record<string, RuleCase>> = {
  "no-common-cipher-rsa-kex": suiteCase(0x0035),
  "cbc-only-server": suiteCase(0xc014),
  "tripledes-only": suiteCase(0x000a),
  "rc4-only": suiteCase(0x0005),
  "chacha-only": suiteCase(0xcca8),
  "dhe-only": suiteCase(0x009f),
  "ecdsa-cert-rsa-only-client": suiteCase(0xc02c, [0xc02f, 0xc030]),
  "no-common-cipher-suite": suiteCase(0xc028, [0xc02f, 0xc014]),
  "tls13-suite-mismatch": {
    fires: [refused(offers()), works13(offers({ suites: [0x1304] }), { suite: 0x1304 })],
    silent: [refused(offers({ suites: [0x1301, 0x1304] })), works13(offers({ suites: [0x1304] }), { suite: 0x1304 })],
  },
  "server-suite-not-offered": {
    fires: [aborts(47, offers(), { suite: 0xc013 })],
    silent: [aborts(47, offers({ suites: [0xc02f, 0xc013] }), { suite: 0xc013 })],
  },
  "protocol-version-too-low": {
    fires: [refused(offers({ versions: [0x0303] }), 70), works13()],
    silent: [refused(offers(), 70), works13()],
  },
  "protocol-version-too-high": {
    fires: [refused(offers({ versions: [0x0304] }), 70), works()],
    silent: [refused(offers(), 70), works()],
  },
  "server-only-old-tls-alert": {
    fires: [refused(offers(), 70), works(offers({ versions: [0x0303, 0x0302] }), { version: 0x0302 })],
    silent: [refused(offers({ versions: [0x0303, 0x0302] }), 70), works(offers({ versions: [0x0303, 0x0302] }), { version: 0x0302 })],
  },
  "server-only-old-tls-serverhello": {
    fires: [aborts(70, offers(), { version: 0x0301, suite: 0xc014 })],
    silent: [aborts(70, offers(), { version: 0x0303 })],
  },
  "version-intolerant-server": {
    fires: [died(offers(), { kind: "reset", by: "server", packet: 6, after: "client_hello" }), works(offers({ versions: [0x0303] }))],
    silent: [died(offers(), { kind: "reset", by: "server", packet: 6, after: "client_hello" }), works(offers())],
  },
  "downgrade-sentinel": {
    fires: [aborts(47, offers(), { hello: { random: `${"22".repeat(24)}444f574e47524401` } })],
    silent: [aborts(47, offers({ versions: [0x0303] }), { hello: { random: `${"22".repeat(24)}444f574e47524401` } })],
  },
  "fallback-scsv": {
    fires: [refused(offers({ versions: [0x0303], suites: [0xc02f, 0x5600] }), 86)],
    silent: [refused(offers({ versions: [0x0303], suites: [0xc02f, 0x5600] }), 40)],
  },
  "sslv2-hello": {
    fires: [refused(offers({ more: { sslv2: true } }), 70)],
    silent: [refused(offers(), 70)],
  },
  "no-common-group": {
    fires: [refused(offers()), works13(offers({ groups: [0x0019] }), { group: 0x0019 })],
    silent: [refused(offers({ groups: [0x001d, 0x0019] })), works13(offers({ groups: [0x0019] }), { group: 0x0019 })],
  },
  "no-common-group-tls12": {
    fires: [refused(offers()), works(offers({ groups: [0x0019] }), { group: 0x0019 })],
    silent: [refused(offers({ groups: [0x001d, 0x0019] })), works(offers({ groups: [0x0019] }), { group: 0x0019 })],
  },
  "hrr-loop": {
    fires: [
      failed(
        [offers(), retries(0x0017), offers(), retries(0x0017, 9)],
        { kind: "alert", by: "client", packet: 10 },
        { negotiated: AGREED13 },
      ),
    ],
    silent: [
      failed([offers(), retries(0x0017), offers(), answer13()], { kind: "alert", by: "client", packet: 10 }, { negotiated: AGREED13 }),
    ],
  },
  "hrr-same-group": {
    fires: [failed([offers(), retries(0x001d)], { kind: "alert", by: "client", packet: 8 }, { negotiated: AGREED13 })],
    silent: [failed([offers(), retries(0x0017)], { kind: "alert", by: "client", packet: 8 }, { negotiated: AGREED13 })],
  },
  "hrr-second-hello-reset": {
    fires: [
      failed([offers(), retries(0x0017), offers()], { kind: "reset", by: "server", packet: 8 }, { negotiated: AGREED13 }),
      works13(offers({ shares: [0x0017] }), { group: 0x0017 }),
    ],
    silent: [
      failed([offers(), retries(0x0017), offers()], { kind: "reset", by: "server", packet: 8 }, { negotiated: AGREED13 }),
      { ...works13(), messages: [offers(), retries(0x0017), offers(), answer13({ group: 0x0017 })] },
    ],
  },
  "server-curve-not-offered": {
    fires: [aborts(47, offers({ groups: [0x001d] }), { group: 0x0017 })],
    silent: [aborts(47, offers({ groups: [0x001d, 0x0017] }), { group: 0x0017 })],
  },
  "dh-512-logjam": {
    fires: [aborts(40, offers({ suites: [0x009f] }), { suite: 0x009f, dhPrimeBits: 512 })],
    silent: [aborts(40, offers({ suites: [0x009f] }), { suite: 0x009f, dhPrimeBits: 2048 })],
  },
  "dh-key-too-small": {
    fires: [aborts(40, offers({ suites: [0x009f] }), { suite: 0x009f, dhPrimeBits: 1024 })],
    silent: [aborts(40, offers({ suites: [0x009f] }), { suite: 0x009f, dhPrimeBits: 2048 })],
  },
  "dhe-leading-zero": {
    fires: [finishedRefused(0x009f), works(offers({ suites: [0x009f] }), { suite: 0x009f, dhPrimeBits: 2048 })],
    silent: [finishedRefused(0xc02f), works()],
  },
  "ec-point-formats": {
    fires: [refused(offers({ without: [0x000b], plus: [extended(0x000b, { formats: named("ec_point_formats", 1) })] }))],
    silent: [refused(offers())],
  },
  "missing-extension-tls13": {
    fires: [refused(offers({ schemes: null }), 109)],
    silent: [refused(offers(), 109)],
  },
  "no-null-compression": {
    fires: [refused(offers({ more: { compressionMethods: named("compression_methods", 1) } }), 50)],
    silent: [refused(offers(), 50)],
  },
  "pq-group-intolerance": {
    fires: [refused(offers({ groups: [0x11ec, 0x001d] }), 47), works13()],
    silent: [refused(offers(), 47), works13()],
  },
};

/** The server cannot read the client's Finished. */
export function finishedRefused(suite: number): ReturnType<typeof failed> {
  const what = { suite, ...(suite === 0x009f ? { dhPrimeBits: 2048 } : {}) };
  const change = { ...alert("client", "0x00"), type: "change_cipher_spec" as const, packet: 10 };
  const hello = offers({ suites: [suite] });
  return failed(
    [hello, ...answers(what), change, { ...alert("server", "0x14"), packet: 11 }],
    { kind: "alert", by: "server", packet: 11, alert: { id: "0x14", name: "bad_record_mac" }, after: "finished" },
    { negotiated: agreed(what) },
  );
}
