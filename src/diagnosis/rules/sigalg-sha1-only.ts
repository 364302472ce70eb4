/** The server can sign the handshake with SHA-1 only. */
import type { Rule } from "../contract.ts";
import { SHA1_SIGNATURE } from "../fixes/sha1-signature.ts";
import { isSha1 } from "../signatures.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const sigalgSha1Only: Rule = {
  id: "sigalg-sha1-only",
  title: "The server signs with SHA-1 only",
  words: () => ({
    symptoms: [...received(40), { stack: "OpenSSL server", text: "SSL routines:tls_choose_sigalg:no suitable signature algorithm" }],
    cause:
      "Old appliances and key modules sign the handshake with SHA-1 and nothing else. OpenSSL 3 from security level 1, Go from 1.25, JDK from 25, rustls and Chrome do not accept that any more. That signature_algorithms_cert still lists SHA-1 does not help: it is about certificates.",
    proof:
      "Where it works, the server signed with SHA-1 though better schemes were offered; signature_algorithms of the failing hello lacks SHA-1.",
    disproof: "rsa_pkcs1_sha1 or ecdsa_sha1 is in signature_algorithms (not only in signature_algorithms_cert) of the failing hello",
    fixes: SHA1_SIGNATURE,
    references: ["RFC 9155", "https://go.dev/doc/go1.25#crypto-tls"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group"],
  check(view) {
    const { failing, working, blocked } = view;
    const scheme = working?.choice.scheme;
    if (working === undefined || scheme === undefined || !isSha1(numberOf(scheme))) return undefined;
    if (!failing.endsAfterHello || failing.offer.schemes?.includes(numberOf(scheme)) !== false) return undefined;
    if (blocked.some(({ aspect }) => aspect === "version" || aspect === "suite" || aspect === "group")) return undefined;
    return {
      confidence: failing.refusedWith(40, 71) ? "certain" : "likely",
      summary: `the server signs the handshake only with ${scheme.name ?? scheme.id}, which the client does not accept`,
      evidence: [
        failing.evidence(failing.hello?.packet, "signature_algorithms has no SHA-1 scheme"),
        working.evidence(
          working.first("server_key_exchange")?.packet,
          `the server signs with ${scheme.name ?? scheme.id}, though better schemes were offered`,
        ),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
