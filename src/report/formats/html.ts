/** A page for people: a single file that loads nothing and sends nothing. */
import { enliven } from "../html/enliven.ts";
import { renderPage } from "../html/page.ts";
import { reportParts } from "../html/report-parts.ts";
import type { Format } from "./contract.ts";

export const html: Format = {
  name: "html",
  extension: "html",
  mediaType: "text/html",
  render: (report) =>
    renderPage({ ...reportParts(report), script: `(${enliven.toString().replaceAll("\t", " ")})(document, document.body)` }),
};
