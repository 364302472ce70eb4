/** THE list of extension codecs, by number: one file each (or one for those that share a body), one line here. */
import type { ExtensionCodec } from "./contract.ts";
import { alpn } from "./alpn.ts";
import { applicationSettings, applicationSettingsOld } from "./application-settings.ts";
import { clientAuthz, serverAuthz } from "./authorization.ts";
import { cachedInfo } from "./cached-info.ts";
import { certificateAuthorities } from "./certificate-authorities.ts";
import { certType, clientCertificateType, serverCertificateType } from "./certificate-types.ts";
import { channelId, channelIdOld } from "./channel-id.ts";
import { clientCertificateUrl } from "./client-certificate-url.ts";
import { compressCertificate } from "./compress-certificate.ts";
import { connectionId, connectionIdDeprecated } from "./connection-id.ts";
import { cookie } from "./cookie.ts";
import { delegatedCredential, delegatedCredentialDraft } from "./delegated-credential.ts";
import { dnssecChain } from "./dnssec-chain.ts";
import { earlyData } from "./early-data.ts";
import { ecPointFormats } from "./ec-point-formats.ts";
import { echOuterExtensions } from "./ech-outer-extensions.ts";
import { encryptThenMac } from "./encrypt-then-mac.ts";
import { echDraft08, echDraft09, echDraft10, echDraft11, echDraft12, echIsInner, encryptedClientHello } from "./encrypted-client-hello.ts";
import { encryptedServerName } from "./encrypted-server-name.ts";
import { extendedMasterSecret } from "./extended-master-secret.ts";
import { externalIdHash, externalSessionId } from "./external-identity.ts";
import { heartbeat } from "./heartbeat.ts";
import { keyShare, keyShareDraft } from "./key-share.ts";
import { maxFragmentLength } from "./max-fragment-length.ts";
import { nextProtocolNegotiation } from "./next-protocol-negotiation.ts";
import { oidFilters } from "./oid-filters.ts";
import { padding, paddingOld } from "./padding.ts";
import { passwordSalt, pwdClear, pwdProtect } from "./password.ts";
import { postHandshakeAuth } from "./post-handshake-auth.ts";
import { preSharedKey } from "./pre-shared-key.ts";
import { pskKeyExchangeModes } from "./psk-key-exchange-modes.ts";
import { quicTransportParameters, quicTransportParametersDraft } from "./quic-transport-parameters.ts";
import { recordSizeLimit } from "./record-size-limit.ts";
import { renegotiationInfo } from "./renegotiation-info.ts";
import { returnRoutabilityCheck } from "./return-routability-check.ts";
import { serverName } from "./server-name.ts";
import { sessionTicket } from "./session-ticket.ts";
import { signatureAlgorithms, signatureAlgorithmsCert } from "./signature-algorithms.ts";
import { signedCertificateTimestamp } from "./signed-certificate-timestamp.ts";
import { srp } from "./srp.ts";
import { statusRequestV2 } from "./status-request-v2.ts";
import { statusRequest } from "./status-request.ts";
import { supportedEktCiphers } from "./supported-ekt-ciphers.ts";
import { supportedGroups } from "./supported-groups.ts";
import { supportedVersions } from "./supported-versions.ts";
import { ticketPinning } from "./ticket-pinning.ts";
import { ticketRequest } from "./ticket-request.ts";
import { tlsCertWithExternPsk } from "./tls-cert-with-extern-psk.ts";
import { tlsFlags } from "./tls-flags.ts";
import { tokenBinding } from "./token-binding.ts";
import { transparencyInfo } from "./transparency-info.ts";
import { truncatedHmac } from "./truncated-hmac.ts";
import { trustAnchors } from "./trust-anchors.ts";
import { trustedCaKeys } from "./trusted-ca-keys.ts";
import { useSrtp } from "./use-srtp.ts";
import { userMapping } from "./user-mapping.ts";

/** Every extension that can be decoded, in the order of the numbers. */
export const EXTENSIONS: readonly ExtensionCodec[] = [
  serverName,
  maxFragmentLength,
  clientCertificateUrl,
  trustedCaKeys,
  truncatedHmac,
  statusRequest,
  userMapping,
  clientAuthz,
  serverAuthz,
  certType,
  supportedGroups,
  ecPointFormats,
  srp,
  signatureAlgorithms,
  useSrtp,
  heartbeat,
  alpn,
  statusRequestV2,
  signedCertificateTimestamp,
  clientCertificateType,
  serverCertificateType,
  padding,
  encryptThenMac,
  extendedMasterSecret,
  tokenBinding,
  cachedInfo,
  compressCertificate,
  recordSizeLimit,
  pwdProtect,
  pwdClear,
  passwordSalt,
  ticketPinning,
  tlsCertWithExternPsk,
  delegatedCredential,
  sessionTicket,
  supportedEktCiphers,
  keyShareDraft,
  preSharedKey,
  earlyData,
  supportedVersions,
  cookie,
  pskKeyExchangeModes,
  certificateAuthorities,
  oidFilters,
  postHandshakeAuth,
  signatureAlgorithmsCert,
  keyShare,
  transparencyInfo,
  connectionIdDeprecated,
  connectionId,
  externalIdHash,
  externalSessionId,
  quicTransportParameters,
  ticketRequest,
  dnssecChain,
  returnRoutabilityCheck,
  tlsFlags,
  nextProtocolNegotiation,
  applicationSettingsOld,
  applicationSettings,
  channelIdOld,
  channelId,
  paddingOld,
  trustAnchors,
  echIsInner,
  echOuterExtensions,
  echDraft08,
  echDraft09,
  echDraft10,
  echDraft11,
  echDraft12,
  encryptedClientHello,
  renegotiationInfo,
  delegatedCredentialDraft,
  quicTransportParametersDraft,
  encryptedServerName,
];

/** The same by ExtensionType. */
export const codecs: ReadonlyMap<number, ExtensionCodec> = new Map(EXTENSIONS.map((codec) => [codec.type, codec]));
