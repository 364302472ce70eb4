/** Two handshakes message by message, field by field: what is the same can be hidden, what differs is marked. */
import type { Handshake } from "../../handshake/handshake.ts";
import type { Message } from "../../message/message.ts";
import { messageDetail } from "../compose-show.ts";
import type { Field, Lines, Party } from "../document.ts";
import { bare, sign } from "../document.ts";
import { messageFields } from "../message-fields.ts";
import { countText } from "../words.ts";
import { html } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import { linesHtml, textHtml } from "./text.ts";

/** The section with a folded table for each message. */
export function messagesHtml([left, right]: readonly [Party, Party]): Markup {
  const keyed = { left: messagesByKey(left.handshake), right: messagesByKey(right.handshake) };
  const keys = merge([...keyed.left.keys()], [...keyed.right.keys()]);
  const messages = keys.map((key) => messageHtml(key, { left: keyed.left.get(key), right: keyed.right.get(key) }, [left, right]));
  return html`<section class="messages">
    <h3>Both handshakes in full <small>${countText(keys.length, "message")}</small></h3>
    ${messages}
    <p class="nothing">Every message is the same on both sides.</p>
  </section> `;
}

/** A field as a row of a table; one with subfields comes before them. */
interface Row {
  readonly label: string;
  /** The label without what only applies to this side. */
  readonly name: string;
  readonly depth: number;
  readonly value: Lines;
}

type BothSides<T> = Readonly<Record<"left" | "right", T | undefined>>;

/** Messages by type and sender; a second one of a kind gets a number. */
function messagesByKey({ messages }: Handshake): Map<string, Message> {
  const found = new Map<string, Message>();
  const numbered = numbering();
  for (const message of messages) found.set(numbered(`${message.type} from ${message.from}`), message);
  return found;
}

function messageHtml(key: string, message: BothSides<Message>, parties: readonly [Party, Party]): Markup {
  const rows = { left: rowsOf(message.left), right: rowsOf(message.right) };
  const keys = merge([...rows.left.keys()], [...rows.right.keys()]);
  const differing = keys.filter((row) => !isSame(rows.left.get(row), rows.right.get(row)));
  const onlyOne = message.left === undefined ? parties[1].name : message.right === undefined ? parties[0].name : null;
  const how = onlyOne !== null ? "differs" : differing.length > 0 ? "differs" : "same";
  const told: Content =
    onlyOne !== null
      ? html`only in <span class="${onlyOne.tone ?? ""}">${onlyOne.text}</span>`
      : differing.length === 0
        ? "no difference"
        : `${countText(leaves(differing, rows), "field")} ${leaves(differing, rows) === 1 ? "differs" : "differ"}`;
  const above = new Set(differing.flatMap(ancestors));
  const seen = (side: "left" | "right", party: Party): Content => {
    const one = message[side];
    return one === undefined ? sign("absent") : textHtml(messageDetail(one, party.handshake.messages[0]?.time));
  };
  return html`<details class="message ${how}">
    <summary><code>${key}</code> <small>${told}</small></summary>
    <div class="scroll">
      <table class="fields">
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col" class="left">${parties[0].name.text}</th>
            <th scope="col" class="right">${parties[1].name.text}</th>
          </tr>
        </thead>
        <tbody>
          <tr class="differs seen">
            <th scope="row">seen</th>
            <td>${seen("left", parties[0])}</td>
            <td>${seen("right", parties[1])}</td>
          </tr>
          ${keys.map((row) => rowHtml(rows.left.get(row), rows.right.get(row), above.has(row)))}
        </tbody>
      </table>
    </div>
  </details> `;
}

function rowHtml(left: Row | undefined, right: Row | undefined, holdsDifference: boolean): Markup {
  const { label: own, name, depth } = (left ?? right) as Row;
  const label = (right ?? left)?.label === own ? own : name;
  const same = isSame(left, right);
  const other = (row: Row | undefined): ReadonlySet<string> => new Set(row?.value.map(bare));
  return html`<tr class="${same && !holdsDifference ? "same" : same ? "above" : "differs"}">
    <th scope="row" class="depth-${Math.min(depth, 5)}">${label}</th>
    ${cellHtml(left, other(right), "left", same)}${cellHtml(right, other(left), "right", same)}
  </tr> `;
}

/** A cell; in a list, only the lines that the other side lacks are marked. */
function cellHtml(row: Row | undefined, other: ReadonlySet<string>, side: "left" | "right", same: boolean): Markup {
  if (row === undefined) return html`<td class="muted">${sign("absent")}</td>`;
  if (same) return html`<td>${linesHtml(row.value)}</td>`;
  return html`<td>
    ${row.value.map((line) => html`<span class="${other.has(bare(line)) ? "line" : `line ${side}`}">${textHtml(line)}</span>`)}
  </td>`;
}

const SLASH = "\u0000";

/** All fields by their paths, a parent before its fields. */
function rowsOf(message: Message | undefined): Map<string, Row> {
  const rows = new Map<string, Row>();
  const numbered = numbering();
  const visit = (fields: readonly Field[], path: string, depth: number): void => {
    for (const { label, key = label, value = [], fields: inner = [] } of fields) {
      const own = numbered(`${path}${SLASH}${key}`);
      rows.set(own, { label, name: key, depth, value });
      visit(inner, own, depth + 1);
    }
  };
  if (message !== undefined) visit(messageFields(message), "", 0);
  return rows;
}

function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf(SLASH); end > 0; end = path.lastIndexOf(SLASH, end - 1)) found.push(path.slice(0, end));
  return found;
}

/** How many fields have a value themselves, or are missing on one side. */
function leaves(keys: readonly string[], { left, right }: Readonly<Record<"left" | "right", ReadonlyMap<string, Row>>>): number {
  const absent = new Set(keys.filter((key) => !left.has(key) || !right.has(key)));
  return keys.filter((key) => !ancestors(key).some((above) => absent.has(above))).length;
}

/** Are two rows equal? Counts and lengths in a label describe the subfields, and do not count. */
function isSame(left: Row | undefined, right: Row | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left.value.length === right.value.length && left.value.every((line, index) => bare(line) === bare(right.value[index] ?? []));
}

/** Merges two orders: what only the right has comes after its predecessor there. */
function merge(left: readonly string[], right: readonly string[]): string[] {
  const common = new Set(left);
  const following = new Map<string, string[]>();
  let last = "";
  for (const key of right) {
    if (common.has(key)) last = key;
    else following.set(last, [...(following.get(last) ?? []), key]);
  }
  return [...(following.get("") ?? []), ...left.flatMap((key) => [key, ...(following.get(key) ?? [])])];
}

/** Makes keys unique: a repeated one gets a number. */
function numbering(): (key: string) => string {
  const seen = new Map<string, number>();
  return (key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} #${count}`;
  };
}
