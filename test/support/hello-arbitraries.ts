/**
 * Generators of hellos for property tests: what a hello says, beside it what its decoding must give. Values
 * are drawn from everything that the fields can hold, known, GREASE and unknown alike.
 */
import * as fc from "fast-check";
import { hexNumber, toHex } from "../../src/bytes/hex.ts";
import { toText } from "../../src/bytes/text.ts";
import { type CodePoint, codePoint, type RegistryName } from "../../src/registry/codepoint.ts";
import { type ClientHelloSpec, type ExtensionSpec, type ServerHelloSpec, type Wire, wire } from "./wire.ts";

/** An extension, and the fields into which it must be decoded; without `data` it must stay hex. */
export interface GeneratedExtension extends ExtensionSpec {
  readonly data?: { readonly [field: string]: unknown };
}

const u16 = fc.nat(0xffff);
const grease = fc.nat(15).map((high) => high * 0x1010 + 0x0a0a);
const octets = (maxLength: number, minLength = 0): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength });
const codes = (maxLength: number): fc.Arbitrary<number[]> => fc.array(fc.oneof(u16, grease), { maxLength });
const points = (registry: RegistryName, list: readonly number[]): CodePoint[] => list.map((value) => codePoint(registry, value));
const list16 = (wireOf: Wire, list: readonly number[]): Wire => wireOf.vector16((inner) => list.forEach((value) => inner.u16(value)));

const serverName = octets(40).map((name) => ({
  type: 0,
  body: wire((body) => body.vector16((list) => list.u8(0).vector16((text) => text.raw(name)))),
  data: { serverName: toText(name) },
}));

const supportedGroups = codes(20).map((groups) => ({
  type: 10,
  body: wire((body) => list16(body, groups)),
  data: { groups: points("supported_groups", groups) },
}));

const signatureAlgorithms = codes(20).map((schemes) => ({
  type: 13,
  body: wire((body) => list16(body, schemes)),
  data: { schemes: points("signature_schemes", schemes) },
}));

const alpn = fc.array(octets(12), { maxLength: 5 }).map((protocols) => ({
  type: 16,
  body: wire((body) => body.vector16((list) => protocols.forEach((protocol) => list.vector8((text) => text.raw(protocol))))),
  data: { protocols: protocols.map((protocol) => toText(protocol)) },
}));

const sessionTicket = octets(60).map((body) => ({ type: 35, body, data: { ticketLength: body.length } }));

const supportedVersions = codes(8).map((versions) => ({
  type: 43,
  body: wire((body) => body.vector8((list) => versions.forEach((version) => list.u16(version)))),
  data: { versions: points("versions", versions) },
}));

const pskModes = fc.array(fc.nat(0xff), { maxLength: 4 }).map((modes) => ({
  type: 45,
  body: wire((body) => body.vector8((list) => list.raw(modes))),
  data: { modes: points("psk_key_exchange_modes", modes) },
}));

const keyShares = fc.array(fc.tuple(u16, octets(70)), { maxLength: 4 }).map((shares) => ({
  type: 51,
  body: wire((body) =>
    body.vector16((list) => shares.forEach(([group, share]) => list.u16(group).vector16((octetsOf) => octetsOf.raw(share)))),
  ),
  data: { entries: shares.map(([group, share]) => ({ group: codePoint("supported_groups", group), length: share.length })) },
}));

const chosenShare = fc.tuple(u16, octets(70)).map(([group, share]) => ({
  type: 51,
  body: wire((body) => body.u16(group).vector16((octetsOf) => octetsOf.raw(share))),
  data: { entry: { group: codePoint("supported_groups", group), length: share.length } },
}));

const chosenVersion = u16.map((version) => ({
  type: 43,
  body: wire((body) => body.u16(version)),
  data: { version: codePoint("versions", version) },
}));

const empty = fc.constantFrom(22, 23).map((type) => ({ type, body: new Uint8Array(), data: {} }));
const unknown = fc.record<GeneratedExtension>({ type: fc.oneof(grease, fc.integer({ min: 0x9000, max: 0x9fff })), body: octets(20) });

function extensions(...kinds: fc.Arbitrary<GeneratedExtension>[]): fc.Arbitrary<GeneratedExtension[]> {
  return fc.uniqueArray(fc.oneof(...kinds), { selector: (extension) => extension.type, maxLength: 12 });
}

const clientExtensions = extensions(
  serverName,
  supportedGroups,
  signatureAlgorithms,
  alpn,
  sessionTicket,
  supportedVersions,
  pskModes,
  keyShares,
  empty,
  unknown,
);
const serverExtensions = extensions(chosenShare, chosenVersion, empty, unknown);

/** A ClientHello with the extensions' meaning. */
export interface GeneratedClientHello extends ClientHelloSpec {
  readonly extensions?: readonly GeneratedExtension[];
}

/** A ServerHello with the extensions' meaning. */
export interface GeneratedServerHello extends ServerHelloSpec {
  readonly extensions?: readonly GeneratedExtension[];
}

/** Any ClientHello; with a cookie (DTLS) or without, with an extensions block or without. */
export const clientHellos: fc.Arbitrary<GeneratedClientHello> = fc.record(
  {
    legacyVersion: fc.constantFrom(0x0300, 0x0301, 0x0302, 0x0303, 0xfeff, 0xfefd),
    random: octets(32, 32),
    sessionId: octets(32),
    cookie: octets(32),
    cipherSuites: codes(40),
    compressionMethods: fc.array(fc.nat(0xff), { maxLength: 3 }),
    extensions: clientExtensions,
  },
  { requiredKeys: ["legacyVersion", "random", "sessionId", "cipherSuites", "compressionMethods"] },
);

/** Any ServerHello of the final form. */
export const serverHellos: fc.Arbitrary<GeneratedServerHello> = fc.record(
  {
    legacyVersion: fc.constantFrom(0x0300, 0x0301, 0x0302, 0x0303, 0xfefd),
    random: octets(32, 32),
    sessionId: octets(32),
    cipherSuite: u16,
    compressionMethod: fc.nat(0xff),
    extensions: serverExtensions,
  },
  { requiredKeys: ["legacyVersion", "random", "sessionId", "cipherSuite", "compressionMethod"] },
);

/** The fields into which a ClientHello must be decoded. */
export function clientHelloFields(hello: GeneratedClientHello): object {
  return {
    type: "client_hello",
    legacyVersion: codePoint("versions", hello.legacyVersion),
    random: toHex(hello.random),
    sessionId: toHex(hello.sessionId),
    ...(hello.cookie && { cookie: toHex(hello.cookie) }),
    cipherSuites: points("cipher_suites", hello.cipherSuites),
    compressionMethods: points("compression_methods", hello.compressionMethods),
    extensions: (hello.extensions ?? []).map(extensionEntry),
  };
}

/** The fields into which a ServerHello must be decoded. */
export function serverHelloFields(hello: GeneratedServerHello): object {
  return {
    type: "server_hello",
    legacyVersion: codePoint("versions", hello.legacyVersion),
    random: toHex(hello.random),
    sessionId: toHex(hello.sessionId),
    cipherSuite: codePoint("cipher_suites", hello.cipherSuite),
    compressionMethod: codePoint("compression_methods", hello.compressionMethod),
    ...(hello.extensions && { extensions: hello.extensions.map(extensionEntry) }),
  };
}

function extensionEntry({ type, body, data }: GeneratedExtension): object {
  const { name } = codePoint("extension_types", type);
  return { id: hexNumber(type, 2), name, length: body.length, ...(data === undefined ? { hex: toHex(body) } : { data }) };
}
