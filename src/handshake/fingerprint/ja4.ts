/**
 * JA4, the TLS client fingerprint published by FoxIO under a BSD licence: ten readable
 * characters, then a hash of the sorted cipher suites, then a hash of the sorted extensions and the
 * signature algorithms. A hello that is damaged, or whose lists cannot be read, has none.
 */
import type { ClientHello } from "../../message/message.ts";
import type { CodePoint } from "../../registry/codepoint.ts";
import type { Fingerprints } from "../handshake.ts";
import { sha256Hex } from "./digest.ts";
import { digitsOf, extensionOf, listOf, numberOf, numbersOf, pointsOf, TYPE } from "./fields.ts";
import type { FingerprintTransport } from "./index.ts";

/** The fingerprint of a ClientHello and its raw form, in which the two lists are not hashed. GREASE is left out everywhere. */
export function ja4(hello: ClientHello, transport: FingerprintTransport): Pick<Fingerprints, "ja4" | "ja4r"> {
  const { legacyVersion, cipherSuites, extensions } = hello;
  const versions = pointsOf(extensions, TYPE.supportedVersions, "versions");
  const schemes = pointsOf(extensions, TYPE.signatureAlgorithms, "schemes");
  const protocols = listOf(extensions, TYPE.alpn, "protocols") as readonly string[] | undefined;
  if (hello.malformed !== undefined || legacyVersion === undefined || cipherSuites === undefined) return {};
  if (versions === undefined || schemes === undefined || protocols === undefined) return {};

  const suites = digitsOf(cipherSuites);
  const types = digitsOf(extensions ?? []);
  const readable = [
    { tcp: "t", dtls: "d", quic: "q" }[transport],
    versionSigns(newest(numbersOf(versions), transport) ?? numberOf(legacyVersion)),
    extensionOf(extensions, TYPE.serverName) === undefined ? "i" : "d",
    countSigns(suites),
    countSigns(types),
    protocolSigns(protocols[0] ?? ""),
  ].join("");
  // Numbers of four digits each sort as texts.
  const suiteText = suites.sort().join(",");
  const typeText = types
    .filter((type) => type !== "0000" && type !== "0010")
    .sort()
    .join(",");
  const schemeText = digitsOf(schemes as readonly CodePoint[]).join(",");
  const typesAndSchemes = schemeText === "" ? typeText : `${typeText}_${schemeText}`;
  return {
    ja4: `${readable}_${digest(suiteText, suiteText)}_${digest(typeText, typesAndSchemes)}`,
    ja4r: `${readable}_${suiteText}_${typesAndSchemes}`,
  };
}

/** The newest of `supported_versions`; the numbers of DTLS run backwards. */
function newest(versions: readonly number[], transport: FingerprintTransport): number | undefined {
  if (versions.length === 0) return undefined;
  return transport === "dtls" ? Math.min(...versions) : Math.max(...versions);
}

const VERSION_SIGNS: { readonly [version: number]: string } = {
  0x0304: "13",
  0x0303: "12",
  0x0302: "11",
  0x0301: "10",
  0x0300: "s3",
  0x0002: "s2",
  0xfeff: "d1",
  0xfefd: "d2",
  0xfefc: "d3",
};

function versionSigns(version: number): string {
  return VERSION_SIGNS[version] ?? "00";
}

/** Two digits, at most 99. */
function countSigns(list: readonly string[]): string {
  return String(Math.min(list.length, 99)).padStart(2, "0");
}

/**
 * The first and last character of a protocol name if both are letters or digits, otherwise the first and last
 * digit of the whole name in hex. The name is safe text in the model, so it is turned back into octets.
 */
function protocolSigns(name: string): string {
  const isPlain = /^[0-9A-Za-z]/.test(name) && /[0-9A-Za-z]$/.test(name) && !/\\x..$/.test(name);
  if (isPlain) return `${name[0]}${name.at(-1)}`;
  const hex = name.replaceAll(/\\x([0-9a-f]{2})|[^]/g, (sign, escaped?: string) => escaped ?? sign.charCodeAt(0).toString(16));
  return hex === "" ? "00" : `${hex[0]}${hex.at(-1)}`;
}

/** Twelve digits of the hash of `text`; zeros if the `list` in it is empty. */
function digest(list: string, text: string): string {
  return list === "" ? "000000000000" : sha256Hex(text).slice(0, 12);
}
