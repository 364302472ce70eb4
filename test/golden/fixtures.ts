/**
 * What each recorded capture must give, by its recipe (fixtures/record) and by tshark 4.0.17, never
 * by our own reading. A key that is absent from an entry is not judged; `group: null` demands that
 * there is none. Names are those of the IANA registries.
 */
import type { FailureKind, Outcome } from "../../src/handshake/handshake.ts";

export interface ExpectedHandshake {
  readonly outcome: Outcome;
  readonly failureKind?: FailureKind;
  readonly failureBy?: "client" | "server";
  /** The alert's name where it could be read; null where it was encrypted. */
  readonly alert?: string | null;
  readonly startTls?: string;
  readonly version?: string;
  readonly cipherSuite?: string;
  readonly group?: string | null;
  readonly serverName?: string | null;
  readonly resumed?: true;
  /** An attempt without any hello: only a comparison, or `list --all`, tells it. */
  readonly noHello?: true;
}

export interface Fixture {
  /** Below `fixtures/`. */
  readonly file: string;
  /** In the order of their first messages. */
  readonly handshakes: readonly ExpectedHandshake[];
}

const MAIL = { serverName: "mail.example.test" } as const;
const WWW = { serverName: "www.example.test" } as const;

const AES128 = "TLS_AES_128_GCM_SHA256";
const AES256 = "TLS_AES_256_GCM_SHA384";
const ECDSA_AES256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
const ECDSA_CHACHA = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
const MLKEM = "X25519MLKEM768";

/** TLS 1.3 up to the end, as openssl's client does it with openssl's server. */
const TLS13 = { ...WWW, outcome: "established", version: "TLS 1.3", cipherSuite: AES256, group: "x25519" } as const;
/** TLS 1.2 likewise. */
const TLS12 = { ...TLS13, version: "TLS 1.2", cipherSuite: ECDSA_AES256 } as const;
/** The same with Go's server, or Go's client, which put AES-128 first. */
const GO_TLS13 = { ...TLS13, cipherSuite: AES128 } as const;

/** The server ended the attempt after the client's hello with an alert that can be read. */
const refusedWith = (alert: string) => ({ ...WWW, outcome: "failed", failureKind: "alert", failureBy: "server", alert }) as const;

/** A client without RSA key exchange, and one with it, where the server takes nothing else. */
const RSA_REFUSED = { ...refusedWith("handshake_failure"), ...MAIL } as const;
const RSA_SERVED = {
  ...MAIL,
  outcome: "established",
  version: "TLS 1.2",
  cipherSuite: "TLS_RSA_WITH_AES_256_CBC_SHA",
  group: null,
} as const;

const one = (file: string, handshake: ExpectedHandshake): Fixture => ({ file, handshakes: [handshake] });

const pairs: readonly Fixture[] = [
  one("pairs/go-rsa-kex/go.pcap", RSA_REFUSED),
  one("pairs/go-rsa-kex/openssl.pcap", RSA_SERVED),
  one("pairs/python-rsa-kex/python.pcap", RSA_REFUSED),
  one("pairs/python-rsa-kex/openssl.pcap", RSA_SERVED),
  one("pairs/smtp-starttls/go.pcap", { ...RSA_REFUSED, startTls: "smtp" }),
  one("pairs/smtp-starttls/python.pcap", { ...RSA_REFUSED, startTls: "smtp" }),
  one("pairs/smtp-starttls/openssl.pcap", { ...RSA_SERVED, startTls: "smtp", cipherSuite: "TLS_RSA_WITH_AES_256_GCM_SHA384" }),
  one("pairs/hello-retry/openssl-retried.pcap", { ...TLS13, group: "secp384r1" }),
  one("pairs/hello-retry/openssl-direct.pcap", { ...TLS13, group: "secp384r1" }),
  one("pairs/post-quantum/go-mlkem.pcap", { ...GO_TLS13, group: MLKEM }),
  one("pairs/post-quantum/go-x25519.pcap", GO_TLS13),
  one("pairs/resumption-tls13-psk/first.pcap", TLS13),
  one("pairs/resumption-tls13-psk/second.pcap", { ...TLS13, resumed: true }),
  one("pairs/resumption-tls12-ticket/first.pcap", TLS12),
  one("pairs/resumption-tls12-ticket/second.pcap", { ...TLS12, group: null, resumed: true }),
  one("pairs/resumption-tls12-session-id/first.pcap", TLS12),
  one("pairs/resumption-tls12-session-id/second.pcap", { ...TLS12, group: null, resumed: true }),
  one("pairs/early-data/first.pcap", TLS13),
  one("pairs/early-data/second.pcap", { ...TLS13, resumed: true }),
  one("pairs/client-certificate-tls12/with.pcap", TLS12),
  one("pairs/client-certificate-tls12/without.pcap", { ...TLS12, ...refusedWith("handshake_failure") }),
  one("pairs/client-certificate-tls13/with.pcap", TLS13),
  one("pairs/client-certificate-tls13/without.pcap", {
    ...TLS13,
    outcome: "failed",
    failureKind: "alert",
    failureBy: "server",
    alert: null,
  }),
  one("pairs/both-work/default.pcap", TLS13),
  one("pairs/both-work/reordered.pcap", GO_TLS13),
  one("pairs/same-twice/first.pcap", TLS13),
  one("pairs/same-twice/second.pcap", TLS13),
  one("pairs/tls12-tls13/tls12.pcap", TLS12),
  one("pairs/tls12-tls13/tls13.pcap", TLS13),
];

