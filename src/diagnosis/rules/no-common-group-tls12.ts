/** No common curve in TLS 1.2: it looks like a problem with suites. */
import type { Rule } from "../contract.ts";
import { GROUPS } from "../fixes/groups.ts";
import { groupClaim } from "../groups.ts";
import { received } from "../symptoms.ts";

export const noCommonGroupTls12: Rule = {
  id: "no-common-group-tls12",
  title: "No common curve in TLS 1.2",
  words: () => ({
    symptoms: [...received(40), { stack: "OpenSSL server", text: "SSL routines:tls_post_process_client_hello:no shared cipher" }],
    cause:
      "A TLS 1.2 server drops every ECDHE suite if it shares no curve with the client. What is left may be nothing, so that its log speaks of ciphers although the suites are common.",
    proof: "Where it works, the ServerKeyExchange used a curve that is not in the failing hello's supported_groups, though the suite is.",
    disproof: "the curve is in supported_groups of the failing hello",
    fixes: GROUPS,
    references: ["RFC 8422 §5.1"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite"],
  check: (view) => (view.working !== undefined && !view.working.isTls13 ? groupClaim(view) : undefined),
};
