/** The hash functions of cipher suites, by the names that the suite table gives them. */
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384 } from "@noble/hashes/sha2.js";

/** A hash function of the library. */
export type Hash = typeof sha256 | typeof sha1;

const HASHES: Readonly<Record<string, Hash>> = { MD5: md5, SHA: sha1, SHA1: sha1, SHA256: sha256, SHA384: sha384 };

/** The hash function `name` (`SHA256`, `SHA`, …), or `undefined` for one that is not supported. */
export function hashNamed(name: string | undefined): Hash | undefined {
  return name === undefined ? undefined : HASHES[name];
}
