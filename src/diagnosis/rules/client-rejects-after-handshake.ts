/** The client finished the handshake and then left: it verifies late. */
import type { Rule } from "../contract.ts";
import { TRUST } from "../fixes/trust.ts";
import { judgesBeforehand, subjectOf } from "../rejection.ts";

export const clientRejectsAfterHandshake: Rule = {
  id: "client-rejects-after-handshake",
  title: "The client left right after the handshake",
  words: () => ({
    symptoms: [
      { stack: "Node.js", text: "UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate" },
      { stack: "curl", text: "curl: (60) SSL: no alternative certificate subject name matches target host name" },
      { stack: "NSS", text: "SEC_ERROR_UNKNOWN_ISSUER" },
    ],
    cause:
      "Node.js, curl (for names), NSS and BoringSSL verify the certificate beside or after the handshake. They then simply close the connection, so that no alert says why: look at the certificate itself.",
    proof: "Both sides sent Finished, and the client closed before it sent any data, without a close_notify.",
    disproof: "the client sent data of its application first",
    fixes: [
      {
        where: "client",
        text: "read the client's own error: it names what it did not like of the certificate",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-6",
      },
      ...TRUST,
    ],
    references: ["RFC 5280 §6", "RFC 9525"],
  }),
  check(view) {
    const { failing, working } = view;
    const isEncrypted = failing.alert?.by === "client" && failing.alert.number < 0 && failing.serverHello !== undefined && !failing.isTls13;
    const early = working?.established === true ? failing.earlyLeave : undefined;
    const leave = isEncrypted ? { packet: failing.alert?.packet ?? 0, said: false } : (failing.leave ?? early);
    if (
      leave === undefined ||
      (early === undefined && !isEncrypted && judgesBeforehand(failing)) ||
      (failing.alert !== undefined && !isEncrypted)
    )
      return undefined;
    // A close_notify alone is a polite end, unless this stack turns away so and another client goes on.
    // Who has named an application protocol has something to say in it.
    const isLate = failing.offer.alpn.length > 0 || failing.stack.places.some((place) => place === "nss" || place === "boringssl");
    if (leave.said && !(isLate && working?.clientSpoke === true)) return undefined;
    if (failing.handshake.outcome === "incomplete" && failing.records("client").length === 0) return undefined;
    const leaf = failing.chain[0];
    // With a shared key or a session there was no certificate; TLS 1.3 hides whether there was.
    if (leaf === undefined && (working === undefined || !failing.isTls13)) return undefined;
    return {
      confidence: working?.clientSpoke === true || (working !== undefined && working.leave === undefined) ? "likely" : "possible",
      summary: `the client ${early === undefined ? "completed the handshake" : "had the server's whole flight"} and left without a word: it probably did not accept the server's certificate`,
      evidence: [
        ...(leaf === undefined
          ? []
          : [
              failing.evidence(
                failing.certificateOf("server")?.packet,
                `${subjectOf(leaf)}, issued by ${leaf.issuer ?? "an unreadable issuer"}`,
              ),
            ]),
        failing.evidence(leave.packet, "the client closes the connection without having sent data"),
        ...(working?.clientSpoke === true ? [working.evidence(working.later("client")[0]?.packet, "this client goes on with data")] : []),
      ],
    };
  },
};
