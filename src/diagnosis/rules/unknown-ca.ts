/** The client does not trust the CA that issued the server's certificate. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { TRUST } from "../fixes/trust.ts";
import { issuerOf, lacksIssuer } from "../issuer.ts";
import { judgesBeforehand, rejectionOf, subjectOf, untoldRejection } from "../rejection.ts";
import { UNTRUSTED } from "../symptoms.ts";

export const unknownCa: Rule = {
  id: "unknown-ca",
  title: "The client does not trust the server's issuer",
  words: () => ({
    symptoms: UNTRUSTED,
    cause:
      "The chain ends at a CA that is not in the client's store: a private CA, a proxy that inspects TLS and issues certificates of its own, or a new root that an old store lacks.",
    proof:
      "The client turns away after a whole chain whose issuer is not a public CA, with unknown_ca above all; a client that has the CA accepts the same chain.",
    disproof: "the alert comes from the server: then it is about the client's certificate",
    fixes: [...fixServer("serve a chain to a CA that the clients trust", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2"), ...TRUST],
    references: ["RFC 5246 §7.2.2", "RFC 9846 §6.2"],
  }),
  explains: ["client-rejects-after-handshake", "encrypted-client-alert", "quic-transport-error"],
  check(view) {
    const { failing, working } = view;
    if (failing.chain.length === 0 && failing.isTls13 && failing.alert?.by === "client" && failing.alert.number === 48) {
      return {
        confidence: "likely",
        summary: "the client does not trust the CA that issued the server's certificate, which is encrypted in TLS 1.3",
        evidence: [failing.evidence(failing.alert.packet, `the client sends ${failing.alert.name} after the server's flight`)],
      };
    }
    const rejection = rejectionOf(view) ?? untoldRejection(view);
    const last = failing.chain.at(-1);
    const leaf = failing.chain[0];
    if (rejection === undefined || last === undefined || leaf === undefined || ![42, 46, 48, -1].includes(rejection.number))
      return undefined;
    const leaves = working?.chain[0];
    const isOther = leaves !== undefined && leaves.issuer !== leaf.issuer;
    if (
      rejection.number === -1 &&
      failing.established &&
      (judgesBeforehand(failing) || working === undefined || failing.leave?.said === true)
    )
      return undefined;
    const issuer = last.issuer ?? "an unknown issuer";
    const same = leaves !== undefined && leaves.sha256 === leaf.sha256;
    const isWhole = !lacksIssuer(failing.chain) && failing.chain.length <= 10;
    const isCompared = isOther || same;
    // Alone it may as well be another server than the one that was meant.
    const isSure = rejection.number === 48 && isCompared;
    // A single certificate that was issued by a CA below a root, or several without the issuer's: the intermediate is missing.
    const isMissing = !isWhole && (failing.chain.length > 1 || issuerOf(leaf) === "intermediate");
    const isTold = rejection.number === 48 || isCompared || last.issuer === last.subject || !isWhole;
    const confidence = isMissing || !isTold ? "possible" : isSure && isWhole ? "certain" : "likely";
    return {
      confidence,
      summary: `the client does not trust "${issuer}", to which the server's chain leads`,
      evidence: [
        failing.evidence(failing.certificateOf("server")?.packet, `${subjectOf(leaf)}, issued by ${leaf.issuer ?? "an unreadable issuer"}`),
        failing.evidence(rejection.packet, rejection.words),
        ...(same
          ? [working?.evidence(working.certificateOf("server")?.packet, "this client accepts the same certificate")].filter(
              (one) => one !== undefined,
            )
          : []),
        ...(isOther
          ? [working?.evidence(working.certificateOf("server")?.packet, `here the certificate is issued by ${leaves.issuer ?? ""}`)].filter(
              (one) => one !== undefined,
            )
          : []),
      ],
    };
  },
};
