/** The server does not know who issued the client's certificate. */
import {
  certificateRecord,
  clientCertificate,
  PAGE_WORDS,
  type Refusal,
  refusedAfterwards,
  serverRefused,
  silentRefusal,
} from "../client-certificates.ts";
import type { Claim, Rule } from "../contract.ts";
import { CLIENT_CERTIFICATE } from "../fixes/client-certificate.ts";
import type { ReadCertificate } from "../look.ts";
import { isAlike } from "../offer.ts";
import { refusalPage } from "../refusal-page.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const clientCertUnknownCa: Rule = {
  id: "client-cert-unknown-ca",
  title: "The server does not trust the client's issuer",
  words: () => ({
    symptoms: [
      ...received(48),
      { stack: "Go server", text: "tls: failed to verify certificate: x509: certificate signed by unknown authority" },
    ],
    cause: "The client's certificate comes from a CA that is not in the server's list of CAs for clients.",
    proof: "The server sends unknown_ca after the client's certificate; its issuer is not among the authorities of the CertificateRequest.",
    disproof: "the alert comes from the client: then it is about the server's certificate",
    fixes: [
      {
        where: "server",
        text: "add the client's CA to the CAs for client certificates",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4",
      },
      {
        where: "nginx",
        text: "ssl_client_certificate with that CA",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_client_certificate",
      },
      {
        where: "apache",
        text: "SSLCACertificateFile with that CA",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcacertificatefile",
      },
      { where: "haproxy", text: "bind ... ca-file with that CA", source: "https://docs.haproxy.org/3.0/configuration.html#5.1-ca-file" },
      ...CLIENT_CERTIFICATE,
    ],
    references: ["RFC 5246 §7.2.2", "RFC 5246 §7.4.4"],
  }),
  explains: ["access-denied"],
  check(view) {
    const { failing, working } = view;
    const hidden = hiddenRefusal(view);
    if (hidden !== undefined) return hidden;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    const last = sent?.certificates.at(-1);
    const areAlike = working !== undefined && isAlike(failing.offer, working.offer);
    const afterwards = refusal === undefined && areAlike ? refusedAfterwards(view) : undefined;
    if (afterwards !== undefined && sent !== undefined && last !== undefined) return notTrustedAfterwards(view, sent, afterwards.packet);
    if (refusal === undefined || sent === undefined || last === undefined || ![48, 42, 46, 49, -1, -2].includes(refusal.number))
      return undefined;
    const names = failing.request?.authorities ?? [];
    const isListed = sent.certificates.some(({ issuer }) => issuer !== undefined && names.includes(issuer));
    if (refusal.number !== 48 && (isListed || names.length === 0)) return undefined;
    const other = working === undefined ? undefined : clientCertificate(working)?.certificates[0];
    // GnuTLS' server says access_denied, which may also be an access rule, and some servers do not say what is wrong: only a different issuer distinguishes the two.
    if ((refusal.number === 49 || refusal.number < 0) && (other === undefined || other.issuer === sent.certificates[0]?.issuer))
      return undefined;
    return {
      confidence: refusal.number === 48 && (other !== undefined || last.issuer === last.subject) ? "certain" : "likely",
      summary: `the server does not trust "${last.issuer ?? "the issuer"}", who issued the client's certificate`,
      evidence: [
        ...(failing.request === undefined
          ? []
          : [failing.evidence(failing.request.packet, `the server names ${names.length === 1 ? names[0] : `${names.length} CAs`}`)]),
        failing.evidence(sent.packet, `the client's certificate is issued by ${last.issuer ?? "an unreadable issuer"}`),
        failing.evidence(refusal.packet, refusal.words),
      ],
    };
  },
};

/** The handshake succeeds, and then the server goes, but not from a client whose certificate another CA has issued. */
function notTrustedAfterwards({ failing, working }: View, sent: ReadCertificate, packet: number): Claim | undefined {
  const [ours, other] = [sent, working === undefined ? undefined : clientCertificate(working)];
  const [issuer, accepted] = [ours.certificates.at(-1)?.issuer, other?.certificates.at(-1)?.issuer];
  if (issuer === undefined || accepted === undefined || issuer === accepted || working === undefined || other === undefined)
    return undefined;
  return {
    confidence: "possible",
    summary: `the handshake succeeds, but the server closes the connection right after it: it probably does not trust "${issuer}", who issued the client's certificate`,
    evidence: [
      failing.evidence(sent.packet, `the client's certificate is issued by ${issuer}`),
      failing.evidence(packet, "the server closes the connection at once"),
      working.evidence(other.packet, `here the certificate is issued by ${accepted}, and the server does not close`),
    ],
  };
}

/** TLS 1.3 hides the certificate and what the server says of it; that there was one, and that the server then ended it, can be seen. */
function hiddenRefusal(view: View): Claim | undefined {
  const { failing, working } = view;
  if (!failing.isTls13 || clientCertificate(failing) !== undefined) return undefined;
  const sent = certificateRecord(failing);
  if (sent === undefined) return undefined;
  const refusal = hiddenEnd(view, sent);
  if (refusal === undefined) return undefined;
  return {
    confidence: working?.established === true ? "likely" : "possible",
    summary:
      "the server does not accept the client's certificate, most often because it does not trust who issued it; TLS 1.3 hides the reason",
    evidence: [
      failing.evidence(sent.packet, `an encrypted record of ${sent.length ?? 0} octets in the client's flight, as a certificate is`),
      failing.evidence(refusal.packet, refusal.words),
    ],
  };
}

/** How the server ended the connection after an encrypted certificate: by an alert, nginx's page, or nothing at all. */
function hiddenEnd({ failing, working }: View, sent: { readonly packet: number }): Pick<Refusal, "packet" | "words"> | undefined {
  const { alert } = failing;
  if (alert?.by === "server" && alert.number < 0 && sent.packet <= alert.packet)
    return { packet: alert.packet, words: "the server answers with an encrypted alert" };
  const isDifferent = working === undefined || refusalPage(working, "refused") === undefined;
  const page = isDifferent ? refusalPage(failing, "refused") : undefined;
  if (page !== undefined) return { packet: page.packet, words: PAGE_WORDS };
  const end = silentRefusal(failing, sent);
  return end && { packet: end.packet, words: "the server closes the connection without an alert, as Node.js does" };
}
