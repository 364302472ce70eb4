/** The server demands a client certificate, and the client sends none (TLS 1.3: seen by lengths). */
import { certificateRecord, clientCertificate, emptyCertificateRecord, missingAfterwards, silentRefusal } from "../client-certificates.ts";
import type { Claim, Rule } from "../contract.ts";
import { CLIENT_CERTIFICATE } from "../fixes/client-certificate.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const clientCertMissingTls13: Rule = {
  id: "client-cert-missing-tls13",
  title: "No client certificate, though the server demands one (TLS 1.3)",
  words: () => ({
    symptoms: [
      ...received(116),
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_required" },
    ],
    cause:
      "In TLS 1.3 the client believes the handshake complete before the server has seen its certificate. The refusal arrives with the first read, often after the request was sent.",
    proof:
      "An encrypted record of 25 octets before the client's Finished, which is an empty Certificate, and then the server's alert. With a key log the alert certificate_required can be read.",
    disproof: "the client's flight has no record of 25 octets before its Finished",
    fixes: [
      {
        where: "server",
        text: "issue a certificate for the client, or make it optional",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.4.2.4",
      },
      ...CLIENT_CERTIFICATE,
    ],
    references: ["RFC 9846 §4.4.2.4", "RFC 9846 §6.2"],
  }),
  explains: ["handshake-failure-unspecified", "encrypted-server-alert", "client-rejects-after-handshake"],
  check(view) {
    const { failing, working } = view;
    const { alert } = failing;
    if (!failing.isTls13) return undefined;
    const sent = clientCertificate(failing);
    const isEmpty = sent !== undefined && sent.certificates.length === 0;
    const record = emptyCertificateRecord(failing);
    const none = isEmpty ? sent : record;
    if (failing.established) return none === undefined ? undefined : afterwards(view, none.packet);
    const silent = alert === undefined && record !== undefined ? silentRefusal(failing, record) : undefined;
    if (alert?.by !== "server" && silent === undefined) return undefined;
    const number = alert?.number ?? -1;
    if (number >= 0 && number !== 116 && !isEmpty) return undefined;
    if (number < 0 && none === undefined) return undefined;
    const other = working === undefined ? undefined : emptyCertificateRecord(working);
    if (number < 0 && working?.established === true && other !== undefined) return undefined;
    return {
      confidence: number === 116 ? "certain" : silent !== undefined && working?.established !== true ? "possible" : "likely",
      summary: "the server demands a client certificate, and the client sent none",
      evidence: [
        failing.evidence(
          none?.packet,
          isEmpty
            ? "the client's certificate message is empty"
            : "the client's flight begins with a record of the size of an empty certificate message",
        ),
        failing.evidence(
          alert?.packet ?? silent?.packet,
          alert === undefined
            ? "the server closes the connection without a word"
            : number < 0
              ? "the server answers with an encrypted alert"
              : `the server sends ${alert.name}`,
        ),
      ],
    };
  },
};

/** The handshake succeeds all the same. */
function afterwards(view: View, packet: number): Claim | undefined {
  const { working } = view;
  const has = working === undefined ? undefined : (clientCertificate(working) ?? certificateRecord(working));
  const isNone = has === undefined || ("certificates" in has && has.certificates.length === 0);
  return missingAfterwards(view, packet, isNone ? undefined : has.packet);
}
