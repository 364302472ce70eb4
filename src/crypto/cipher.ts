/**
 * Ciphers by the parts of a suite's name. AES with GCM and CBC, and ChaCha20-Poly1305, come from a portable library;
 * for the others the caller may provide a {@link Decipher}. A cipher that neither has gives `undefined`.
 */
import { cbc, ecb, gcm } from "@noble/ciphers/aes.js";
import { chacha20, chacha20poly1305 } from "@noble/ciphers/chacha.js";

/** Opens what an AEAD cipher sealed, with its tag at the end; `null` if it was not sealed with this key, nonce and additional data. */
export type OpenAead = (key: Uint8Array, nonce: Uint8Array, additional: Uint8Array, sealed: Uint8Array) => Uint8Array | null;

/** Decrypts whole blocks in CBC mode; the padding is left in place. */
export type DecryptCbc = (key: Uint8Array, iv: Uint8Array, octets: Uint8Array) => Uint8Array;

/** The header protection mask, of five octets or more, for a key and a sample of 16 octets (RFC 9001 §5.4, RFC 9147 §4.2.3). */
export type HeaderMask = (key: Uint8Array, sample: Uint8Array) => Uint8Array;

/** Ciphers of the platform's own library, by OpenSSL's names (`aes-128-ccm`, `camellia-256-cbc`). */
export interface Decipher {
  readonly has: (name: string) => boolean;
  readonly cbc: (name: string, key: Uint8Array, iv: Uint8Array, octets: Uint8Array) => Uint8Array;
  /** `sealed` ends in a tag of `tagLength` octets; `null` if that is not authentic. */
  readonly aead: (
    name: string,
    parts: {
      readonly key: Uint8Array;
      readonly nonce: Uint8Array;
      readonly additional: Uint8Array;
      readonly sealed: Uint8Array;
      readonly tagLength: number;
    },
  ) => Uint8Array | null;
}

/** The AEAD cipher of a suite: `AES128` and `gcm`, `CHACHA20` and `poly1305`, …; `tagLength` in octets. */
export function aeadOf(cipher: string, mode: string, tagLength: number, more?: Decipher): OpenAead | undefined {
  if (mode === "gcm" && cipher.startsWith("AES")) {
    return (key, nonce, additional, sealed) => attempt(() => gcm(key, nonce, additional).decrypt(sealed));
  }
  if (mode === "poly1305") {
    return (key, nonce, additional, sealed) => attempt(() => chacha20poly1305(key, nonce, additional).decrypt(sealed));
  }
  const name = nameOf(cipher, mode.replace(/8$/, ""));
  if (more === undefined || !more.has(name)) return undefined;
  return (key, nonce, additional, sealed) =>
    sealed.length < tagLength ? null : more.aead(name, { key, nonce, additional, sealed, tagLength });
}

/** Seals with AES-GCM: the ciphertext with its tag of 16 octets. */
export function sealGcm(key: Uint8Array, nonce: Uint8Array, additional: Uint8Array, octets: Uint8Array): Uint8Array {
  return gcm(key, nonce, additional).encrypt(octets);
}

/** The CBC cipher of a suite: `AES128`, `3DES`, …. */
export function cbcOf(cipher: string, more?: Decipher): DecryptCbc | undefined {
  if (cipher.startsWith("AES")) return (key, iv, octets) => cbc(key, iv, { disablePadding: true }).decrypt(octets);
  const name = nameOf(cipher, "cbc");
  return more?.has(name) === true ? (key, iv, octets) => more.cbc(name, key, iv, octets) : undefined;
}

/** The header protection that goes with an AEAD cipher. */
export function headerMaskOf(cipher: string): HeaderMask {
  if (cipher !== "CHACHA20") return (key, sample) => ecb(key, { disablePadding: true }).encrypt(sample);
  return (key, sample) => {
    const counter = new DataView(sample.buffer, sample.byteOffset, 4).getUint32(0, true);
    return chacha20(key, sample.subarray(4, 16), new Uint8Array(5), undefined, counter);
  };
}

/** `AES128` and `ccm` to `aes-128-ccm`. */
function nameOf(cipher: string, mode: string): string {
  if (cipher === "3DES") return `des-ede3-${mode}`;
  return `${cipher.toLowerCase().replace(/(?<=[a-z])(\d+)$/, "-$1")}-${mode}`;
}

/** The library throws if a tag does not match: here that is an answer, not an error, because other keys may have made the ciphertext. */
function attempt(open: () => Uint8Array): Uint8Array | null {
  try {
    return open();
  } catch {
    return null;
  }
}
