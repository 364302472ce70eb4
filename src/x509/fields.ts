/** What a certificate says, under the keys of the JSON contract. */

/** How a signature is made: `RSASSA-PKCS1-v1_5`, `RSASSA-PSS`, `ECDSA`, `DSA`, … with a hash, or a scheme that fixes it (`Ed25519`, `ML-DSA-65`). */
export interface SignatureFields {
  readonly algorithm: string;
  /** `SHA-256`, …; else the object identifier. */
  readonly hash?: string;
  /** RSASSA-PSS only: the hash of its mask, if it differs. */
  readonly maskHash?: string;
  /** RSASSA-PSS only: octets. */
  readonly saltLength?: number;
}

/** A public key. One of kind RSASSA-PSS may also be restricted to a hash, a hash of the mask, and a least number of octets of salt (RFC 4055 §3.1). */
export interface PublicKeyFields {
  readonly algorithm: string;
  readonly bits?: number;
  readonly curve?: string;
  readonly hash?: string;
  readonly maskHash?: string;
  readonly saltLength?: number;
}

/** Each field is absent if the certificate does not have it, or it cannot be read. */
export interface CertificateFields {
  /** 1, 2 or 3. */
  readonly version?: number;
  readonly subject?: string;
  readonly issuer?: string;
  /** Hex; `-` before a negative one. */
  readonly serialNumber?: string;
  /** RFC 3339. */
  readonly notBefore?: string;
  /** RFC 3339. */
  readonly notAfter?: string;
  /** `DNS:example.test`, `IP:10.0.0.1`, `email:…`, `URI:…`, `dirName:…`, `RID:1.2.3`, `othername:1.2.3`. */
  readonly subjectAltNames?: readonly string[];
  /** `RSA`, `RSASSA-PSS`, `DSA` with bits; `EC` with a curve; `Ed25519`, `ML-DSA-65`, …; else the object identifier. */
  readonly publicKey?: PublicKeyFields;
  /** `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, `Ed25519`, …; else the object identifier. */
  readonly signatureAlgorithm?: string;
  /** The same in parts, if the algorithm has a name. */
  readonly signature?: SignatureFields;
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number; readonly critical?: true };
  /** As RFC 5280 §4.2.1.3 names them, in the order of its bits. */
  readonly keyUsage?: readonly string[];
  /** `serverAuth`, `clientAuth`, …; else the object identifier. */
  readonly extendedKeyUsage?: readonly string[];
  /** Hex. */
  readonly subjectKeyIdentifier?: string;
  /** Hex; empty if the extension identifies the issuer's key in another way. */
  readonly authorityKeyIdentifier?: string;
  /** The server must staple an OCSP response (RFC 7633). */
  readonly mustStaple?: true;
  /** Where the issuer publishes what it has revoked: URLs, other names as in `subjectAltNames`. */
  readonly crlDistributionPoints?: readonly string[];
  /** URLs of OCSP responders, and of the certificate of the issuer (RFC 5280 §4.2.2.1). */
  readonly authorityInfoAccess?: { readonly ocsp?: readonly string[]; readonly caIssuers?: readonly string[] };
  /** How many timestamps of Certificate Transparency logs it carries (RFC 6962 §3.3). */
  readonly signedCertificateTimestamps?: number;
  /** Critical extensions that no other field covers: `nameConstraints`, …; else the object identifier. */
  readonly otherCriticalExtensions?: readonly string[];
  /** Subject and issuer, and their key identifiers, are the same. */
  readonly selfSigned?: true;
  /** Why the DER, or which of its fields, could not be read. */
  readonly malformed?: string;
}
