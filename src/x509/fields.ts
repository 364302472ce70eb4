/** What is told of a certificate: the keys of the JSON contract that X.509 fills in. */

/** Everything is absent where the certificate does not say it or it cannot be read. */
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
  readonly publicKey?: { readonly algorithm: string; readonly bits?: number; readonly curve?: string };
  /** `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, `Ed25519`, …; else the object identifier. */
  readonly signatureAlgorithm?: string;
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number; readonly critical?: true };
  /** As RFC 5280 §4.2.1.3 names them, in the order of its bits. */
  readonly keyUsage?: readonly string[];
  /** `serverAuth`, `clientAuth`, …; else the object identifier. */
  readonly extendedKeyUsage?: readonly string[];
  /** Hex. */
  readonly subjectKeyIdentifier?: string;
  /** Hex; empty where the extension names the issuer's key in another way. */
  readonly authorityKeyIdentifier?: string;
  /** The server must staple an OCSP response (RFC 7633). */
  readonly mustStaple?: true;
  /** Subject and issuer, and their key identifiers, are the same. */
  readonly selfSigned?: true;
  /** What could not be read. */
  readonly malformed?: string;
}
