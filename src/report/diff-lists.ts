/**
 * Ordered lists that differ: members on one side only and members that moved, each marked; what
 * both sides have is counted. What the server chose is marked, and is shown even if both offered it.
 */
import type { ListDifference } from "../diff/difference.ts";
import type { Handshake } from "../handshake/handshake.ts";
import type { Block, Lines, Span, Table, Text } from "./document.ts";
import { code, plain, sign, span, TIE } from "./document.ts";
import { listTitle } from "./diff-sections.ts";
import { sideSpan } from "./sides.ts";
import type { Sides } from "./sides.ts";
import { isCodePoint, isRecord, nameOf, valueText } from "./words.ts";

/** Members of one kind that are shown before the rest is folded. */
const SHOWN = 12;
/** Fewer than this many are never folded. */
const WORTH_FOLDING = 3;

/** A heading and a table for each list. */
export function listBlocks(lists: readonly ListDifference[], sides: Sides, all: boolean): Block[] {
  return lists.flatMap((list): Block[] => {
    const rows = listRows(list, sides, all);
    const heading: Block = { kind: "heading", level: 2, text: [span(listTitle(list.path))], detail: counts(list, sides) };
    if (rows.length === 0) return [heading];
    return [heading, { kind: "table", alignment: "members", headed: false, columns: COLUMNS, rows }];
  });
}

const COLUMNS: Table["columns"] = [
  { title: plain(""), tight: true },
  { title: plain("name") },
  { title: plain("id") },
  { title: plain("detail"), breaks: true },
  { title: plain("offered by"), expendable: 1 },
];

type Mark = "-" | "+" | "~" | "=";

function listRows(list: ListDifference, sides: Sides, all: boolean): Lines[][] {
  const chosen = { left: chosenId(list.path, sides.left), right: chosenId(list.path, sides.right) };
  const rows: Lines[][] = [];
  const add = (mark: Mark, members: readonly unknown[], pick: (member: unknown) => boolean): void => {
    const { shown, folded } = fold(members, pick, all);
    for (const member of shown)
      rows.push(memberRow(mark, member, pick(member) ? chosenText(member, chosen, sides, mark) : [], list, sides));
    if (folded > 0) rows.push([[], [plain(`${sign("more")} ${folded} more; --all shows them`, "muted")], [], [], []]);
  };
  add("-", list.onlyLeft, (member) => chosen.left !== null && idOf(member) === chosen.left);
  add("+", list.onlyRight, (member) => chosen.right !== null && idOf(member) === chosen.right);
  add("~", list.moved, (member) => isChosen(member, chosen));
  const listed = new Set([...list.onlyLeft, ...list.onlyRight, ...list.moved].map(idOf));
  const kept = list.left.filter((member) => isChosen(member, chosen) && !listed.has(idOf(member)));
  add("=", kept, () => true);
  return rows;
}

/** The chosen member first, then the others in wire order as far as they are shown. */
function fold(members: readonly unknown[], pick: (member: unknown) => boolean, all: boolean): { shown: unknown[]; folded: number } {
  const ordered = [...members.filter(pick), ...members.filter((member) => !pick(member))];
  if (all || members.length < SHOWN + WORTH_FOLDING) return { shown: ordered, folded: 0 };
  return { shown: ordered.slice(0, SHOWN), folded: members.length - SHOWN };
}

function memberRow(mark: Mark, member: unknown, chosen: Text, list: ListDifference, sides: Sides): Lines[] {
  const tone = ({ "-": "left", "+": "right", "~": "moved", "=": "muted" } as const)[mark];
  const { name, id, detail } = memberWords(whole(member, list.path, sides, mark));
  const emphasis = chosen.length > 0 ? "chosen" : tone;
  const moved = mark === "~" ? movedText(positionOf(list.left, member), positionOf(list.right, member)) : "";
  const details: Span[] = [];
  const first = moved !== "" ? [span(moved)] : detail === "" ? [] : [span(detail, "muted")];
  for (const part of [first, chosen]) {
    if (part.length > 0 && details.length > 0) details.push(span(" "));
    details.push(...part);
  }
  const offered = mark === "-" ? sideSpan(sides, "left") : mark === "+" ? sideSpan(sides, "right") : span("both", "muted");
  return [[[span(mark, tone)]], [[code(name, emphasis)]], [[span(id, tone === "muted" ? tone : undefined)]], [details], [[offered]]];
}

/** An extension with its contents: the list of a message's extensions has only their names. */
function whole(member: unknown, path: string, sides: Sides, mark: Mark): unknown {
  if (path !== "clientHello.extensions" || (mark !== "-" && mark !== "+") || !isCodePoint(member)) return member;
  const hello = (mark === "-" ? sides.left : sides.right).messages.find(({ type }) => type === "client_hello");
  const extensions = hello?.type === "client_hello" ? (hello.extensions ?? []) : [];
  return extensions.find(({ id }) => id === member.id) ?? member;
}

