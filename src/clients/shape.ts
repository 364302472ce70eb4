/**
 * The shape of a ClientHello: what its sender's software and settings determine, without what differs per connection (randoms, keys,
 * tickets) or per destination (server name, ALPN). A hello comes in, a {@link Shape} goes out, and its text, by which shapes are compared and stored.
 */
import type { ClientHello, Extension } from "../message/message.ts";
import type { CodePoint } from "../registry/codepoint.ts";

/** Lists hold hex numbers in the order of the hello, without `0x` and without GREASE. */
export interface Shape {
  /** `t` over TCP, `d` in DTLS, `q` in QUIC. */
  readonly transport: string;
  readonly legacyVersion: string;
  readonly compression: readonly string[];
  /** RFC 8701 values were among the suites or extensions. */
  readonly grease: boolean;
  readonly suites: readonly string[];
  /** Extension types in order, without those in {@link APART}. */
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
  readonly pointFormats: readonly string[];
  readonly schemes: readonly string[];
  /** Empty if only `legacyVersion` says what is offered. */
  readonly versions: readonly string[];
  /** Groups for which a key share is sent. */
  readonly keyShares: readonly string[];
  /** PSK modes, certificate compression, record size limit, schemes for certificates, …: one text for each that is present. */
  readonly others: readonly string[];
}

/** Extensions that depend on the destination, or on what was said before: server name, ALPN, padding, PSK, early data, cookie, QUIC's parameters. */
const APART: ReadonlySet<string> = new Set(["0000", "0010", "0015", "0029", "002a", "002c", "0039", "ffa5"]);
/** Suites that say something about the attempt, not about the client: TLS_FALLBACK_SCSV (RFC 7507). */
const FALLBACK = "5600";
/** Elements of a hello's lists; no real client has more, and a hello that does has no shape. */
const MOST = 256;

/** The shape of `hello`; `undefined` if it was not read completely, is in the form of SSL 2.0, or has absurdly long lists. */
export function shapeOf(hello: ClientHello, protocol: "tls" | "dtls" | "quic" | "sslv2"): Shape | undefined {
  const { legacyVersion, cipherSuites, compressionMethods, extensions } = hello;
  if (hello.malformed !== undefined || hello.sslv2 === true || protocol === "sslv2") return undefined;
  if (legacyVersion === undefined || cipherSuites === undefined || compressionMethods === undefined || extensions === undefined)
    return undefined;
  if (cipherSuites.length > MOST || extensions.length > MOST) return undefined;
  const suites = digitsOf(cipherSuites);
  const types = digitsOf(extensions);
  const list = (type: string, key: string): string[] => listOf(extensions, type, key);
  const shares = dataOf(extensions, "0x0033")?.["entries"];
  const shape: Shape = {
    transport: protocol === "tls" ? "t" : protocol === "dtls" ? "d" : "q",
    legacyVersion: legacyVersion.id.slice(2),
    compression: digitsOf(compressionMethods),
    grease: suites.length < cipherSuites.length || types.length < extensions.length,
    suites: suites.filter((suite) => suite !== FALLBACK),
    extensions: types.filter((type) => !APART.has(type)),
    groups: list("0x000a", "groups"),
    pointFormats: list("0x000b", "formats"),
    schemes: list("0x000d", "schemes"),
    versions: list("0x002b", "versions"),
    keyShares: Array.isArray(shares) ? digitsOf(shares.map((entry: { readonly group: CodePoint }) => entry.group)) : [],
    others: OTHERS.flatMap(([sign, type, key]) => {
      const value = dataOf(extensions, type)?.[key];
      if (Array.isArray(value)) return [`${sign}${digitsOf(value as CodePoint[]).join("-")}`];
      return typeof value === "number" ? [`${sign}${value}`] : [];
    }),
  };
  const longest = Math.max(shape.groups.length, shape.schemes.length, shape.versions.length, shape.keyShares.length);
  return longest > MOST ? undefined : shape;
}

/** What else software determines: a letter for the text, the extension, and the key of its data. */
const OTHERS = [
  ["p", "0x002d", "modes"],
  ["c", "0x001b", "algorithms"],
  ["l", "0x001c", "limit"],
  ["s", "0x0032", "schemes"],
  ["d", "0x0022", "schemes"],
] as const;

/** The shape as a text; equal texts are equal shapes. `sorted`: for clients that shuffle their extensions. */
export function shapeText(shape: Shape, sorted = false): string {
  const extensions = sorted ? shape.extensions.toSorted() : shape.extensions;
  return [
    `${shape.transport}${shape.grease ? "g" : ""}`,
    shape.legacyVersion,
    shape.compression.join("-"),
    shape.suites.join("-"),
    extensions.join("-"),
    shape.groups.join("-"),
    shape.pointFormats.join("-"),
    shape.schemes.join("-"),
    shape.versions.join("-"),
    shape.keyShares.join("-"),
    shape.others.join(","),
  ].join(";");
}

/** The shape that {@link shapeText} gave as `text`. */
export function readShape(text: string): Shape {
  const fields = text.split(";");
  const list = (at: number, by = "-"): string[] => (fields[at] === undefined || fields[at] === "" ? [] : fields[at].split(by));
  return {
    transport: fields[0]?.[0] ?? "t",
    grease: fields[0]?.[1] === "g",
    legacyVersion: fields[1] ?? "",
    compression: list(2),
    suites: list(3),
    extensions: list(4),
    groups: list(5),
    pointFormats: list(6),
    schemes: list(7),
    versions: list(8),
    keyShares: list(9),
    others: list(10, ","),
  };
}

function digitsOf(points: readonly Pick<CodePoint, "id" | "name">[]): string[] {
  const digits: string[] = [];
  for (const { id, name } of points) if (name !== "GREASE") digits.push(id.slice(2));
  return digits;
}

function dataOf(extensions: readonly Extension[], id: string): Extension["data"] {
  return extensions.find((extension) => extension.id === id)?.data;
}

function listOf(extensions: readonly Extension[], id: string, key: string): string[] {
  const value = dataOf(extensions, id)?.[key];
  return Array.isArray(value) ? digitsOf(value as CodePoint[]) : [];
}
