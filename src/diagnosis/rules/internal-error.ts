/** One side had an internal error. */
import { alertClaim } from "../alerts.ts";
import type { Rule } from "../contract.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { received } from "../symptoms.ts";

export const internalError: Rule = {
  id: "internal-error",
  title: "One side had an internal error",
  words: () => ({
    symptoms: received(80),
    cause:
      "Something failed that has nothing to do with the other side: a certificate could not be loaded, a callback for the server name found none, a key module did not answer. GnuTLS as a client uses it for a key usage that does not fit.",
    proof: "The alert internal_error.",
    disproof: "a more specific cause fits",
    fixes: [
      SERVER_LOG,
      {
        where: "client",
        text: "try another server name: servers that choose certificates by name fail so",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
      },
    ],
    references: ["RFC 9846 §6.2"],
  }),
  isFallback: true,
  check: (view) => alertClaim(view, 80, "one side had an internal error; its log should say which"),
};
