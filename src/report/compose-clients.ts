/** Makes a document of the clients of the library: one line each, grouped by TLS library, with the names by which they are used as references. */
import type { Client } from "../clients/reference.ts";
import { code, span } from "./document.ts";
import type { Block, Document, RecordColumn, Span } from "./document.ts";
import { countText } from "./words.ts";

const COLUMNS: readonly RecordColumn[] = [
  { title: "reference", rank: 0 },
  { title: "version", rank: 1 },
  { title: "program", rank: 2 },
  { title: "variants", rank: 3, label: "also" },
];

/** The clients as a document. */
export function composeClients(clients: readonly Client[]): Document {
  const hellos = clients.reduce((sum, { variants }) => sum + 1 + variants.length, 0);
  const groups = new Map<string, Client[]>();
  for (const client of clients) {
    const group = groups.get(groupOf(client));
    if (group === undefined) groups.set(groupOf(client), [client]);
    else group.push(client);
  }
  return {
    blocks: [
      {
        kind: "heading",
        level: 1,
        text: [span("Recorded clients")],
        detail: [span(`${countText(hellos, "hello")} of ${countText(clients.length, "client")}`, "muted")],
      },
      ...[...groups].flatMap(([group, members]): Block[] => [
        { kind: "heading", level: 2, text: [span(group)], detail: [span(countText(members.length, "client"), "muted")] },
        { kind: "records", columns: COLUMNS, rows: members.map(clientLine) },
      ]),
      {
        kind: "note",
        text: [span("A name without its version (@go, @openssl, @chrome) means the newest; a variant is added to it: @go-1.26+tlsrsakex.")],
      },
    ],
  };
}

function groupOf({ stack, imitates }: Client): string {
  return imitates === undefined ? stack : "Imitators of browsers";
}

function clientLine(client: Client): Span[] {
  return [
    code(`@${client.id}`, "strong"),
    code(client.version ?? ""),
    code(programText(client)),
    code(client.variants.map(({ id }) => id.slice(client.id.length)).join(" ")),
  ];
}

function programText({ program, programVersion, imitates }: Client): string {
  const name = [program ?? "", programVersion ?? ""].join(" ").trim();
  return imitates === undefined ? name : `${name} as ${imitates}`;
}
