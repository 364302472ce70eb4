/** Certificates of servers and clients, and signatures. */
import {
  aborts,
  acceptsCertificate,
  answers,
  agreed,
  AGREED13,
  answer13,
  died,
  event,
  failed,
  INTERMEDIATE,
  LEAF,
  leaves,
  offers,
  record,
  refused,
  refusesCertificate,
  works,
  works13,
} from "../../support/failures.ts";
import type { Answer } from "../../support/failures.ts";
import { message } from "../../support/handshake-builder.ts";
import type { RuleCase } from "./contract.ts";

const rejected = (number: number, fault: object, more: Answer = {}): RuleCase["fires"] => [
  aborts(number, offers(), { chain: [{ ...LEAF, ...fault }, INTERMEDIATE], ...more }),
];
const sound: RuleCase["fires"] = [aborts(42)];
const NO_SHA1 = offers();
const CLIENT = {
  sha256: "c3".repeat(32),
  subject: "CN=client",
  issuer: "CN=Client CA",
  notAfter: "2027-01-01T00:00:00Z",
  publicKey: { algorithm: "RSA", bits: 2048 },
};
const CLIENT_CA = { sha256: "d4".repeat(32), subject: "CN=Client CA", issuer: "CN=Client Root" };
const EC_KEY = { algorithm: "EC", curve: "brainpoolP256r1" };

