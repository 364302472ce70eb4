/** The clients of the library to a document: a line each, by the names under which they serve as references. */
import type { Client } from "../clients/reference.ts";
import { code, span } from "./document.ts";
import type { Document, RecordColumn } from "./document.ts";
import { countText } from "./words.ts";

const COLUMNS: readonly RecordColumn[] = [
  { title: "reference", rank: 0 },
  { title: "library", rank: 1 },
  { title: "program", rank: 2 },
  { title: "variants", rank: 3, label: "also" },
];

/** The clients as a document. */
export function composeClients(clients: readonly Client[]): Document {
  const hellos = clients.reduce((sum, { variants }) => sum + 1 + variants.length, 0);
  const stacks = new Set(clients.map(({ stack }) => stack)).size;
  return {
    blocks: [
      {
        kind: "heading",
        level: 1,
        text: [span("Recorded clients")],
        detail: [span(`${countText(hellos, "hello")} of ${countText(clients.length, "client")} of ${stacks} TLS libraries`, "muted")],
      },
      {
        kind: "records",
        columns: COLUMNS,
        rows: clients.map((client) => [
          code(`@${client.id}`, "strong"),
          code([client.stack, client.version ?? ""].join(" ").trim()),
          code(programText(client)),
          code(client.variants.map(({ id }) => id.slice(client.id.length)).join(" ")),
        ]),
      },
      {
        kind: "note",
        text: [span("A name without its version (@go, @openssl, @chrome) means the newest; a variant is added to it: @go-1.26+tlsrsakex.")],
      },
    ],
  };
}

function programText({ program, programVersion, imitates }: Client): string {
  const name = [program ?? "", programVersion ?? ""].join(" ").trim();
  return imitates === undefined ? name : `${name} as ${imitates}`;
}
