/**
 * THE list of causes: a new one is a file of this folder and a line here. Among equally sure findings the order decides:
 * what the capture shows beyond doubt comes before what is inferred, and families of causes come after their members.
 */
import type { Rule } from "../contract.ts";
import { accessDenied } from "./access-denied.ts";
import { alpnMismatch } from "./alpn-mismatch.ts";
import { alpnMismatchTls13Encrypted } from "./alpn-mismatch-tls13-encrypted.ts";
import { alpnRequiredMissing } from "./alpn-required-missing.ts";
import { badRecordMac } from "./bad-record-mac.ts";
import { badServerSignature } from "./bad-server-signature.ts";
import { cbcOnlyServer } from "./cbc-only-server.ts";
import { certBrainpool } from "./cert-brainpool.ts";
import { certChainOrder } from "./cert-chain-order.ts";
import { certEkuMismatch } from "./cert-eku-mismatch.ts";
import { certExpired } from "./cert-expired.ts";
import { certKeyTooSmall } from "./cert-key-too-small.ts";
import { certKeyUsage } from "./cert-key-usage.ts";
import { certNegativeSerial } from "./cert-negative-serial.ts";
import { certNotYetValid } from "./cert-not-yet-valid.ts";
import { certP521 } from "./cert-p521.ts";
import { certRevoked } from "./cert-revoked.ts";
import { certRsaTooLarge } from "./cert-rsa-too-large.ts";
import { certSha1Signature } from "./cert-sha1-signature.ts";
import { certX509Strict } from "./cert-x509-strict.ts";
import { certificateKeyNotAccepted } from "./certificate-key-not-accepted.ts";
import { chachaOnly } from "./chacha-only.ts";
import { chainTooLongJava } from "./chain-too-long-java.ts";
import { clientCertCaNamesMismatch } from "./client-cert-ca-names-mismatch.ts";
import { clientCertExpired } from "./client-cert-expired.ts";
import { clientCertMissingChain } from "./client-cert-missing-chain.ts";
import { clientCertMissingTls12 } from "./client-cert-missing-tls12.ts";
import { clientCertMissingTls13 } from "./client-cert-missing-tls13.ts";
import { clientCertSigalgMismatch } from "./client-cert-sigalg-mismatch.ts";
import { clientCertUnknownCa } from "./client-cert-unknown-ca.ts";
import { clientCertWrongEku } from "./client-cert-wrong-eku.ts";
import { clientLeftDuringHandshake } from "./client-left-during-handshake.ts";
import { clientRejectsAfterHandshake } from "./client-rejects-after-handshake.ts";
import { clientRenegotiationInfoMissing } from "./client-renegotiation-info-missing.ts";
import { cnOnlyCertificate } from "./cn-only-certificate.ts";
import { compatSessionId } from "./compat-session-id.ts";
import { decodeError } from "./decode-error.ts";
import { dh512Logjam } from "./dh-512-logjam.ts";
import { dhKeyTooSmall } from "./dh-key-too-small.ts";
import { dheLeadingZero } from "./dhe-leading-zero.ts";
import { dheOnly } from "./dhe-only.ts";
import { differentServer } from "./different-server.ts";
import { downgradeSentinel } from "./downgrade-sentinel.ts";
import { earlyDataRejected } from "./early-data-rejected.ts";
import { ecPointFormats } from "./ec-point-formats.ts";
import { ecdsaCertRsaOnlyClient } from "./ecdsa-cert-rsa-only-client.ts";
import { echBlocked } from "./ech-blocked.ts";
import { echRejected } from "./ech-rejected.ts";
import { ed25519Cert } from "./ed25519-cert.ts";
import { emptyLastExtension } from "./empty-last-extension.ts";
import { emsRequired } from "./ems-required.ts";
import { emsRequiredByServer } from "./ems-required-by-server.ts";
import { encryptedClientAlert } from "./encrypted-client-alert.ts";
import { encryptedServerAlert } from "./encrypted-server-alert.ts";
import { f5HelloLength } from "./f5-hello-length.ts";
import { fallbackScsv } from "./fallback-scsv.ts";
import { finAfterClientHello } from "./fin-after-client-hello.ts";
import { fragmentedClientHello } from "./fragmented-client-hello.ts";
import { greaseIntolerance } from "./grease-intolerance.ts";
import { handshakeFailureUnspecified } from "./handshake-failure-unspecified.ts";
import { handshakeMessageTooLarge } from "./handshake-message-too-large.ts";
import { helloLengthMod256 } from "./hello-length-mod-256.ts";
import { helloModifiedInTransit } from "./hello-modified-in-transit.ts";
import { helloModifiedInTransitTls13 } from "./hello-modified-in-transit-tls13.ts";
import { hostnameMismatch } from "./hostname-mismatch.ts";
import { hrrLoop } from "./hrr-loop.ts";
import { hrrSameGroup } from "./hrr-same-group.ts";
import { hrrSecondHelloReset } from "./hrr-second-hello-reset.ts";
import { httpToTlsPort } from "./http-to-tls-port.ts";
import { illegalParameter } from "./illegal-parameter.ts";
import { incompleteChain } from "./incomplete-chain.ts";
import { injectedReset } from "./injected-reset.ts";
import { insufficientSecurity } from "./insufficient-security.ts";
import { internalError } from "./internal-error.ts";
import { maxFragmentLengthMismatch } from "./max-fragment-length-mismatch.ts";
import { middleboxInjection } from "./middlebox-injection.ts";
import { missingExtensionTls13 } from "./missing-extension-tls13.ts";
import { missingSignatureAlgorithms } from "./missing-signature-algorithms.ts";
import { mustStaple } from "./must-staple.ts";
import { noAnswerTimeout } from "./no-answer-timeout.ts";
import { noCommonCipherRsaKex } from "./no-common-cipher-rsa-kex.ts";
import { noCommonCipherSuite } from "./no-common-cipher-suite.ts";
import { noCommonGroup } from "./no-common-group.ts";
import { noCommonGroupTls12 } from "./no-common-group-tls12.ts";
import { noNullCompression } from "./no-null-compression.ts";
import { notTls } from "./not-tls.ts";
import { plaintextHttpOnTls } from "./plaintext-http-on-tls.ts";
import { plaintextSmtpBanner } from "./plaintext-smtp-banner.ts";
import { pmtuBlackHole } from "./pmtu-black-hole.ts";
import { postHandshakeAuthUnsupported } from "./post-handshake-auth-unsupported.ts";
import { pqGroupIntolerance } from "./pq-group-intolerance.ts";
import { pqLargeHelloRst } from "./pq-large-hello-rst.ts";
import { pqLargeHelloTimeout } from "./pq-large-hello-timeout.ts";
import { protocolVersionTooHigh } from "./protocol-version-too-high.ts";
import { protocolVersionTooLow } from "./protocol-version-too-low.ts";
import { proxyConnectRefused } from "./proxy-connect-refused.ts";
import { proxyProtocolExpected } from "./proxy-protocol-expected.ts";
import { pskBinderMismatch } from "./psk-binder-mismatch.ts";
import { pskKeyMismatchTls12 } from "./psk-key-mismatch-tls12.ts";
import { quicAlpnMismatch } from "./quic-alpn-mismatch.ts";
import { quicTransportError } from "./quic-transport-error.ts";
import { quicVersionNegotiation } from "./quic-version-negotiation.ts";
import { rc4Only } from "./rc4-only.ts";
import { recordOverflow } from "./record-overflow.ts";
import { recordSizeLimit } from "./record-size-limit.ts";
import { recordVersionIntolerance } from "./record-version-intolerance.ts";
import { renegotiationRefused } from "./renegotiation-refused.ts";
import { rsaPssCert } from "./rsa-pss-cert.ts";
import { rstAfterClientHello } from "./rst-after-client-hello.ts";
import { selfSigned } from "./self-signed.ts";
import { serverCurveNotOffered } from "./server-curve-not-offered.ts";
import { serverOnlyOldTlsAlert } from "./server-only-old-tls-alert.ts";
import { serverOnlyOldTlsServerhello } from "./server-only-old-tls-serverhello.ts";
import { serverSigalgNotOffered } from "./server-sigalg-not-offered.ts";
import { serverSuiteNotOffered } from "./server-suite-not-offered.ts";
import { serverUnsolicitedAlpn } from "./server-unsolicited-alpn.ts";
import { sessionIdNotEchoed } from "./session-id-not-echoed.ts";
import { sessionResumptionMismatch } from "./session-resumption-mismatch.ts";
import { sigalgSha1Only } from "./sigalg-sha1-only.ts";
import { sniAutocertInternalError } from "./sni-autocert-internal-error.ts";
import { sniDefaultCertificate } from "./sni-default-certificate.ts";
import { sniIpLiteral } from "./sni-ip-literal.ts";
import { sniJavaUnderscore } from "./sni-java-underscore.ts";
import { sniMissing } from "./sni-missing.ts";
import { sniUnderscoreGnutls } from "./sni-underscore-gnutls.ts";
import { sniUnrecognizedName } from "./sni-unrecognized-name.ts";
import { sslv2Hello } from "./sslv2-hello.ts";
import { starttlsRefused } from "./starttls-refused.ts";
import { tcpRefused } from "./tcp-refused.ts";
import { tcpSynTimeout } from "./tcp-syn-timeout.ts";
import { tlsFingerprintBlocking } from "./tls-fingerprint-blocking.ts";
import { tls13SuiteMismatch } from "./tls13-suite-mismatch.ts";
import { tripledesOnly } from "./tripledes-only.ts";
import { unexpectedMessage } from "./unexpected-message.ts";
import { unknownCa } from "./unknown-ca.ts";
import { unrecognizedNameWarning } from "./unrecognized-name-warning.ts";
import { unsafeLegacyRenegotiation } from "./unsafe-legacy-renegotiation.ts";
import { unsupportedExtension } from "./unsupported-extension.ts";
import { userCanceled } from "./user-canceled.ts";
import { versionIntolerantServer } from "./version-intolerant-server.ts";

