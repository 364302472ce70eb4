/** One side could not read a message. */
import { alertClaim } from "../alerts.ts";
import type { Rule } from "../contract.ts";
import { LAST_MESSAGE } from "../fixes/last-message.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { received } from "../symptoms.ts";

export const decodeError: Rule = {
  id: "decode-error",
  title: "One side could not read a message",
  words: () => ({
    symptoms: received(50),
    cause:
      "A message did not have the form that the other side expects. After a FIN of the other side it is only the answer to the early end.",
    proof: "The alert decode_error before any end of the connection.",
    disproof: "a more specific cause fits",
    fixes: [SERVER_LOG, LAST_MESSAGE],
    references: ["RFC 9846 §6.2"],
  }),
  isFallback: true,
  check: (view) => alertClaim(view, 50, "one side could not read the other's last message"),
};
