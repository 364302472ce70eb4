/**
 * What a cipher suite is made of: a suite's number comes in, its key exchange, authentication,
 * cipher and lengths go out. An unknown suite gives `undefined`.
 */
import { codePoint } from "./codepoint.ts";
import { cipherSuiteParams } from "./tables/cipher_suite_params.ts";

/** The parts of a cipher suite. */
export interface SuiteParts {
  /**
   * `RSA`, `DH`, `DHE`, `DH_anon`, `ECDH`, `ECDHE`, `ECDH_anon`, `PSK`, `RSA_PSK`, `DHE_PSK`, `ECDHE_PSK`, `SRP`, `KRB5`, `GOST`, `ECCPWD`, `ECJPAKE`;
   * `TLS13` where the suite does not say (RFC 9846 §B.4), `NULL` for TLS_NULL_WITH_NULL_NULL.
   */
  readonly keyExchange: string;
  /** `RSA`, `DSS`, `ECDSA`, `anon`, `PSK`, `RSA+PSK`, `SRP`, `KRB5`, `GOST`, `PWD`, `PAKE`, `NULL`; `any` where the suite does not say. */
  readonly authentication: string;
  /** `AES128`, `CHACHA20`, `3DES`, …; `null` for suites of which only the key exchange is known. */
  readonly cipher: string | null;
  /** `gcm`, `ccm`, `ccm8`, `poly1305`, `cbc`, `stream`, `null` (no encryption), …; absent with the cipher. */
  readonly mode?: string;
  /** Octets of the cipher's key. */
  readonly keyLength?: number;
  /** Octets of a block, 0 for a stream cipher, 1 for AEAD. */
  readonly blockLength?: number;
  /** Octets of the AEAD tag, 0 if there is none; absent where not known. */
  readonly tagLength?: number;
  /** Octets of the record MAC; absent for AEAD. */
  readonly macLength?: number;
  /** The hash of the record MAC (`SHA`, `SHA256`, …), `AEAD`, or absent. */
  readonly mac?: string;
  /** The hash of the key derivation in TLS 1.2 and 1.3. */
  readonly hash?: string;
  /** Weakened for export: keys of 40 or 56 bits. */
  readonly export: boolean;
}

/** The parts of the suite `value`. Drafts and private suites have only their key exchange, taken from a registered suite of the same kind. */
export function suiteParts(value: number): SuiteParts | undefined {
  let parts = known.get(value);
  if (parts === undefined && !known.has(value)) known.set(value, (parts = registered(value) ?? likeRegistered(value)));
  return parts;
}

/** Results so far: a capture names few suites, and the table has hundreds. */
const known = new Map<number, SuiteParts | undefined>();

function registered(value: number): SuiteParts | undefined {
  const start = cipherSuiteParams.indexOf(`\n${value.toString(16).padStart(4, "0")}|`) + 1;
  return start === 0 ? undefined : partsOf(cipherSuiteParams.slice(start, cipherSuiteParams.indexOf("\n", start)));
}

/** What a line of the table says. */
function partsOf(line: string): SuiteParts {
  const [, exchange = "", authentication = "", cipher = "", mode = "", ...rest] = line.split("|");
  const [key, block, tag, mac, macLength, hash, weak] = rest;
  return {
    keyExchange: keyExchangeName(exchange, authentication),
    authentication,
    cipher,
    mode,
    ...octets("keyLength", key),
    ...octets("blockLength", block),
    ...octets("tagLength", tag),
    ...octets("macLength", macLength),
    ...(mac ? { mac } : {}),
    ...(hash ? { hash } : {}),
    export: weak === "Y",
  };
}

function keyExchangeName(exchange: string, authentication: string): string {
  if (exchange === "any") return "TLS13";
  if (exchange === "VKO_GOST") return "GOST";
  if (authentication === "anon") return exchange === "ECDHE" ? "ECDH_anon" : "DH_anon";
  return exchange;
}

function octets(name: keyof SuiteParts, text: string | undefined): { [field: string]: number } {
  return text === undefined || text === "" ? {} : { [name]: Number(text) };
}

/** Suites that are not registered, by the part of their name before `_WITH_`. */
function likeRegistered(value: number): SuiteParts | undefined {
  const kind = kindOf(value);
  if (kind === undefined) return undefined;
  if (kind === "TLS_ECJPAKE") return { keyExchange: "ECJPAKE", authentication: "PAKE", cipher: null, export: false };
  const line = cipherSuiteParams.split("\n").find((other) => other !== "" && kindOf(Number.parseInt(other, 16)) === kind);
  if (line === undefined) return undefined;
  const { keyExchange, authentication, export: weak } = partsOf(line);
  return { keyExchange, authentication, cipher: null, export: weak };
}

function kindOf(value: number): string | undefined {
  const name = codePoint("cipher_suites", value).name;
  const [kind, rest] = name?.split("_WITH_") ?? [];
  if (kind === undefined || rest === undefined) return undefined;
  if (kind.includes("GOSTR34")) return "GOST";
  return kind
    .replace(/^SSL_/, "TLS_")
    .replace(/_FIPS$/, "")
    .replace(/1024$/, "");
}