/** A member's name, its number, and what else to show of it. */
function memberWords(member: unknown): { name: string; id: string; detail: string } {
  if (isCodePoint(member)) {
    const { data, hex } = member as { data?: unknown; hex?: unknown };
    const openssl = member.openssl === undefined || member.openssl === member.name ? "" : member.openssl;
    const content = isRecord(data) && Object.keys(data).length > 0 ? valueText(data) : typeof hex === "string" ? hex : "";
    return { name: nameOf(member), id: member.id, detail: shorten(openssl !== "" ? openssl : content) };
  }
  if (isRecord(member) && isCodePoint(member["group"])) {
    const { group, ...others } = member as { group: unknown };
    const { name, id } = memberWords(group);
    const length = (others as { length?: unknown }).length;
    return { name, id, detail: typeof length === "number" ? `${length} octets` : shorten(valueText(others)) };
  }
  if (isRecord(member) && isCodePoint(member["description"])) {
    const { description, level, from } = member;
    const { name, id } = memberWords(description);
    return { name, id, detail: `${isCodePoint(level) ? nameOf(level) : "alert"} from ${valueText(from)}` };
  }
  if (isRecord(member) && typeof member["sha256"] === "string") {
    return { name: valueText(member["subject"] ?? "certificate"), id: "", detail: `SHA-256 ${shorten(member["sha256"], 16)}` };
  }
  return { name: valueText(member), id: "", detail: "" };
}

const DETAIL_CELLS = 60;

function shorten(text: string, cells = DETAIL_CELLS): string {
  return text.length <= cells ? text : `${text.slice(0, cells)} ${sign("more")}`;
}

function counts(list: ListDifference, sides: Sides): Text {
  const parts: Text[] = [];
  if (list.common > 0) parts.push([span(`${list.common} in common`)]);
  if (list.onlyLeft.length > 0) parts.push([span(`${list.onlyLeft.length} only in `), sideSpan(sides, "left")]);
  if (list.onlyRight.length > 0) parts.push([span(`${list.onlyRight.length} only in `), sideSpan(sides, "right")]);
  if (list.moved.length > 0) parts.push([span(`${list.moved.length} moved`)]);
  return parts.flatMap((part, index) => (index === 0 ? part : [span(", ")].concat(part)));
}

interface Chosen {
  readonly left: string | null;
  readonly right: string | null;
}

/** What the server chose from the list at `path`. */
function chosenId(path: string, { negotiated }: Handshake): string | null {
  if (path === "clientHello.cipherSuites") return negotiated.cipherSuite?.id ?? null;
  const [message, extensions, extension] = path.split(".");
  if (message !== "clientHello" || extensions !== "extensions") return null;
  switch (extension) {
    case "supported_groups":
    case "key_share":
      return negotiated.group?.id ?? null;
    case "signature_algorithms":
      return negotiated.signatureScheme?.id ?? null;
    case "supported_versions":
      return negotiated.version?.id ?? null;
    case "application_layer_protocol_negotiation":
      return negotiated.alpn ?? null;
    default:
      return null;
  }
}

function isChosen(member: unknown, chosen: Chosen): boolean {
  const id = idOf(member);
  return id !== null && (id === chosen.left || id === chosen.right);
}

function chosenText(member: unknown, chosen: Chosen, sides: Sides, mark: Mark): Text {
  const id = idOf(member);
  const both = id === chosen.left && id === chosen.right;
  const whose = both || mark === "-" || mark === "+" ? "" : ` in ${id === chosen.left ? sides.leftName : sides.rightName}`;
  return [span(`${sign("chosen")}${TIE}server's${TIE}choice`, "chosen"), ...(whose === "" ? [] : [span(whose)])];
}

function idOf(member: unknown): string | null {
  if (typeof member === "string") return member;
  if (isCodePoint(member)) return member.id;
  if (isRecord(member) && isCodePoint(member["group"])) return member["group"].id;
  return null;
}

/** How it moved. Members before it may have been added and removed, so that its place is the same although it moved. */
function movedText(left: number, right: number): string {
  return left === right ? "other order" : `place ${left} ${sign("to")} ${right}`;
}

function positionOf(list: readonly unknown[], member: unknown): number {
  const id = idOf(member);
  const text = id === null ? JSON.stringify(member) : null;
  return list.findIndex((other) => (id === null ? JSON.stringify(other) === text : idOf(other) === id)) + 1;
}
