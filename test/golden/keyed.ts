/**
 * What the keys beside a capture open, by tshark 4.4.19 (`-o tls.keylog_file:NAME.keylog`), never by our own reading. The messages of
 * each handshake in order, `>` by the client and `<` by the server; fragments and what is sent again count once, close_notify and
 * acknowledgements are left out. Where tshark loses the way the recipe fills in: QUIC after a Retry or after Version Negotiation, where these
 * clients say a new hello; hellos inside of others, whose random only the key log has; ARIA.
 */
export interface Keyed {
  /** Below `fixtures/`. */
  readonly file: string;
  readonly handshakes: readonly string[];
  /** In EncryptedExtensions. */
  readonly alpn?: string;
  /** What the server made of an Encrypted Client Hello. */
  readonly ech?: "accepted" | "rejected";
}

const NO_TICKET = "> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > finished";
const ONE_TICKET =
  "> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > finished < new_session_ticket";
const TWO_TICKETS =
  "> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > finished < new_session_ticket new_session_ticket";
const RESUMED = "> client_hello < server_hello encrypted_extensions finished > end_of_early_data finished < new_session_ticket";
const RETRIED =
  "> client_hello < server_hello > client_hello < server_hello encrypted_extensions certificate certificate_verify finished > finished < new_session_ticket";
const COMPRESSED =
  "> client_hello < server_hello encrypted_extensions compressed_certificate certificate_verify finished > finished < new_session_ticket new_session_ticket";
const RSA = "> client_hello < server_hello certificate server_hello_done > client_key_exchange finished < new_session_ticket finished";
const ECDHE =
  "> client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < new_session_ticket finished";
const RSA_ASKED =
  "> client_hello < server_hello certificate certificate_request server_hello_done > certificate client_key_exchange finished < new_session_ticket finished";
const REFUSED = "> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > alert bad_certificate";

