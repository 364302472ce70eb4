/** The client sends its certificate without the intermediate. */
import { clientCertificate, serverRefused } from "../client-certificates.ts";
import type { Rule } from "../contract.ts";
import { CLIENT_CERTIFICATE } from "../fixes/client-certificate.ts";
import { received } from "../symptoms.ts";
import { issuerOf } from "../issuer.ts";

export const clientCertMissingChain: Rule = {
  id: "client-cert-missing-chain",
  title: "The client leaves out its intermediate certificate",
  words: () => ({
    symptoms: received(48),
    cause: "The server knows the root but not the intermediate CA that issued the client's certificate, and the client does not send it.",
    proof: "The client sends one certificate where the working one sends its chain, and the server answers unknown_ca.",
    disproof: "the client sends the whole chain",
    fixes: [
      {
        where: "client",
        text: "send the whole chain: the client's certificate first, then the intermediates",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.6",
      },
      ...CLIENT_CERTIFICATE,
      {
        where: "server",
        text: "or install the intermediate on the server as well",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4",
      },
    ],
    references: ["RFC 5246 §7.4.6"],
  }),
  explains: ["client-cert-unknown-ca"],
  check(view) {
    const { failing, working } = view;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    const leaf = sent?.certificates[0];
    if (refusal === undefined || sent === undefined || leaf === undefined || ![48, 42, 46, -1, -2].includes(refusal.number))
      return undefined;
    if (leaf.issuer !== undefined && leaf.issuer === leaf.subject) return undefined;
    const other = working === undefined ? undefined : clientCertificate(working);
    const isLonger = (other?.certificates.length ?? 0) > sent.certificates.length && other?.certificates[0]?.issuer === leaf.issuer;
    if (working !== undefined && !isLonger) return undefined;
    if (working === undefined && (sent.certificates.length > 1 || refusal.number !== 48)) return undefined;
    const isMissing = isLonger || issuerOf(leaf) === "intermediate";
    return {
      confidence: !isMissing ? "possible" : !isLonger || refusal.number < 0 ? "likely" : "certain",
      summary: `the client sends its certificate without that of its issuer, "${leaf.issuer ?? ""}"`,
      evidence: [
        failing.evidence(
          sent.packet,
          sent.certificates.length === 1 ? "the client sends one certificate" : `the client sends ${sent.certificates.length} certificates`,
        ),
        ...(working !== undefined && other !== undefined
          ? [working.evidence(other.packet, `here the client sends ${other.certificates.length} certificates`)]
          : []),
        failing.evidence(refusal.packet, refusal.words),
      ],
    };
  },
};
