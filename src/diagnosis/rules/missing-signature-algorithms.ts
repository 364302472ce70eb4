/** A hello of TLS 1.2 without signature_algorithms. */
import type { Rule } from "../contract.ts";
import type { Look } from "../look.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const missingSignatureAlgorithms: Rule = {
  id: "missing-signature-algorithms",
  title: "No signature_algorithms in a TLS 1.2 hello",
  words: () => ({
    symptoms: received(40),
    cause:
      "Without the extension a server has to assume SHA-1. OpenSSL 3 refuses to sign with it and finds no scheme; others still answer.",
    proof: "The hello offers TLS 1.2 without signature_algorithms and is refused; with the extension the server answers.",
    disproof: "the server answers such a hello with a SHA-1 signature",
    fixes: [
      {
        where: "client",
        text: "send signature_algorithms, with rsa_pss_rsae_sha256, ecdsa_secp256r1_sha256 and rsa_pkcs1_sha256 at least",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.4.1",
      },
    ],
    references: ["RFC 5246 §7.4.1.4.1", "RFC 9155"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group"],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    const { versions, schemes } = failing.offer;
    if (!(failing.refusedWith(40, 47, 109) || refusedToSign(failing)) || schemes !== undefined || Math.max(...versions, 0) !== 0x0303)
      return undefined;
    if (failing.hello?.extensions === undefined || failing.hello.sslv2 === true) return undefined;
    if (working !== undefined && (working.offer.schemes === undefined || view.blocked.length > 0)) return undefined;
    return {
      confidence: working === undefined ? "likely" : "certain",
      summary: "the hello offers TLS 1.2 without signature_algorithms, so that only SHA-1 is left, which the server refuses",
      evidence: [
        failing.evidence(failing.hello.packet, "no signature_algorithms extension"),
        ...(working === undefined ? [] : [working.evidence(working.serverHello?.packet, "answers a hello that has it")]),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};

/** Go chooses the scheme once it has sent its certificate, and ends it there. */
function refusedToSign({ alert, messages }: Look): boolean {
  if (alert?.by !== "server" || ![40, 47].includes(alert.number)) return false;
  const said = messages.filter(({ type, packet }) => type !== "alert" && packet <= alert.packet);
  return said.at(-1)?.type === "certificate" && said.filter(({ from }) => from === "client").length === 1;
}