/** Every capture with keys. */
export const keyed: readonly Keyed[] = [
  {
    file: "captures/dtls/gnutls-no-cookie.pcap",
    handshakes: [
      "> client_hello < server_hello certificate server_key_exchange certificate_request server_hello_done > certificate client_key_exchange finished < new_session_ticket finished",
    ],
  },
  {
    file: "captures/dtls/openssl-cbc-no-etm.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_hello_done > client_key_exchange finished < new_session_ticket finished",
    ],
  },
  {
    file: "captures/dtls/openssl-client-certificate-missing.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange certificate_request server_hello_done > certificate client_key_exchange finished < alert handshake_failure",
    ],
  },
  {
    file: "captures/dtls/openssl-client-certificate.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange certificate_request server_hello_done > certificate client_key_exchange certificate_verify finished < new_session_ticket finished",
    ],
  },
  {
    file: "captures/dtls/openssl-cookie-fragments.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < new_session_ticket finished",
    ],
  },
  {
    file: "captures/dtls/openssl-dtls10.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < new_session_ticket finished",
    ],
  },
  {
    file: "captures/dtls/openssl-resumed.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < new_session_ticket finished",
      "> client_hello < hello_verify_request > client_hello < server_hello finished > finished",
    ],
  },
  {
    file: "captures/dtls/pion-cbc.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < finished",
    ],
  },
  {
    file: "captures/dtls/pion-ccm.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < finished",
    ],
  },
  {
    file: "captures/dtls/pion-cid-one-way.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < finished",
    ],
  },
  {
    file: "captures/dtls/pion-cid.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < finished",
    ],
  },
  {
    file: "captures/dtls/pion-psk.pcap",
    handshakes: [
      "> client_hello < hello_verify_request > client_hello < server_hello server_key_exchange server_hello_done > client_key_exchange finished < finished",
    ],
  },
  { file: "captures/dtls/wolfssl-dtls13-cid.pcap", handshakes: [RETRIED] },
  {
    file: "captures/dtls/wolfssl-dtls13-client-certificate.pcap",
    handshakes: [
      "> client_hello < server_hello > client_hello < server_hello encrypted_extensions certificate_request certificate certificate_verify finished > certificate certificate_verify finished < new_session_ticket",
    ],
  },
  { file: "captures/dtls/wolfssl-dtls13-no-cookie.pcap", handshakes: [ONE_TICKET] },
  { file: "captures/dtls/wolfssl-dtls13.pcap", handshakes: [RETRIED] },
  // The keys stand under the random of the inner hello.
  { file: "captures/ech/accepted-hello-retry.pcap", handshakes: [`> client_hello < server_hello ${TWO_TICKETS}`], ech: "accepted" },
  { file: "captures/ech/accepted.pcap", handshakes: [TWO_TICKETS], ech: "accepted" },
  { file: "captures/ech/grease.pcap", handshakes: [TWO_TICKETS], ech: "rejected" },
  {
    file: "captures/ech/refused.pcap",
    handshakes: ["> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > alert ech_required"],
    ech: "rejected",
  },
  { file: "captures/keylog/bad-certificate.pcap", handshakes: [REFUSED] },
  {
    file: "captures/keylog/certificate-required.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate_request certificate certificate_verify finished > certificate finished < alert certificate_required",
    ],
  },
  {
    file: "captures/keylog/compressed-both-ways.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate_request compressed_certificate certificate_verify finished > compressed_certificate certificate_verify finished < new_session_ticket new_session_ticket",
    ],
  },
  { file: "captures/keylog/compressed-brotli.pcap", handshakes: [COMPRESSED] },
  { file: "captures/keylog/compressed-chromium.pcap", handshakes: [COMPRESSED] },
  { file: "captures/keylog/compressed-zlib.pcap", handshakes: [COMPRESSED] },
  { file: "captures/keylog/compressed-zstd.pcap", handshakes: [COMPRESSED] },
  { file: "captures/keylog/embedded-keys.pcapng", handshakes: [TWO_TICKETS] },
  { file: "captures/keylog/go-alpn.pcap", handshakes: [TWO_TICKETS], alpn: "h2" },
  { file: "captures/keylog/hostname-mismatch.pcap", handshakes: [REFUSED] },
  { file: "captures/keylog/tls10-cbc-no-etm.pcap", handshakes: [RSA] },
  { file: "captures/keylog/tls11-cbc.pcap", handshakes: [RSA] },
  { file: "captures/keylog/tls12-3des.pcap", handshakes: [RSA_ASKED] },
  { file: "captures/keylog/tls12-aes128-ccm.pcap", handshakes: [ECDHE] },
  { file: "captures/keylog/tls12-aes128-gcm.pcap", handshakes: [ECDHE] },
  { file: "captures/keylog/tls12-aes256-ccm-8.pcap", handshakes: [ECDHE] },
  { file: "captures/keylog/tls12-aes256-gcm-rsa.pcap", handshakes: [RSA] },
  // tshark knows no ARIA.
  {
    file: "captures/keylog/tls12-aria-gcm.pcap",
    handshakes: [ECDHE],
  },
  { file: "captures/keylog/tls12-camellia-cbc.pcap", handshakes: [RSA_ASKED] },
  { file: "captures/keylog/tls12-cbc-etm.pcap", handshakes: [RSA] },
  { file: "captures/keylog/tls12-cbc-no-etm.pcap", handshakes: [RSA] },
  { file: "captures/keylog/tls12-cbc-sha256.pcap", handshakes: [ECDHE] },
  { file: "captures/keylog/tls12-cbc-sha384.pcap", handshakes: [ECDHE] },
  { file: "captures/keylog/tls12-chacha20.pcap", handshakes: [ECDHE] },
  { file: "captures/keylog/tls12-dhe-aes128-gcm.pcap", handshakes: [ECDHE] },
  {
    file: "captures/keylog/tls12-renegotiation.pcap",
    handshakes: [
      "> client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < new_session_ticket finished > client_hello < server_hello certificate server_key_exchange server_hello_done > client_key_exchange finished < new_session_ticket finished",
    ],
  },
  { file: "captures/keylog/tls12-resumed.pcap", handshakes: [ECDHE, "> client_hello < server_hello finished > finished"] },
  { file: "captures/keylog/tls13-aes128-ccm-8.pcap", handshakes: [TWO_TICKETS] },
  { file: "captures/keylog/tls13-aes128-ccm.pcap", handshakes: [TWO_TICKETS] },
  { file: "captures/keylog/tls13-aes128-gcm.pcap", handshakes: [TWO_TICKETS] },
  { file: "captures/keylog/tls13-aes256-gcm.pcap", handshakes: [TWO_TICKETS] },
  { file: "captures/keylog/tls13-chacha20.pcap", handshakes: [TWO_TICKETS] },
  {
    file: "captures/keylog/tls13-client-certificate.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate_request certificate certificate_verify finished > certificate certificate_verify finished < new_session_ticket new_session_ticket",
    ],
  },
  { file: "captures/keylog/tls13-early-data-rejected.pcap", handshakes: [TWO_TICKETS, RESUMED, TWO_TICKETS] },
  { file: "captures/keylog/tls13-early-data.pcap", handshakes: [TWO_TICKETS, RESUMED] },
  {
    file: "captures/keylog/tls13-gnutls.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate_request certificate certificate_verify finished > certificate finished < new_session_ticket new_session_ticket",
    ],
  },
  {
    file: "captures/keylog/tls13-hello-retry.pcap",
    handshakes: [
      "> client_hello < server_hello > client_hello < server_hello encrypted_extensions certificate certificate_verify finished > finished < new_session_ticket new_session_ticket",
    ],
  },
  {
    file: "captures/keylog/tls13-key-update.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > finished < new_session_ticket new_session_ticket > key_update key_update < key_update",
    ],
  },
  // Keys of another connection.
  { file: "captures/keylog/wrong-keys.pcap", handshakes: ["> client_hello < server_hello"] },
  { file: "captures/quic/chromium.pcap", handshakes: [ONE_TICKET], alpn: "h3" },
  {
    file: "captures/quic/go-client-certificate-missing.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate_request certificate certificate_verify finished > certificate finished < connection_close 0x174",
    ],
    alpn: "echo",
  },
  {
    file: "captures/quic/go-client-certificate.pcap",
    handshakes: [
      "> client_hello < server_hello encrypted_extensions certificate_request certificate certificate_verify finished > certificate certificate_verify finished < new_session_ticket",
    ],
    alpn: "echo",
  },
  {
    file: "captures/quic/go-early-data.pcap",
    handshakes: [ONE_TICKET, "> client_hello < server_hello encrypted_extensions finished > finished < new_session_ticket"],
    alpn: "echo",
  },
  { file: "captures/quic/go-retry.pcap", handshakes: [ONE_TICKET], alpn: "echo" },
  {
    file: "captures/quic/go-unknown-authority.pcap",
    handshakes: ["> client_hello < server_hello encrypted_extensions certificate certificate_verify finished > connection_close 0x12a"],
    alpn: "echo",
  },
  { file: "captures/quic/go-v2.pcap", handshakes: [ONE_TICKET], alpn: "echo" },
  {
    file: "captures/quic/go-version-negotiation.pcap",
    handshakes: [ONE_TICKET.replace("client_hello", "client_hello client_hello")],
    alpn: "echo",
  },
  { file: "captures/quic/go.pcap", handshakes: [ONE_TICKET], alpn: "echo" },
  { file: "captures/quic/retry.pcap", handshakes: [NO_TICKET.replace("client_hello", "client_hello client_hello")], alpn: "echo" },
  { file: "captures/quic/v1-to-v2.pcap", handshakes: [NO_TICKET], alpn: "echo" },
  { file: "captures/quic/v1.pcap", handshakes: [NO_TICKET], alpn: "echo" },
  { file: "pairs/keylog-certificates/ecdsa.pcap", handshakes: [TWO_TICKETS], alpn: "h2" },
  { file: "pairs/keylog-certificates/rsa.pcap", handshakes: [TWO_TICKETS], alpn: "http/1.1" },
];
