/**
 * What each recorded capture must give, by its recipe (fixtures/record) and by tshark 4.0.17, never
 * by our own reading. A key that is absent from an entry is not judged; `group: null` demands that
 * there is none. Names are those of the IANA registries.
 */
import type { FailureKind, Outcome } from "../../src/handshake/handshake.ts";

export interface ExpectedHandshake {
  readonly outcome: Outcome;
  readonly failureKind?: FailureKind;
  readonly failureBy?: "client" | "server" | "path";
  /** The alert's name where it could be read; null where it was encrypted. */
  readonly alert?: string | null;
  readonly startTls?: string;
  readonly via?: string;
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
const GO_MLKEM = { ...GO_TLS13, group: MLKEM } as const;

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
  // Refused, and the hello is sent all the same.
  one("captures/failures/starttls-refused-hello-sent.pcap", {
    ...MAIL,
    outcome: "failed",
    failureKind: "starttls-refused",
    failureBy: "server",
    startTls: "smtp",
  }),
];

/** TLS 1.3 on a connection that began in plaintext. */
const upgraded = (startTls: string) => ({ ...TLS13, ...MAIL, startTls }) as const;
/** Refused, and the client gave up without a hello. */
const upgradeRefused = (startTls: string) =>
  ({ outcome: "failed", failureKind: "starttls-refused", failureBy: "server", startTls, noHello: true }) as const;
/** Refused, and the hello was sent all the same; the refusal was first. */
const helloSent = (startTls: string) =>
  ({ ...MAIL, outcome: "failed", failureKind: "starttls-refused", failureBy: "server", startTls }) as const;

const startTls: readonly Fixture[] = [
  one("captures/starttls/smtp-swaks.pcap", upgraded("smtp")),
  one("captures/starttls/smtp-msmtp.pcap", { ...upgraded("smtp"), group: "secp256r1" }),
  one("captures/starttls/smtp-refused.pcap", upgradeRefused("smtp")),
  one("captures/starttls/smtp-refused-hello-sent.pcap", helloSent("smtp")),
  one("captures/starttls/lmtp-openssl.pcap", upgraded("lmtp")),
  one("captures/starttls/imap-openssl.pcap", upgraded("imap")),
  one("captures/starttls/imap-python.pcap", upgraded("imap")),
  one("captures/starttls/imap-refused-hello-sent.pcap", helloSent("imap")),
  one("captures/starttls/pop3-python.pcap", upgraded("pop3")),
  one("captures/starttls/pop3-refused-hello-sent.pcap", helloSent("pop3")),
  one("captures/starttls/sieve-openssl.pcap", upgraded("sieve")),
  one("captures/starttls/sieve-refused.pcap", upgradeRefused("sieve")),
  // The connection for data begins with TLS and resumes the session.
  { file: "captures/starttls/ftp-curl.pcap", handshakes: [upgraded("ftp"), { ...TLS13, ...MAIL, resumed: true }] },
  one("captures/starttls/ftp-refused.pcap", upgradeRefused("ftp")),
  one("captures/starttls/nntp-openssl.pcap", upgraded("nntp")),
  one("captures/starttls/nntp-refused.pcap", upgradeRefused("nntp")),
  // A HelloRetryRequest: the client's first share is of x25519.
  // The client leaves with its Finished; that the server takes it does not show.
  one("captures/starttls/irc-openssl.pcap", { ...upgraded("irc"), group: "secp256r1", outcome: "incomplete" }),
  one("captures/starttls/irc-irssi.pcap", { ...upgraded("irc"), group: "secp256r1" }),
  one("captures/starttls/xmpp-openssl.pcap", upgraded("xmpp")),
  one("captures/starttls/xmpp-server-openssl.pcap", upgraded("xmpp")),
  one("captures/starttls/ldap-ldapsearch.pcap", { ...upgraded("ldap"), group: "secp256r1" }),
  one("captures/starttls/ldap-refused.pcap", upgradeRefused("ldap")),
  // Likewise a HelloRetryRequest.
  one("captures/starttls/postgresql-psql.pcap", { ...upgraded("postgresql"), group: "secp256r1" }),
  one("captures/starttls/postgresql-refused.pcap", upgradeRefused("postgresql")),
  one("captures/starttls/mysql-mariadb.pcap", { ...upgraded("mysql"), serverName: null }),
  one("captures/starttls/mysql-pymysql.pcap", upgraded("mysql")),
  // The server's greeting does not offer it: the client leaves without a word.
  one("captures/starttls/mysql-refused.pcap", upgradeRefused("mysql")),
  one("captures/starttls/rdp-freerdp.pcap", upgraded("rdp")),
  one("captures/starttls/rdp-refused.pcap", upgradeRefused("rdp")),
];

