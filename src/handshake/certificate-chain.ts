/**
 * A chain of certificates as it was sent (RFC 9846 §4.4.2): its described entries come in; whether they are in order and lead to
 * a root goes out. Judged by names and key identifiers alone (RFC 5280 §6.1, §7.1): no signature is verified, no trust store consulted.
 */
import type { CertificateEntry, Message, Side } from "../message/message.ts";

/** What can be said of a chain as sent. Numbers are indexes of entries in the Certificate message, from 0. */
export interface CertificateChain {
  /** From the peer's own certificate upwards: each is certified by the next. */
  readonly path: readonly number[];
  /** `wrong`: an entry precedes one that it certifies. Unneeded entries do not count, as in TLS 1.3. */
  readonly order: "right" | "wrong";
  /** The entries that precede one that they certify. */
  readonly outOfPlace?: readonly number[];
  /**
   * Where the path ends: `root`, in a self-signed certificate; `issuer-not-sent`, before its issuer, as most servers do not send the root;
   * `gap`, the same, but followed by entries that do not belong to it; `unknown`, if an entry could not be read or the message is cut.
   */
  readonly complete: "root" | "issuer-not-sent" | "gap" | "unknown";
  /** The issuer of the path's last certificate, if it was not sent. */
  readonly missingIssuer?: string;
  /** Entries that repeat an earlier one. */
  readonly duplicates?: readonly number[];
  /** Entries that the path does not need: other certificates of its issuers, or unrelated ones. */
  readonly unused?: readonly number[];
  /** Entries outside their validity when the message was captured; `limit` is the notAfter that had passed, or the notBefore that was still to come. */
  readonly notValid?: readonly { readonly certificate: number; readonly why: "expired" | "not-yet-valid"; readonly limit: string }[];
}

/** The chains of both sides; a side that sent no certificate that could be read is absent. */
export type CertificateChains = { readonly [side in Side]?: CertificateChain };

/** Judges the first chain of each side; `undefined` if there is none, or the certificates were not described. */
export function chainsOf(messages: readonly Message[]): CertificateChains | undefined {
  const server = firstChain(messages, "server");
  const client = firstChain(messages, "client");
  if (server === undefined && client === undefined) return undefined;
  return { ...(server === undefined ? {} : { server }), ...(client === undefined ? {} : { client }) };
}

/** Entries that are examined: no real chain has as many, and each is compared with every other. */
const MAX_ENTRIES = 64;

/** The judgement of one chain, sent at `time` (RFC 3339). `isCut`: the message has more entries than were read. */
export function judgeChain(entries: readonly CertificateEntry[], time: string, isCut: boolean): CertificateChain | undefined {
  const chain = entries.slice(0, MAX_ENTRIES);
  if (!isRead(chain[0])) return undefined;
  const firstOf = new Map<string, number>();
  const duplicates: number[] = [];
  for (const [index, { sha256 }] of chain.entries()) {
    if (firstOf.has(sha256)) duplicates.push(index);
    else firstOf.set(sha256, index);
  }
  const links = linksOf(chain, [...firstOf.values()]);
  const path = pathFrom(leafOf(links), links, chain);
  const outOfPlace = path.filter((index, at) => at > 0 && index < (path[at - 1] as number));
  const unused = [...firstOf.values()].filter((index) => !path.includes(index));
  const last = chain[path.at(-1) as number] as CertificateEntry;
  const isRoot = last.selfSigned === true;
  const isWhole = !isCut && entries.length <= MAX_ENTRIES && chain.every(isRead);
  const hasStrangers = unused.some((index) => !isOfPath(index, path, links, chain));
  const notValid = [...firstOf.values()].flatMap((index) => outsideValidity(chain[index] as CertificateEntry, index, time));
  return {
    path,
    order: outOfPlace.length === 0 ? "right" : "wrong",
    ...some("outOfPlace", outOfPlace),
    complete: isRoot ? "root" : !isWhole ? "unknown" : hasStrangers ? "gap" : "issuer-not-sent",
    ...(isRoot ? {} : { missingIssuer: last.issuer as string }),
    ...some("duplicates", duplicates),
    ...some("unused", unused),
    ...some("notValid", notValid),
  };
}

/** For each entry, by its index, the entries that may have certified it. */
type Links = ReadonlyMap<number, readonly number[]>;

