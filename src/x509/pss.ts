/** The parameters of RSASSA-PSS, of a signature or of a key (RFC 8017 §A.2.3, RFC 4055 §3.1). Throws where they are damaged. */
import { algorithmOf, contextOf, type Element, insideOf, numberOf, sequenceOf } from "./der.ts";
import type { SignatureFields } from "./fields.ts";

/** `RSASSA-PSS-params` (RFC 8017 §A.2.3): the hash, the hash of the mask if it differs, octets of salt. Absent parameters have their default. */
export function pssParametersOf(parameters: Element | undefined): Omit<SignatureFields, "algorithm"> {
  const said: (Element | undefined)[] = [];
  for (const field of parameters === undefined ? [] : sequenceOf(parameters)) {
    const context = contextOf(field);
    if (context < said.length || context > TRAILER_FIELD) throw new TypeError("no such parameter");
    said[context] = insideOf(field)[0];
  }
  const [hashAlgorithm, maskGenAlgorithm, salt, trailer] = said;
  const hash = hashAlgorithm === undefined ? "SHA-1" : hashName(hashAlgorithm);
  const masking = maskGenAlgorithm === undefined ? undefined : algorithmOf(maskGenAlgorithm).parameters;
  const maskHash = masking === undefined ? "SHA-1" : hashName(masking);
  const saltLength = salt === undefined ? DEFAULT_SALT : numberOf(salt);
  if (trailer !== undefined) numberOf(trailer);
  if (!Number.isSafeInteger(saltLength) || saltLength < 0) throw new RangeError("no salt is that long");
  return { hash, ...(maskHash === hash ? {} : { maskHash }), saltLength };
}

const TRAILER_FIELD = 3;
const DEFAULT_SALT = 20;

function hashName(element: Element): string {
  const { type } = algorithmOf(element);
  return HASHES[type] ?? type;
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