/** TLS 1.3 with Go's server through a proxy. */
const through = (name: string, via: string) => one(`captures/proxy/${name}.pcap`, { ...GO_TLS13, via });
/** The proxy opened no tunnel, and no hello was sent. */
const tunnelRefused = (name: string, via: string) =>
  one(`captures/proxy/${name}.pcap`, { outcome: "failed", failureKind: "proxy", failureBy: "path", via, noHello: true });

const proxies: readonly Fixture[] = [
  through("connect-squid", "http-connect"),
  through("connect-squid-password", "http-connect"),
  // 407 first, then the same with a password on the same connection.
  through("connect-anyauth", "http-connect"),
  through("connect-tinyproxy", "http-connect"),
  tunnelRefused("connect-squid-403", "http-connect"),
  tunnelRefused("connect-squid-407", "http-connect"),
  tunnelRefused("connect-squid-503", "http-connect"),
  tunnelRefused("connect-tinyproxy-403", "http-connect"),
  through("socks5-dante", "socks5"),
  through("socks5-dante-name", "socks5"),
  through("socks5-microsocks-password", "socks5"),
  through("socks5-ssh", "socks5"),
  tunnelRefused("socks5-wrong-password", "socks5"),
  tunnelRefused("socks5-no-method", "socks5"),
  tunnelRefused("socks5-refused", "socks5"),
  tunnelRefused("socks5-connection-refused", "socks5"),
  through("socks4-dante", "socks4"),
  through("socks4-ssh", "socks4"),
  through("socks4a-ssh", "socks4"),
  tunnelRefused("socks4-refused", "socks4"),
  tunnelRefused("socks4a-refused", "socks4"),
  one("captures/proxy/proxy-v1-haproxy.pcap", { ...TLS13, via: "proxy-v1" }),
  one("captures/proxy/proxy-v1-haproxy-ipv6.pcap", { ...TLS13, via: "proxy-v1" }),
  one("captures/proxy/proxy-v2-haproxy.pcap", { ...TLS13, via: "proxy-v2" }),
  one("captures/proxy/proxy-v2-haproxy-ipv6.pcap", { ...TLS13, via: "proxy-v2" }),
  one("captures/proxy/proxy-v2-haproxy-options.pcap", { ...TLS13, via: "proxy-v2" }),
  one("captures/proxy/connect-starttls.pcap", { ...TLS13, via: "http-connect", startTls: "imap" }),
  one("captures/proxy/proxy-v1-starttls.pcap", { ...TLS13, via: "proxy-v1", startTls: "imap" }),
  one("captures/proxy/proxy-v2-starttls.pcap", { ...TLS13, via: "proxy-v2", startTls: "imap" }),
  // The server takes the line for TLS and closes.
  one("captures/proxy/proxy-v1-unaware.pcap", {
    ...WWW,
    outcome: "failed",
    failureKind: "close",
    failureBy: "server",
    via: "proxy-v1",
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
/** DTLS 1.3 by wolfSSL. */
const DTLS13 = { ...GO_TLS13, version: "DTLS 1.3", group: "secp256r1" } as const;

const datagrams: readonly Fixture[] = [
  one("captures/dtls/openssl-cookie-fragments.pcap", DTLS12),
  one("captures/dtls/openssl-dtls10.pcap", { ...DTLS12, version: "DTLS 1.0", cipherSuite: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA" }),
  one("captures/dtls/gnutls-no-cookie.pcap", { ...DTLS12, group: "secp256r1" }),
  one("captures/dtls/no-common-suite.pcap", refusedWith("handshake_failure")),
  one("captures/dtls/silence.pcap", { ...WWW, outcome: "failed", failureKind: "timeout", failureBy: "server" }),
  one("captures/dtls/openssl-cbc-no-etm.pcap", { ...DTLS12, cipherSuite: "TLS_RSA_WITH_AES_128_CBC_SHA", group: null }),
  one("captures/dtls/openssl-client-certificate.pcap", DTLS12),
  one("captures/dtls/openssl-client-certificate-missing.pcap", { ...DTLS12, ...refusedWith("handshake_failure") }),
  { file: "captures/dtls/openssl-resumed.pcap", handshakes: [DTLS12, { ...DTLS12, group: null, resumed: true }] },
  one("captures/dtls/pion-ccm.pcap", { ...DTLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM" }),
  one("captures/dtls/pion-cbc.pcap", { ...DTLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA" }),
  one("captures/dtls/pion-cid.pcap", { ...DTLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" }),
  one("captures/dtls/pion-cid-one-way.pcap", { ...DTLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" }),
  one("captures/dtls/pion-psk.pcap", { ...DTLS12, cipherSuite: "TLS_PSK_WITH_AES_128_CCM_8", group: null }),
  one("captures/dtls/pion-no-common-suite.pcap", refusedWith("insufficient_security")),
  one("captures/dtls/wolfssl-dtls13.pcap", DTLS13),
  one("captures/dtls/wolfssl-dtls13-no-cookie.pcap", DTLS13),
  one("captures/dtls/wolfssl-dtls13-client-certificate.pcap", DTLS13),
  one("captures/dtls/wolfssl-dtls13-cid.pcap", DTLS13),
  one("captures/dtls/wolfssl-dtls13-no-common-suite.pcap", { ...WWW, outcome: "failed", failureKind: "timeout", failureBy: "server" }),
  one("captures/quic/v1.pcap", { ...TLS13, group: "secp256r1" }),
  one("captures/quic/retry.pcap", { ...TLS13, group: "secp256r1" }),
  one("captures/quic/v1-to-v2.pcap", { ...TLS13, group: "secp256r1" }),
  one("captures/quic/version-negotiation.pcap", { ...WWW, outcome: "failed", failureKind: "version-negotiation", failureBy: "server" }),
  one("captures/quic/alpn-mismatch.pcap", { ...refusedWith("no_application_protocol"), failureKind: "transport-error" }),
  one("captures/quic/unknown-ca.pcap", { ...refusedWith("bad_certificate"), failureKind: "transport-error", failureBy: "client" }),
  one("captures/quic/go.pcap", GO_MLKEM),
  one("captures/quic/go-retry.pcap", GO_MLKEM),
  { file: "captures/quic/go-early-data.pcap", handshakes: [GO_MLKEM, { ...GO_MLKEM, resumed: true }] },
  one("captures/quic/go-v2.pcap", GO_MLKEM),
  // Version 1 first, then version 2 after a Version Negotiation packet, from the same port.
  one("captures/quic/go-version-negotiation.pcap", GO_MLKEM),
  one("captures/quic/go-client-certificate.pcap", GO_MLKEM),
  // The server's CONNECTION_CLOSE is in 1-RTT packets: without the keys nothing tells it from anything else.
  one("captures/quic/go-client-certificate-missing.pcap", { ...GO_MLKEM, outcome: "incomplete" }),
  one("captures/quic/go-alpn-mismatch.pcap", { ...refusedWith("no_application_protocol"), failureKind: "transport-error" }),
  one("captures/quic/go-unknown-authority.pcap", {
    ...refusedWith("bad_certificate"),
    failureKind: "transport-error",
    failureBy: "client",
  }),
  one("captures/quic/go-no-answer.pcap", { ...WWW, outcome: "failed", failureKind: "timeout", failureBy: "server" }),
  one("captures/quic/chromium.pcap", GO_MLKEM),
];

/** Key logs: what is seen without them. What they open stands in `keyed.ts`. */
const keyLog = (name: string, handshake: ExpectedHandshake): Fixture => one(`captures/keylog/${name}.pcap`, handshake);
const RSA_SUITE = { ...TLS12, group: null } as const;

const keyLogs: readonly Fixture[] = [
  keyLog("tls13-aes256-gcm", TLS13),
  keyLog("tls13-aes128-gcm", GO_TLS13),
  keyLog("tls13-chacha20", { ...TLS13, cipherSuite: "TLS_CHACHA20_POLY1305_SHA256" }),
  keyLog("tls13-aes128-ccm", { ...TLS13, cipherSuite: "TLS_AES_128_CCM_SHA256" }),
  keyLog("tls13-aes128-ccm-8", { ...TLS13, cipherSuite: "TLS_AES_128_CCM_8_SHA256" }),
  keyLog("tls13-client-certificate", TLS13),
  keyLog("tls13-hello-retry", { ...TLS13, group: "secp384r1" }),
  keyLog("tls13-gnutls", { ...TLS13, group: "secp256r1" }),
  keyLog("tls13-key-update", TLS13),
  { file: "captures/keylog/tls13-early-data.pcap", handshakes: [TLS13, { ...TLS13, resumed: true }] },
  { file: "captures/keylog/tls13-early-data-rejected.pcap", handshakes: [TLS13, { ...TLS13, resumed: true }, TLS13] },
  keyLog("tls12-aes128-gcm", { ...TLS12, cipherSuite: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" }),
  keyLog("tls12-aes256-gcm-rsa", { ...RSA_SUITE, cipherSuite: "TLS_RSA_WITH_AES_256_GCM_SHA384" }),
  keyLog("tls12-chacha20", { ...TLS12, cipherSuite: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256" }),
  keyLog("tls12-aes128-ccm", { ...TLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM" }),
  keyLog("tls12-aes256-ccm-8", { ...TLS12, cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8" }),
  keyLog("tls12-cbc-etm", { ...RSA_SUITE, cipherSuite: "TLS_RSA_WITH_AES_256_CBC_SHA" }),
  keyLog("tls12-cbc-no-etm", { ...RSA_SUITE, cipherSuite: "TLS_RSA_WITH_AES_256_CBC_SHA" }),
  keyLog("tls12-cbc-sha256", { ...TLS12, cipherSuite: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256" }),
  keyLog("tls12-cbc-sha384", { ...TLS12, cipherSuite: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384" }),
  keyLog("tls12-dhe-aes128-gcm", {
    ...WWW,
    outcome: "established",
    version: "TLS 1.2",
    cipherSuite: "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
  }),
  keyLog("tls12-aria-gcm", { ...TLS12, cipherSuite: "TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256" }),
  keyLog("tls12-camellia-cbc", { ...RSA_SUITE, cipherSuite: "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA" }),
  keyLog("tls12-3des", { ...RSA_SUITE, cipherSuite: "TLS_RSA_WITH_3DES_EDE_CBC_SHA" }),
  keyLog("tls11-cbc", { ...RSA_SUITE, version: "TLS 1.1", cipherSuite: "TLS_RSA_WITH_AES_128_CBC_SHA" }),
  keyLog("tls10-cbc-no-etm", { ...RSA_SUITE, version: "TLS 1.0", cipherSuite: "TLS_RSA_WITH_AES_128_CBC_SHA" }),
  // The second handshake goes under the keys of the first.
  keyLog("tls12-renegotiation", TLS12),
  { file: "captures/keylog/tls12-resumed.pcap", handshakes: [TLS12, { ...TLS12, group: null, resumed: true }] },
  keyLog("bad-certificate", { ...GO_TLS13, outcome: "failed", failureKind: "alert", failureBy: "client", alert: null }),
  keyLog("hostname-mismatch", {
    ...GO_TLS13,
    serverName: "other.example.test",
    outcome: "failed",
    failureKind: "alert",
    failureBy: "client",
    alert: null,
  }),
  keyLog("certificate-required", { ...TLS13, outcome: "failed", failureKind: "alert", failureBy: "server", alert: null }),
  keyLog("go-alpn", GO_TLS13),
  keyLog("compressed-zlib", { ...TLS13, group: MLKEM }),
  keyLog("compressed-brotli", { ...TLS13, group: MLKEM }),
  keyLog("compressed-zstd", { ...TLS13, group: MLKEM }),
  keyLog("compressed-both-ways", { ...TLS13, group: MLKEM }),
  keyLog("compressed-chromium", { ...GO_TLS13, group: MLKEM }),
  // The name in the outer hello.
  one("captures/ech/accepted.pcap", { ...TLS13, serverName: "public.example.test" }),
  one("captures/ech/accepted-hello-retry.pcap", { ...TLS13, serverName: "public.example.test", group: "secp384r1" }),
  one("captures/ech/refused.pcap", {
    ...TLS13,
    serverName: "public.example.test",
    outcome: "failed",
    failureKind: "alert",
    failureBy: "client",
    alert: "ech_required",
  }),
  one("captures/ech/grease.pcap", TLS13),
  one("captures/keylog/embedded-keys.pcapng", TLS13),
  keyLog("wrong-keys", TLS13),
  one("pairs/keylog-certificates/rsa.pcap", TLS13),
  one("pairs/keylog-certificates/ecdsa.pcap", TLS13),
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
export const fixtures: readonly Fixture[] = [
  ...pairs,
  ...clients,
  ...failures,
  ...startTls,
  ...proxies,
  ...networks,
  ...datagrams,
  ...keyLogs,
  ...forms,
];
