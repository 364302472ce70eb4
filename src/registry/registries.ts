/** THE list of registries: the name by which each is asked for, its table, and its GREASE rule if it has one. */
import { isGrease, isGreasePskMode, isGreaseQuicVersion, isGreaseTransportParameter } from "./grease.ts";
import { alertLevels, maxFragmentLengths, quicVersions, versions } from "./specified.ts";
import type { Table } from "./table.ts";
import { alerts } from "./tables/alerts.ts";
import { certificateCompressionAlgorithms } from "./tables/certificate_compression_algorithms.ts";
import { certificateStatusTypes } from "./tables/certificate_status_types.ts";
import { certificateTypes } from "./tables/certificate_types.ts";
import { cipherSuites } from "./tables/cipher_suites.ts";
import { clientCertificateTypes } from "./tables/client_certificate_types.ts";
import { compressionMethods } from "./tables/compression_methods.ts";
import { contentTypes } from "./tables/content_types.ts";
import { ecCurveTypes } from "./tables/ec_curve_types.ts";
import { ecPointFormats } from "./tables/ec_point_formats.ts";
import { extensionTypes } from "./tables/extension_types.ts";
import { handshakeTypes } from "./tables/handshake_types.ts";
import { hashAlgorithms } from "./tables/hash_algorithms.ts";
import { heartbeatModes } from "./tables/heartbeat_modes.ts";
import { hpkeAead } from "./tables/hpke_aead.ts";
import { hpkeKdf } from "./tables/hpke_kdf.ts";
import { hpkeKem } from "./tables/hpke_kem.ts";
import { pskKeyExchangeModes } from "./tables/psk_key_exchange_modes.ts";
import { quicTransportErrorCodes } from "./tables/quic_transport_error_codes.ts";
import { quicTransportParameters } from "./tables/quic_transport_parameters.ts";
import { signatureAlgorithms } from "./tables/signature_algorithms.ts";
import { signatureSchemes } from "./tables/signature_schemes.ts";
import { sslv2Ciphers } from "./tables/sslv2_ciphers.ts";
import { supplementalDataTypes } from "./tables/supplemental_data_types.ts";
import { supportedGroups } from "./tables/supported_groups.ts";
import { userMappingTypes } from "./tables/user_mapping_types.ts";

/** A registry and the values in it that are GREASE. */
export interface Registry {
  readonly table: Table;
  readonly isGrease?: (value: number) => boolean;
  /** The same, but only for numbers that the table does not name: for registries in which a GREASE value may be assigned. */
  readonly isGreaseUnlessNamed?: (value: number | bigint) => boolean;
}

const list = {
  alert_levels: { table: alertLevels },
  alerts: { table: alerts },
  certificate_compression_algorithms: { table: certificateCompressionAlgorithms },
  certificate_status_types: { table: certificateStatusTypes },
  certificate_types: { table: certificateTypes },
  cipher_suites: { table: cipherSuites, isGrease },
  client_certificate_types: { table: clientCertificateTypes },
  compression_methods: { table: compressionMethods },
  content_types: { table: contentTypes },
  ec_curve_types: { table: ecCurveTypes },
  ec_point_formats: { table: ecPointFormats },
  extension_types: { table: extensionTypes, isGrease },
  handshake_types: { table: handshakeTypes },
  hash_algorithms: { table: hashAlgorithms },
  heartbeat_modes: { table: heartbeatModes },
  hpke_aead: { table: hpkeAead },
  hpke_kdf: { table: hpkeKdf },
  hpke_kem: { table: hpkeKem },
  max_fragment_lengths: { table: maxFragmentLengths },
  psk_key_exchange_modes: { table: pskKeyExchangeModes, isGrease: isGreasePskMode },
  quic_transport_error_codes: { table: quicTransportErrorCodes },
  quic_transport_parameters: { table: quicTransportParameters, isGreaseUnlessNamed: isGreaseTransportParameter },
  quic_versions: { table: quicVersions, isGrease: isGreaseQuicVersion },
  signature_algorithms: { table: signatureAlgorithms },
  signature_schemes: { table: signatureSchemes, isGrease },
  sslv2_ciphers: { table: sslv2Ciphers },
  supplemental_data_types: { table: supplementalDataTypes },
  supported_groups: { table: supportedGroups, isGrease },
  user_mapping_types: { table: userMappingTypes },
  versions: { table: versions, isGrease },
} satisfies Record<string, Registry>;

/** The name of a registry. */
export type RegistryName = keyof typeof list;

/** All registries by name. */
export const registries: Readonly<Record<RegistryName, Registry>> = list;
