/** The list of facets: a new one is a file of this folder and a line here. */
import { alerts } from "./alerts.ts";
import { certificates } from "./certificates.ts";
import { clientHello } from "./client-hello.ts";
import { connection } from "./connection.ts";
import type { Facet } from "./contract.ts";
import { ech } from "./ech.ts";
import { messages } from "./messages.ts";
import { negotiated } from "./negotiated.ts";
import { outcome } from "./outcome.ts";
import { sequence } from "./sequence.ts";
import { transport } from "./transport.ts";

/** Every facet, in any order: `importance.ts` sorts the differences. */
export const FACETS: readonly Facet[] = [
  outcome,
  connection,
  negotiated,
  ech,
  clientHello,
  messages,
  certificates,
  alerts,
  sequence,
  transport,
];
