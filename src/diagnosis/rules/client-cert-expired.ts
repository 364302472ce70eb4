/** The client's certificate has expired. */
import { clientCertificate, serverRefused } from "../client-certificates.ts";
import type { Rule } from "../contract.ts";
import { received } from "../symptoms.ts";

export const clientCertExpired: Rule = {
  id: "client-cert-expired",
  title: "The client's certificate has expired",
  words: () => ({
    symptoms: received(45),
    cause: "The client's certificate was not renewed, or the client still holds the old one.",
    proof: "The client's certificate ends before the time of the capture, and the server refuses it.",
    disproof: "the certificate is valid: then look at the server's clock",
    fixes: [
      {
        where: "client",
        text: "renew its certificate and load the new one",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
      },
      {
        where: "server",
        text: "if the certificate is valid, set the server's clock (NTP)",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
      },
    ],
    references: ["RFC 5246 §7.2.2", "RFC 5280 §4.1.2.5"],
  }),
  explains: ["access-denied", "client-cert-unknown-ca", "client-cert-missing-chain"],
  check(view) {
    const { failing } = view;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    const leaf = sent?.certificates[0];
    if (refusal === undefined || sent === undefined || leaf?.notAfter === undefined) return undefined;
    const isOver = Date.parse(leaf.notAfter) * 1_000 < failing.time;
    if (refusal.number !== 45 && !(isOver && [42, 46, 49, -1, -2].includes(refusal.number))) return undefined;
    return {
      confidence: isOver && refusal.number >= 0 ? "certain" : "likely",
      summary: isOver
        ? `the client's certificate expired on ${leaf.notAfter.slice(0, 10)}`
        : "the server takes the client's certificate for expired, though it is valid: its clock may be wrong",
      evidence: [
        failing.evidence(sent.packet, `the client's certificate is valid until ${leaf.notAfter}`),
        failing.evidence(refusal.packet, refusal.words),
      ],
    };
  },
};
