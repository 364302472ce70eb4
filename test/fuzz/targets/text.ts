/** Any octets as a name, in every place of every report: no format carries a control sign, a foreign sign, or markup of it. */
import { safeText, toText } from "../../../src/bytes/text.ts";
import { FORMATS } from "../../../src/report/formats/index.ts";
import { hostileReports, NAMES } from "../../support/hostile.ts";
import { demand, type Target } from "../contract.ts";
import { isPrintable } from "../material.ts";

/** In front of every name: an element, and an attribute's end, that must not come out as such. */
const PLANTED = '<planted>"planted=';

export const text: Target = {
  name: "text",
  longest: 200,
  bound: (length) => 3_000 * length + 1_000_000,
  seeds: () => NAMES.map((name) => new TextEncoder().encode(name)),
  run(octets) {
    demand(isPrintable(toText(octets)), "octets as text are not printable");
    demand(toText(octets).length <= 4 * octets.length, "octets as text are too long");
    const hostile = safeText(PLANTED + new TextDecoder().decode(octets));
    demand(isPrintable(hostile), "a text made safe is not printable");
    for (const report of hostileReports(hostile)) {
      for (const format of Object.values(FORMATS)) {
        const rendered = [...format.render(report)].join("");
        demandNoForeignSign(rendered, format.name);
        if (["html", "junit"].includes(format.name)) demand(!rendered.includes("<planted>"), `${format.name} has an element of a name`);
        if (format.name === "html" || format.name === "junit")
          demand(!rendered.includes('"planted='), `${format.name} has an attribute of a name`);
        if (format.name === "json" || format.name === "sarif") JSON.parse(rendered);
      }
    }
  },
};

/** Only printable ASCII, line ends, and the signs that reports use themselves. */
export function demandNoForeignSign(rendered: string, name: string): void {
  const foreign = /[^\n -~✓✗≈◀→…–─│┌┐└┘├┤┬┴┼·●▸▾±×≥≤§«»]/u.exec(rendered);
  demand(foreign === null, `${name} has the sign U+${foreign?.[0]?.codePointAt(0)?.toString(16)}`);
}
