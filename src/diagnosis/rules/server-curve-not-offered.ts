/** The server used a curve that was not offered. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";

export const serverCurveNotOffered: Rule = {
  id: "server-curve-not-offered",
  title: "The server used a curve that was not offered",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server selected unsupported curve" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_ske_ecdhe:wrong curve" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Unsupported named group in ECDH ServerKeyExchange message" },
    ],
    cause: "The server does not read supported_groups and takes the curve that it always takes.",
    proof:
      "The curve of ServerKeyExchange (or the group of the ServerHello's key share) is not in supported_groups of the same connection.",
    disproof: "the curve is in the list",
    fixes: [
      ...fixServer(
        "fix or replace it: it must choose a group from the client's list",
        "https://www.rfc-editor.org/rfc/rfc8422#section-5.4",
      ),
      { where: "client", text: "until then offer that curve as well", source: "https://www.rfc-editor.org/rfc/rfc8422#section-5.1" },
    ],
    references: ["RFC 8422 §5.4", "RFC 9846 §4.2.8"],
  }),
  explains: ["bad-server-signature"],
  check(view) {
    const { failing } = view;
    const { group } = failing.choice;
    if (group === undefined || failing.offer.groups.length === 0 || failing.offer.groups.includes(numberOf(group))) return undefined;
    if (failing.serverHello === undefined || failing.abort === undefined) return undefined;
    return {
      confidence: failing.alert === undefined ? "likely" : "certain",
      summary: `the server uses ${group.name ?? group.id} for the key exchange, which the client had not offered`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers ${failing.offer.groups.length} groups, not ${group.name ?? group.id}`),
        failing.evidence(
          failing.first("server_key_exchange")?.packet ?? failing.serverHello.packet,
          `the server uses ${group.name ?? group.id}`,
        ),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
