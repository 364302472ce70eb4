/** No common group for the key exchange of TLS 1.3. */
import type { Rule } from "../contract.ts";
import { GROUPS } from "../fixes/groups.ts";
import { groupClaim } from "../groups.ts";
import { received } from "../symptoms.ts";

export const noCommonGroup: Rule = {
  id: "no-common-group",
  title: "No common group",
  words: () => ({
    symptoms: [
      ...received(40),
      { stack: "OpenSSL server", text: "SSL routines:final_key_share:no suitable key share" },
      { stack: "Java server", text: "javax.net.ssl.SSLProtocolException: No common named group" },
      { stack: "Go server", text: "tls: no key exchanges supported by both client and server" },
    ],
    cause:
      "Client and server share no elliptic curve or other group. A server that has a group of the client's list but no share for it must ask for one with a HelloRetryRequest: an alert instead means that no group is common. It happens where one side was restricted to a single group.",
    proof:
      "Where it works, TLS 1.3 used a group that is not in the failing hello's supported_groups; the server refused without a HelloRetryRequest.",
    disproof: "the group is in supported_groups of the failing hello",
    fixes: GROUPS,
    references: ["RFC 9846 §4.1.1", "RFC 9846 §4.2.7"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "unexpected-message"],
  check: (view) => (view.working?.isTls13 === true || view.working === undefined ? groupClaim(view) : undefined),
};