const client = (name: string, differently: Partial<ExpectedHandshake> = {}): Fixture =>
  one(`captures/clients/${name}.pcap`, { ...GO_TLS13, ...differently });

const clients: readonly Fixture[] = [
  client("boringssl-curl_cffi-as-chrome-0.16.3", { group: MLKEM }),
  client("botan-2.19.3", { version: "TLS 1.2", cipherSuite: ECDSA_CHACHA }),
  client("chromium-156.0.8078.79", { group: MLKEM }),
  client("curl-7.88.1"),
  client("erlang-25.2.3"),
  client("firefox-153.7.0esr", { group: MLKEM }),
  client("gnutls-3.7.9"),
  client("go-1.21.13"),
  client("go-1.23.4"),
  client("go-1.26.8", { group: MLKEM }),
  client("java-openjdk-17.0.15"),
  client("java-temurin-25.0.3"),
  client("luasec-1.2.0"),
  client("mbedtls-2.28.3", { version: "TLS 1.2", cipherSuite: ECDSA_CHACHA, group: "secp521r1" }),
  client("node-20.20.2"),
  client("node-24.21.0", { group: MLKEM }),
  client("nss-3.87.1"),
  client("openssl-3.0.19"),
  client("perl-io-socket-ssl-2.081"),
  client("php-8.2.36"),
  client("python-3.13.0"),
  client("python-3.6.15"),
  client("ruby-3.1.7"),
  client("rustls-0.23.31", { group: MLKEM }),
  client("wget-1.21.3"),
  client("wolfssl-5.5.4", { group: "secp256r1" }),
];

/** The client refused the server's certificate. */
const UNKNOWN_CA = { ...TLS13, outcome: "failed", failureKind: "alert", failureBy: "client", alert: "unknown_ca" } as const;

const failures: readonly Fixture[] = [
  one("captures/failures/server-only-tls10.pcap", refusedWith("protocol_version")),
  one("captures/failures/client-only-tls12.pcap", refusedWith("protocol_version")),
  one("captures/failures/unknown-ca-tls12.pcap", {
    ...UNKNOWN_CA,
    version: "TLS 1.2",
    cipherSuite: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  }),
  one("captures/failures/unknown-ca-tls13.pcap", { ...UNKNOWN_CA, group: "secp521r1" }),
  one("captures/failures/unknown-ca-tls13-encrypted.pcap", { ...UNKNOWN_CA, cipherSuite: AES128, alert: null }),
  one("captures/failures/alpn-mismatch.pcap", refusedWith("no_application_protocol")),
  one("captures/failures/unrecognized-name.pcap", { ...refusedWith("unrecognized_name"), serverName: "other.example.test" }),
  one("captures/failures/no-common-group.pcap", refusedWith("handshake_failure")),
  one("captures/failures/no-common-suite.pcap", refusedWith("handshake_failure")),
  one("captures/failures/reset-after-hello.pcap", { ...WWW, outcome: "failed", failureKind: "reset", failureBy: "server" }),
  one("captures/failures/close-after-hello.pcap", { ...WWW, outcome: "failed", failureKind: "close", failureBy: "server" }),
  one("captures/failures/silence.pcap", { ...WWW, outcome: "failed", failureKind: "timeout" }),
  one("captures/failures/http-on-tls-port.pcap", { ...WWW, outcome: "failed", failureKind: "not-tls", failureBy: "server" }),
  one("captures/failures/tls-to-starttls-port.pcap", { ...MAIL, outcome: "failed", failureKind: "not-tls", failureBy: "server" }),
  one("captures/failures/refused.pcap", { outcome: "failed", failureKind: "refused", failureBy: "server", noHello: true }),
  one("captures/failures/starttls-refused.pcap", {
    outcome: "failed",
    failureKind: "starttls-refused",
    failureBy: "server",
    startTls: "smtp",
    noHello: true,
  }),
  // Refused, and the hello is sent all the same: what came after it is not TLS.
  one("captures/failures/starttls-refused-hello-sent.pcap", {
    ...MAIL,
    outcome: "failed",
    failureKind: "not-tls",
    failureBy: "server",
    startTls: "smtp",
  }),
];

