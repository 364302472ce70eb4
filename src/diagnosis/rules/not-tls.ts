/** Something other than TLS came back. */
import type { Rule } from "../contract.ts";
import { NOT_TLS } from "./plaintext-smtp-banner.ts";

export const notTls: Rule = {
  id: "not-tls",
  title: "The other side does not speak TLS",
  words: () => ({
    symptoms: NOT_TLS,
    cause: "The port belongs to another protocol, or to one that must be asked for TLS first (PostgreSQL, MySQL, LDAP).",
    proof: "The answer to the ClientHello is not a TLS record.",
    disproof: "the answer is a TLS record",
    fixes: [
      {
        where: "client",
        text: "use the port of TLS, or the way in which this protocol begins TLS",
        source: "https://www.rfc-editor.org/rfc/rfc7525",
      },
      { where: "server", text: "switch TLS on for this port", source: "https://www.rfc-editor.org/rfc/rfc9325" },
    ],
    references: ["RFC 9325"],
  }),
  check({ failing }) {
    const { failure } = failing;
    if (failure?.kind !== "not-tls" || failing.hello === undefined || failure.by === "client") return undefined;
    return {
      confidence: "likely",
      summary: `what answers on this port does not speak TLS${failure.text === undefined || failure.text === "" ? "" : `: "${failure.text.slice(0, 60)}"`}`,
      evidence: [failing.evidence(failure.packet, `the answer to the hello is not a TLS record: ${(failure.text ?? "").slice(0, 80)}`)],
    };
  },
};
