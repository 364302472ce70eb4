/** The server's access control said no. */
import { clientCertificate } from "../client-certificates.ts";
import type { Rule } from "../contract.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const accessDenied: Rule = {
  id: "access-denied",
  title: "The server denies access",
  words: () => ({
    symptoms: received(49),
    cause: "The handshake would have worked, but a rule of the server forbids it: by server name, by client certificate, or by address.",
    proof: "The server sends access_denied.",
    disproof: "the alert comes from the client",
    fixes: [
      {
        where: "server",
        text: "change the rule, or put this client on its list",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
      },
      SERVER_LOG,
      {
        where: "client",
        text: "use the name, the certificate or the network that is allowed",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
      },
    ],
    references: ["RFC 9846 §6.2"],
  }),
  check(view) {
    const { failing, working } = view;
    if (failing.alert?.by !== "server" || failing.alert.number !== 49) return undefined;
    const name = failing.offer.serverName;
    const other = working?.offer.serverName;
    // After the client's certificate message the rule may be that it must verify, as GnuTLS' server says it.
    const certificate = clientCertificate(failing);
    const isJudged = certificate !== undefined && certificate.packet <= failing.alert.packet;
    return {
      confidence: isJudged ? "likely" : "certain",
      summary: `the server's access control refuses the client${name !== undefined && working !== undefined && other !== name ? ` for the name ${name}` : ""}`,
      evidence: [
        ...(isJudged ? [failing.evidence(certificate.packet, "the client has sent its certificate message")] : []),
        failing.evidence(failing.failure?.packet, endWords(view)),
        ...(working !== undefined && other !== name
          ? [
              failing.evidence(failing.hello?.packet, `asks for ${name ?? "no name"}`),
              working.evidence(working.hello?.packet, `asks for ${other ?? "no name"}, and is answered`),
            ]
          : []),
      ],
    };
  },
};
