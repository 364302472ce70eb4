/** The parameters of RSASSA-PSS, of a signature or of a key (RFC 8017 §A.2.3, RFC 4055 §3.1). Throws where they are damaged. */
import { AsnParser, AsnProp, AsnPropTypes } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import type { SignatureFields } from "./fields.ts";

/** `RSASSA-PSS-params` (RFC 8017 §A.2.3): hash, the one of the mask where it is another, octets of salt. What is not said has its default. */
export function pssParametersOf(der: ArrayBuffer | null | undefined): Omit<SignatureFields, "algorithm"> {
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = AsnParser.parse(der ?? EMPTY_SEQUENCE, PssParameters);
  const hash = hashAlgorithm === undefined ? "SHA-1" : hashName(hashAlgorithm);
  const masking = maskGenAlgorithm?.parameters;
  const maskHash = masking ? hashName(AsnParser.parse(masking, AlgorithmIdentifier)) : "SHA-1";
  if (!Number.isSafeInteger(saltLength) || saltLength < 0) throw new RangeError("no salt is that long");
  return { hash, ...(maskHash === hash ? {} : { maskHash }), saltLength };
}

class PssParameters {
  hashAlgorithm?: AlgorithmIdentifier;
  maskGenAlgorithm?: AlgorithmIdentifier;
  saltLength = 20;
  trailerField = 1;
}

AsnProp({ type: AlgorithmIdentifier, context: 0, optional: true })(PssParameters.prototype, "hashAlgorithm");
AsnProp({ type: AlgorithmIdentifier, context: 1, optional: true })(PssParameters.prototype, "maskGenAlgorithm");
AsnProp({ type: AsnPropTypes.Integer, context: 2, defaultValue: 20 })(PssParameters.prototype, "saltLength");
AsnProp({ type: AsnPropTypes.Integer, context: 3, defaultValue: 1 })(PssParameters.prototype, "trailerField");

const EMPTY_SEQUENCE = Uint8Array.of(0x30, 0x00).buffer;

function hashName({ algorithm }: AlgorithmIdentifier): string {
  return HASHES[algorithm] ?? algorithm;
}

const HASHES: { readonly [type: string]: string } = {
  "1.2.840.113549.2.5": "MD5",
  "1.3.14.3.2.26": "SHA-1",
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
  "2.16.840.1.101.3.4.2.4": "SHA-224",
  "2.16.840.1.101.3.4.2.6": "SHA-512/256",
  "2.16.840.1.101.3.4.2.8": "SHA3-256",
  "2.16.840.1.101.3.4.2.9": "SHA3-384",
  "2.16.840.1.101.3.4.2.10": "SHA3-512",
};