const networks: readonly Fixture[] = [
  one("captures/hello-retry/go-mlkem-to-p384.pcap", { ...GO_TLS13, group: "secp384r1" }),
  one("captures/ech/go-accepted-after-retry.pcap", { ...GO_TLS13, group: "secp384r1", serverName: "other.example.test" }),
  one("captures/ech/chrome-grease-after-retry.pcap", { ...GO_TLS13, group: "secp384r1" }),
  one("captures/ech/chrome-grease-tls12.pcap", { ...TLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" }),
  one("captures/network/retransmitted.pcap", GO_TLS13),
  one("captures/network/out-of-order.pcap", GO_TLS13),
  one("captures/network/ip-fragments.pcap", GO_TLS13),
  one("captures/network/ipv6.pcap", { ...GO_TLS13, serverName: "www6.example.test" }),
  { file: "captures/network/port-reused.pcap", handshakes: [TLS13, TLS13] },
  { file: "captures/several/go-openssl-python.pcap", handshakes: [RSA_REFUSED, RSA_SERVED, RSA_REFUSED] },
  one("captures/records/hello-over-six-records.pcap", TLS13),
  one("captures/resumption/tls12-ticket-refused.pcap", TLS12),
  one("captures/resumption/tls13-psk-refused.pcap", TLS13),
];

/** DTLS 1.2 up to the end, as openssl's client does it with openssl's server and an RSA certificate. */
const DTLS12 = { ...TLS12, version: "DTLS 1.2", cipherSuite: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" } as const;

const datagrams: readonly Fixture[] = [
  one("captures/dtls/openssl-cookie-fragments.pcap", DTLS12),
  one("captures/dtls/openssl-dtls10.pcap", { ...DTLS12, version: "DTLS 1.0", cipherSuite: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA" }),
  one("captures/dtls/gnutls-no-cookie.pcap", { ...DTLS12, group: "secp256r1" }),
  one("captures/dtls/no-common-suite.pcap", refusedWith("handshake_failure")),
  one("captures/dtls/silence.pcap", { ...WWW, outcome: "failed", failureKind: "timeout", failureBy: "server" }),
  one("captures/quic/v1.pcap", { ...TLS13, group: "secp256r1" }),
  one("captures/quic/retry.pcap", { ...TLS13, group: "secp256r1" }),
  one("captures/quic/v1-to-v2.pcap", { ...TLS13, group: "secp256r1" }),
  one("captures/quic/version-negotiation.pcap", { ...WWW, outcome: "failed", failureKind: "version-negotiation", failureBy: "server" }),
  one("captures/quic/alpn-mismatch.pcap", { ...refusedWith("no_application_protocol"), failureKind: "transport-error" }),
  one("captures/quic/unknown-ca.pcap", { ...refusedWith("bad_certificate"), failureKind: "transport-error", failureBy: "client" }),
];

const forms: readonly Fixture[] = [
  one("captures/forms/nanoseconds.pcap", TLS13),
  one("captures/forms/any-device-sll.pcap", TLS13),
  one("captures/forms/any-device-sll2.pcap", TLS13),
  one("captures/forms/snaplen-96.pcap", { outcome: "incomplete" }),
  one("captures/forms/server-side-only.pcap", { ...TLS13, outcome: "incomplete", serverName: null }),
  one("captures/forms/client-side-only.pcap", { ...WWW, outcome: "incomplete", group: null }),
  { file: "captures/forms/two-devices.pcapng", handshakes: [TLS13, TLS13] },
  one("captures/forms/go.snoop", RSA_REFUSED),
  one("captures/forms/go.pcapng", RSA_REFUSED),
  one("captures/forms/go.pcap.gz", RSA_REFUSED),
  one("captures/forms/go.pcap.zst", RSA_REFUSED),
  one("captures/forms/vlan.pcap", RSA_REFUSED),
  one("captures/forms/qinq.pcap", RSA_REFUSED),
  one("captures/forms/began-after-syn.pcap", RSA_SERVED),
  one("captures/forms/began-after-hello.pcap", { ...RSA_SERVED, serverName: null }),
  one("captures/forms/cut-file.pcap", { ...RSA_SERVED, outcome: "incomplete" }),
];

/** Every capture below `fixtures/`. */
export const fixtures: readonly Fixture[] = [...pairs, ...clients, ...failures, ...networks, ...datagrams, ...forms];
