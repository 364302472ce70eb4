/** A value contradicts the specification. */
import { alertClaim } from "../alerts.ts";
import type { Rule } from "../contract.ts";
import { LAST_MESSAGE } from "../fixes/last-message.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { received } from "../symptoms.ts";

export const illegalParameter: Rule = {
  id: "illegal-parameter",
  title: "A value contradicts the specification",
  words: () => ({
    symptoms: received(47),
    cause: "A field is in order by itself but not together with others: something was chosen that had not been offered, or sent twice.",
    proof: "The alert illegal_parameter.",
    disproof: "a more specific cause fits",
    fixes: [SERVER_LOG, LAST_MESSAGE],
    references: ["RFC 9846 §6.2"],
  }),
  isFallback: true,
  check: (view) => alertClaim(view, 47, "one side found a value in the other's last message that is not allowed there"),
};