export const CERTIFICATES: Readonly<Record<string, RuleCase>> = {
  "sigalg-sha1-only": {
    fires: [refused(NO_SHA1), works(offers({ schemes: [0x0804, 0x0201] }), { scheme: 0x0201 })],
    silent: [refused(offers({ schemes: [0x0804, 0x0201] })), works(offers({ schemes: [0x0804, 0x0201] }), { scheme: 0x0201 })],
  },
  "server-sigalg-not-offered": {
    fires: [aborts(47, offers(), { scheme: 0x0201 })],
    silent: [aborts(47, offers({ schemes: [0x0804, 0x0201] }), { scheme: 0x0201 })],
  },
  "missing-signature-algorithms": {
    fires: [refused(offers({ schemes: null, versions: null })), works(offers({ versions: null }))],
    silent: [refused(offers({ versions: null })), works(offers({ versions: null }))],
  },
  "ed25519-cert": {
    fires: [refused(offers()), works13(offers({ schemes: [0x0804, 0x0807] }), { signature: 64 })],
    silent: [refused(offers({ schemes: [0x0804, 0x0807] })), works13(offers({ schemes: [0x0804, 0x0807] }), { signature: 64 })],
  },
  "rsa-pss-cert": {
    fires: [refused(offers()), works13(offers({ schemes: [0x0804, 0x0809] }))],
    silent: [refused(offers({ schemes: [0x0804, 0x0809] })), works13(offers({ schemes: [0x0804, 0x0809] }))],
  },
  "cert-p521": {
    fires: [refused(offers()), works13(offers({ schemes: [0x0804, 0x0603] }), { signature: 138 })],
    silent: [refused(offers({ schemes: [0x0804, 0x0603] })), works13(offers({ schemes: [0x0804, 0x0603] }), { signature: 138 })],
  },
  "cert-brainpool": {
    fires: [
      refused(offers()),
      works(offers({ groups: [0x001d, 0x001a] }), { suite: 0xc02b, scheme: 0x0403, chain: [{ ...LEAF, publicKey: EC_KEY }] }),
    ],
    silent: [
      refused(offers({ groups: [0x001d, 0x001a] })),
      works(offers({ groups: [0x001d, 0x001a] }), { suite: 0xc02b, scheme: 0x0403, chain: [{ ...LEAF, publicKey: EC_KEY }] }),
    ],
  },
  "certificate-key-not-accepted": {
    fires: [refused(offers({ schemes: [0x0403] })), works13(offers())],
    silent: [refused(offers()), works13(offers())],
  },
  "bad-server-signature": { fires: [aborts(51)], silent: [aborts(48)] },
  "cert-expired": { fires: rejected(45, { notAfter: "2026-05-31T00:00:00Z" }), silent: sound },
  "cert-not-yet-valid": { fires: rejected(42, { notBefore: "2026-06-02T00:00:00Z" }), silent: sound },
  "unknown-ca": { fires: [aborts(48)], silent: [aborts(45)] },
  "incomplete-chain": { fires: [aborts(48, offers(), { chain: [LEAF] })], silent: [aborts(48)] },
  "self-signed": {
    fires: [aborts(48, offers(), { chain: [{ ...LEAF, issuer: "CN=mail.example.test" }] })],
    silent: [aborts(48, offers(), { chain: [LEAF] })],
  },
  "hostname-mismatch": {
    fires: rejected(42, { subjectAltNames: ["DNS:other.example.test"] }),
    silent: rejected(42, { subjectAltNames: ["DNS:*.example.test"] }),
  },
  "cn-only-certificate": { fires: rejected(42, { subjectAltNames: [] }), silent: sound },
  "cert-sha1-signature": { fires: rejected(42, { signatureAlgorithm: "sha1WithRSAEncryption" }), silent: sound },
  "cert-key-too-small": { fires: rejected(42, { publicKey: { algorithm: "RSA", bits: 1024 } }), silent: sound },
  "cert-rsa-too-large": {
    fires: rejected(42, { publicKey: { algorithm: "RSA", bits: 8704 } }),
    silent: rejected(42, { publicKey: { algorithm: "RSA", bits: 8192 } }),
  },
  "cert-x509-strict": {
    fires: [
      aborts(46, offers({ suites: [0x1302, 0xc02c, 0x009f, 0x00ff] }), {
        chain: [Object.fromEntries(Object.entries(LEAF).filter(([key]) => key !== "authorityKeyIdentifier"))],
      }),
    ],
    silent: [aborts(46, offers({ suites: [0x1302, 0xc02c, 0x009f, 0x00ff] }), { chain: [LEAF] })],
  },
  "cert-eku-mismatch": { fires: rejected(43, { extendedKeyUsage: ["clientAuth"] }), silent: sound },
  "cert-key-usage": { fires: rejected(46, { keyUsage: ["keyEncipherment"] }), silent: sound },
  "cert-revoked": { fires: [aborts(44)], silent: [aborts(45)] },
  "cert-negative-serial": { fires: rejected(42, { serialNumber: "-05" }), silent: sound },
  "must-staple": {
    fires: rejected(42, { mustStaple: true }),
    silent: rejected(42, { mustStaple: true }, { before: [message("certificate_status", "server")] }),
  },
  "chain-too-long-java": {
    fires: [aborts(40, offers(), { chain: [LEAF, ...Array.from({ length: 10 }, () => INTERMEDIATE)] })],
    silent: [aborts(40, offers(), { chain: [LEAF, ...Array.from({ length: 9 }, () => INTERMEDIATE)] })],
  },
  "handshake-message-too-large": {
    fires: [aborts(10, offers(), { before: [message("certificate_request", "server", { length: 40_000, packet: 9 })] })],
    silent: [aborts(10, offers(), { before: [message("certificate_request", "server", { length: 30_000, packet: 9 })] })],
  },
  "cert-chain-order": {
    fires: [aborts(42, offers(), { chain: [INTERMEDIATE, LEAF] })],
    silent: [aborts(42, offers(), { chain: [LEAF, INTERMEDIATE] })],
  },
  "client-rejects-after-handshake": { fires: [leaves(), works()], silent: [works(), works()] },
  "encrypted-client-alert": {
    fires: [
      failed(
        [offers(), answer13()],
        { kind: "alert", by: "client", packet: 8, encrypted: true, after: "server_hello" },
        { negotiated: AGREED13 },
      ),
    ],
    silent: [
      failed(
        [offers(), answer13()],
        { kind: "alert", by: "server", packet: 8, encrypted: true, after: "server_hello" },
        { negotiated: AGREED13 },
      ),
    ],
  },
  "client-cert-missing-tls12": { fires: [refusesCertificate(40, [])], silent: [refusesCertificate(40, [CLIENT, CLIENT_CA])] },
  "client-cert-missing-tls13": { fires: [refusedLate(25)], silent: [refusedLate(900)] },
  "client-cert-unknown-ca": { fires: [refusesCertificate(48, [CLIENT, CLIENT_CA])], silent: [refusesCertificate(45, [CLIENT, CLIENT_CA])] },
  "client-cert-missing-chain": {
    fires: [refusesCertificate(48, [CLIENT]), acceptsCertificate([CLIENT, CLIENT_CA])],
    silent: [refusesCertificate(48, [CLIENT, CLIENT_CA]), acceptsCertificate([CLIENT, CLIENT_CA])],
  },
  "client-cert-ca-names-mismatch": {
    fires: [refusesCertificate(40, [], { authorities: ["CN=Other Root"] }), acceptsCertificate([CLIENT, CLIENT_CA])],
    silent: [refusesCertificate(40, [], { authorities: ["CN=Client Root"] }), acceptsCertificate([CLIENT, CLIENT_CA])],
  },
  "client-cert-expired": {
    fires: [refusesCertificate(45, [{ ...CLIENT, notAfter: "2026-05-01T00:00:00Z" }])],
    silent: [refusesCertificate(48, [CLIENT])],
  },
  "client-cert-wrong-eku": {
    fires: [refusesCertificate(42, [{ ...CLIENT, extendedKeyUsage: ["serverAuth"] }])],
    silent: [refusesCertificate(42, [{ ...CLIENT, extendedKeyUsage: ["serverAuth", "clientAuth"] }])],
  },
  "client-cert-sigalg-mismatch": {
    fires: [
      refusesCertificate(40, [], { signatureSchemes: [{ id: "0x0403", name: "ecdsa_secp256r1_sha256" }] }),
      acceptsCertificate([CLIENT]),
    ],
    silent: [
      refusesCertificate(40, [], { signatureSchemes: [{ id: "0x0804", name: "rsa_pss_rsae_sha256" }] }),
      acceptsCertificate([CLIENT]),
    ],
  },
  "renegotiation-refused": {
    fires: [asksAgain("alert")],
    silent: [asksAgain("handshake")],
  },
  "post-handshake-auth-unsupported": {
    fires: [
      { ...works13(), events: [...works13().events.filter(({ kind }) => kind !== "fin"), event("fin", "server", 11)] },
      {
        ...works13(offers({ plus: [{ id: "0x0031", name: "post_handshake_auth", length: 0, data: {} }] })),
        events: [...works13().events, record("client", 12, 900)],
      },
    ],
    silent: [works13(), works13(offers({ plus: [{ id: "0x0031", name: "post_handshake_auth", length: 0, data: {} }] }))],
  },
  "client-left-during-handshake": {
    fires: [
      failed([offers(), ...answers()], { kind: "close", by: "client", packet: 10, after: "server_hello_done" }, { negotiated: agreed() }),
    ],
    silent: [died(offers(), { kind: "close", by: "server", packet: 6 })],
  },
};

/** TLS 1.3: a record of this length before the client's Finished, and then the server's encrypted alert. */
function refusedLate(length: number): RuleCase["fires"][0] {
  return failed(
    [offers(), answer13()],
    { kind: "alert", by: "server", packet: 9, encrypted: true, after: "finished" },
    {
      negotiated: AGREED13,
      events: [record("server", 6, 900), record("client", 8, length), record("client", 8, 53), record("server", 9, 19)],
    },
  );
}

/** After the handshake the server asks for another one, and the client answers with this kind of record. */
function asksAgain(content: string): RuleCase["fires"][0] {
  const base = works();
  return {
    ...base,
    events: [
      ...base.events.filter(({ kind }) => kind !== "fin"),
      record("server", 14, 28, "handshake"),
      record("client", 15, 26, content),
      event("fin", "client", 16),
    ],
  };
}
