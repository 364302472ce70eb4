/** ec_point_formats without the uncompressed one. */
import type { Rule } from "../contract.ts";
import { dataOf, EXTENSION, numberOf, pointsIn } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const ecPointFormats: Rule = {
  id: "ec-point-formats",
  title: "ec_point_formats lacks uncompressed",
  words: () => ({
    symptoms: [...received(40), ...received(47)],
    cause: "Where the extension is sent it must list the uncompressed point format (0). OpenSSL as a server ignores the fault, Go refuses.",
    proof: "The hello has ec_point_formats without 0, and the server refuses it.",
    disproof: "0 is in the list, or the extension was not sent",
    fixes: [
      {
        where: "client",
        text: "list uncompressed (0), or leave the extension out: only home-made and embedded stacks do otherwise",
        source: "https://www.rfc-editor.org/rfc/rfc8422#section-5.1.2",
      },
    ],
    references: ["RFC 8422 §5.1.2"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite"],
  check(view) {
    const { failing } = view;
    const formats = dataOf(failing.hello?.extensions, EXTENSION.pointFormats)?.["formats"];
    if (!failing.refusedWith(40, 47, 50, 109) || !Array.isArray(formats) || pointsIn(formats).some((format) => numberOf(format) === 0))
      return undefined;
    return {
      confidence: "certain",
      summary: "the hello's ec_point_formats lacks the uncompressed format, which every client must list",
      evidence: [
        failing.evidence(failing.hello?.packet, "ec_point_formats without uncompressed (0)"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
