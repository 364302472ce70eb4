/**
 * `encrypted_client_hello` (RFC 9849 §5): the outer hello carries the inner one encrypted; in the inner one, the extension
 * only marks it as such; the server answers with a confirmation, or with keys for another try. Drafts 07
 * to 12 had numbers of their own and, before 11, another shape.
 */
import type { Cursor } from "../../bytes/cursor.ts";
import { hexNumber, toHex } from "../../bytes/hex.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { fieldPoint, readHex, readHex8, readHexRest, readLength16, readText8 } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

const OUTER = 0;
const INNER = 1;
/** `ECHConfig.version` of the published form. */
const CONFIG_VERSION = 0xfe0d;

export const encryptedClientHello: ExtensionCodec = {
  type: 0xfe0d,
  name: "encrypted_client_hello",
  spec: "RFC 9849 §5",
  in: { client_hello: remembered(readHello), hello_retry_request: readConfirmation, encrypted_extensions: readRetryConfigs },
};

export const echDraft12: ExtensionCodec = {
  ...encryptedClientHello,
  type: 0xfe0c,
  name: "encrypted_client_hello_draft12",
  spec: "draft-ietf-tls-esni-12 §5",
};

export const echDraft11: ExtensionCodec = {
  ...encryptedClientHello,
  type: 0xfe0b,
  name: "encrypted_client_hello_draft11",
  spec: "draft-ietf-tls-esni-11 §5",
};

export const echDraft10: ExtensionCodec = {
  type: 0xfe0a,
  name: "encrypted_client_hello_draft10",
  spec: "draft-ietf-tls-esni-10 §5",
  in: { client_hello: remembered(readOuter), hello_retry_request: readConfirmation, encrypted_extensions: readRetryConfigs },
};

export const echDraft09: ExtensionCodec = {
  type: 0xfe09,
  name: "encrypted_client_hello_draft09",
  spec: "draft-ietf-tls-esni-09 §5",
  in: { client_hello: remembered(readOuterWithLongId), encrypted_extensions: readRetryConfigs },
};

export const echDraft08: ExtensionCodec = {
  type: 0xfe08,
  name: "encrypted_client_hello_draft07_08",
  spec: "draft-ietf-tls-esni-08 §5",
  in: { client_hello: remembered(readOuterWithLongId), encrypted_extensions: readRetryConfigs },
};

export const echIsInner: ExtensionCodec = {
  type: 0xda09,
  name: "ech_is_inner",
  spec: "draft-ietf-tls-esni-10 §5",
  in: { client_hello: readNothing },
};

/** The octets in hex of the extension of a ClientHello that was decoded to `data`; `undefined` if that comes from a saved report. */
export function echBodyOf(data: object): string | undefined {
  return bodies.get(data);
}

/** Bodies by decoded data: ciphertext means nothing to a reader, but it matters whether two bodies are equal. */
const bodies = new WeakMap<object, string>();

function remembered(read: (body: Cursor) => ExtensionData): (body: Cursor) => ExtensionData {
  return (body) => {
    const { bytes, position, end } = body;
    const data = read(body);
    bodies.set(data, toHex(bytes, position, end));
    return data;
  };
}

function readHello(body: Cursor): ExtensionData {
  const value = body.u8();
  const type = fieldPoint({ [OUTER]: "outer", [INNER]: "inner" }, value);
  if (value === INNER) return { type };
  if (value === OUTER) return { type, ...readOuter(body) };
  throw body.illegal();
}

function readOuter(body: Cursor): ExtensionData {
  return { ...readSuite(body), configId: readHex(body, 1), encLength: readLength16(body), payloadLength: readLength16(body) };
}

function readOuterWithLongId(body: Cursor): ExtensionData {
  return { ...readSuite(body), configId: readHex8(body), encLength: readLength16(body), payloadLength: readLength16(body) };
}

function readSuite(cursor: Cursor): ExtensionData {
  return { kdf: codePoint("hpke_kdf", cursor.u16()), aead: codePoint("hpke_aead", cursor.u16()) };
}

function readConfirmation(body: Cursor): ExtensionData {
  return { confirmation: readHex(body, 8) };
}

function readRetryConfigs(body: Cursor): ExtensionData {
  return { retryConfigs: body.vector16().all(readConfig) };
}

/** `ECHConfig` (RFC 9849 §4); of other versions only the length. */
function readConfig(list: Cursor): ExtensionData {
  const value = list.u16();
  const contents = list.vector16();
  const version = hexNumber(value, 2);
  const length = contents.remaining;
  if (value !== CONFIG_VERSION) return { version, length };
  const config = {
    version,
    length,
    configId: readHex(contents, 1),
    kem: codePoint("hpke_kem", contents.u16()),
    publicKeyLength: readLength16(contents),
    cipherSuites: contents.vector16().all(readSuite),
    maximumNameLength: contents.u8(),
    publicName: readText8(contents),
    extensions: readConfigExtensions(contents.vector16()),
  };
  contents.finish();
  return config;
}

function readConfigExtensions(list: Cursor): ExtensionData[] {
  return list.all((entry) => {
    const id = readHex(entry, 2);
    return { id: `0x${id}`, hex: readHexRest(entry.vector16()) };
  });
}