function firstChain(messages: readonly Message[], side: Side): CertificateChain | undefined {
  for (const message of messages) {
    if (message.from !== side || message.type === "server_hello" || !("certificates" in message)) continue;
    const { certificates, certificateType } = message as { certificates?: readonly CertificateEntry[]; certificateType?: unknown };
    if (certificates === undefined || certificates.length === 0 || certificateType !== undefined) continue;
    return judgeChain(certificates, message.time, message.malformed !== undefined);
  }
  return undefined;
}

function isRead(entry: CertificateEntry | undefined): boolean {
  return entry?.subject !== undefined && entry.issuer !== undefined;
}

function linksOf(chain: readonly CertificateEntry[], indices: readonly number[]): Links {
  const issuersOf = (child: CertificateEntry, own: number): number[] =>
    indices.filter((index) => index !== own && child.selfSigned !== true && isIssuedBy(child, chain[index] as CertificateEntry));
  return new Map(indices.map((index) => [index, issuersOf(chain[index] as CertificateEntry, index)]));
}

function isIssuedBy(child: CertificateEntry, issuer: CertificateEntry): boolean {
  if (!isRead(child) || !isRead(issuer) || child.issuer === "" || folded(child.issuer) !== folded(issuer.subject)) return false;
  const [wanted, own] = [child.authorityKeyIdentifier, issuer.subjectKeyIdentifier];
  return wanted === undefined || wanted === "" || own === undefined || wanted === own;
}

/** Names are compared without regard to case and to the number of spaces (RFC 5280 §7.1). */
function folded(name: string | undefined): string {
  return (name ?? "").toLowerCase().replaceAll(/ +/g, " ");
}

/** The peer's own certificate: the first, unless it certifies another one. */
function leafOf(links: Links): number {
  const seen = new Set([0]);
  let leaf = 0;
  for (;;) {
    const child = [...links].find(([index, issuers]) => !seen.has(index) && issuers.includes(leaf));
    if (child === undefined) return leaf;
    leaf = child[0];
    seen.add(leaf);
  }
}

/** The shortest path to a self-signed certificate; if there is none, the one that reaches farthest. */
function pathFrom(leaf: number, links: Links, chain: readonly CertificateEntry[]): number[] {
  const reached: { readonly index: number; readonly path: number[] }[] = [{ index: leaf, path: [leaf] }];
  const seen = new Set([leaf]);
  for (const { index, path } of reached) {
    if (chain[index]?.selfSigned === true) return path;
    const issuers = links.get(index) ?? [];
    // Of several possible issuers, the next entry is meant.
    for (const issuer of [...issuers.filter((other) => other > index), ...issuers.filter((other) => other < index)]) {
      if (seen.has(issuer)) continue;
      seen.add(issuer);
      reached.push({ index: issuer, path: [...path, issuer] });
    }
  }
  return reached.reduce((longest, { path }) => (path.length > longest.length ? path : longest), [leaf]);
}

/** Is the entry related to the path: another certificate of one of its subjects, or one that certifies or is certified by one of them? */
function isOfPath(index: number, path: readonly number[], links: Links, chain: readonly CertificateEntry[]): boolean {
  return path.some(
    (member) =>
      folded(chain[member]?.subject) === folded(chain[index]?.subject) ||
      (links.get(index) ?? []).includes(member) ||
      (links.get(member) ?? []).includes(index),
  );
}

/** Digits of `2026-01-01T00:00:00`. */
const SECONDS = 19;

/** Packets without a timestamp have the time 1970-01-01, against which validity cannot be judged. */
function outsideValidity(entry: CertificateEntry, certificate: number, time: string): NonNullable<CertificateChain["notValid"]> {
  const now = time.slice(0, SECONDS);
  if (now.startsWith("1970-01-01")) return [];
  const { notBefore, notAfter } = entry;
  if (notAfter !== undefined && now > notAfter.slice(0, SECONDS)) return [{ certificate, why: "expired", limit: notAfter }];
  if (notBefore !== undefined && now < notBefore.slice(0, SECONDS)) return [{ certificate, why: "not-yet-valid", limit: notBefore }];
  return [];
}

function some<K extends string, T>(key: K, list: readonly T[]): { readonly [key in K]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { readonly [key in K]: readonly T[] });
}
