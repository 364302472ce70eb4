/** Ciphers of Node's own OpenSSL, for the suites that the portable core cannot decrypt: CCM, 3DES, Camellia, ARIA. */
import { type CipherCCMTypes, createDecipheriv, getCiphers } from "node:crypto";
import type { Decipher } from "../crypto/cipher.ts";

const known = new Set(getCiphers());

/** What the portable core borrows from Node; see {@link Decipher}. */
export const nodeDecipher: Decipher = {
  has: (name) => known.has(name),
  cbc(name, key, iv, octets) {
    const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
    return plain(decipher.update(octets));
  },
  aead(name, { key, nonce, additional, sealed, tagLength }) {
    const length = sealed.length - tagLength;
    // The type lists only AES; ARIA's modes take the same settings.
    const decipher = createDecipheriv(name as CipherCCMTypes, key, nonce, { authTagLength: tagLength });
    decipher.setAuthTag(sealed.subarray(length));
    decipher.setAAD(additional, { plaintextLength: length });
    try {
      const octets = plain(decipher.update(sealed.subarray(0, length)));
      decipher.final();
      return octets;
    } catch {
      return null;
    }
  },
};

/** A buffer's octets without Node's own methods. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