/** Every rule. */
export const RULES: readonly Rule[] = [
  differentServer,
  tcpRefused,
  tcpSynTimeout,
  proxyConnectRefused,
  starttlsRefused,
  proxyProtocolExpected,
  plaintextSmtpBanner,
  middleboxInjection,
  plaintextHttpOnTls,
  httpToTlsPort,
  notTls,
  sslv2Hello,
  quicVersionNegotiation,
  quicAlpnMismatch,
  downgradeSentinel,
  fallbackScsv,
  hrrLoop,
  hrrSameGroup,
  serverSuiteNotOffered,
  serverOnlyOldTlsServerhello,
  serverOnlyOldTlsAlert,
  protocolVersionTooLow,
  protocolVersionTooHigh,
  noNullCompression,
  ecPointFormats,
  missingExtensionTls13,
  sessionIdNotEchoed,
  maxFragmentLengthMismatch,
  serverUnsolicitedAlpn,
  serverCurveNotOffered,
  serverSigalgNotOffered,
  unsupportedExtension,
  unrecognizedNameWarning,
  dh512Logjam,
  dhKeyTooSmall,
  chainTooLongJava,
  handshakeMessageTooLarge,
  recordSizeLimit,
  recordOverflow,
  noCommonCipherRsaKex,
  dheOnly,
  tripledesOnly,
  rc4Only,
  chachaOnly,
  cbcOnlyServer,
  tls13SuiteMismatch,
  noCommonCipherSuite,
  ecdsaCertRsaOnlyClient,
  certBrainpool,
  noCommonGroup,
  noCommonGroupTls12,
  sigalgSha1Only,
  missingSignatureAlgorithms,
  ed25519Cert,
  certP521,
  rsaPssCert,
  certificateKeyNotAccepted,
  alpnMismatch,
  sniIpLiteral,
  sniUnderscoreGnutls,
  sniUnrecognizedName,
  sniJavaUnderscore,
  sniAutocertInternalError,
  sniMissing,
  emsRequiredByServer,
  clientRenegotiationInfoMissing,
  unsafeLegacyRenegotiation,
  emsRequired,
  certChainOrder,
  certRevoked,
  certNegativeSerial,
  certRsaTooLarge,
  certExpired,
  certNotYetValid,
  mustStaple,
  certEkuMismatch,
  certKeyUsage,
  certSha1Signature,
  certKeyTooSmall,
  cnOnlyCertificate,
  sniDefaultCertificate,
  hostnameMismatch,
  certX509Strict,
  selfSigned,
  incompleteChain,
  unknownCa,
  badServerSignature,
  clientCertCaNamesMismatch,
  clientCertSigalgMismatch,
  clientCertMissingTls12,
  clientCertMissingTls13,
  clientCertExpired,
  clientCertWrongEku,
  clientCertMissingChain,
  clientCertUnknownCa,
  accessDenied,
  pskBinderMismatch,
  pskKeyMismatchTls12,
  earlyDataRejected,
  sessionResumptionMismatch,
  renegotiationRefused,
  postHandshakeAuthUnsupported,
  hrrSecondHelloReset,
  versionIntolerantServer,
  compatSessionId,
  fragmentedClientHello,
  emptyLastExtension,
  echBlocked,
  pqLargeHelloRst,
  pqLargeHelloTimeout,
  greaseIntolerance,
  pqGroupIntolerance,
  recordVersionIntolerance,
  f5HelloLength,
  helloLengthMod256,
  injectedReset,
  pmtuBlackHole,
  helloModifiedInTransit,
  helloModifiedInTransitTls13,
  badRecordMac,
  dheLeadingZero,
  echRejected,
  alpnMismatchTls13Encrypted,
  alpnRequiredMissing,
  clientRejectsAfterHandshake,
  encryptedClientAlert,
  encryptedServerAlert,
  rstAfterClientHello,
  finAfterClientHello,
  noAnswerTimeout,
  tlsFingerprintBlocking,
  quicTransportError,
  userCanceled,
  insufficientSecurity,
  internalError,
  illegalParameter,
  decodeError,
  unexpectedMessage,
  clientLeftDuringHandshake,
  handshakeFailureUnspecified,
];
