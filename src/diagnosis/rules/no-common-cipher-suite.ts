/** The family of causes: no suite is common. Alone it tells what a hello lacks; with a working capture other rules say more. */
import type { Rule } from "../contract.ts";
import { isSignal, offersKind, suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const noCommonCipherSuite: Rule = {
  id: "no-common-cipher-suite",
  title: "No common cipher suite",
  words: () => ({
    symptoms: [
      ...received(40),
      { stack: "OpenSSL server", text: "SSL routines:tls_post_process_client_hello:no shared cipher" },
      { stack: "Firefox", text: "SSL_ERROR_NO_CYPHER_OVERLAP" },
    ],
    cause: "The server has none of the suites that the client offers, or none that fits its certificate and the client's groups.",
    proof: "Where it works, the server chose a suite that is not in the failing hello.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: [
      { where: "server", text: "enable ECDHE with AES-GCM, and TLS 1.3", source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2" },
      {
        where: "client",
        text: "offer the suite that the server chose where it works, after the better ones",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.2",
      },
    ],
    references: ["RFC 5246 §7.4.1.3", "RFC 9325 §4.2"],
  }),
  explains: ["handshake-failure-unspecified"],
  check(view) {
    const { failing, working } = view;
    const found = suiteClaim(view, "other", (suite) => `the server accepts ${suite}, which the client does not offer`, "not that one");
    if (found !== undefined || working !== undefined || !failing.refusedWith(40, 71)) return found;
    const lacking = (["RSA", "DHE", "CBC", "ECDSA", "RSA certificate", "CHACHA20"] as const).filter(
      (kind) => !offersKind(failing.offer.suites, kind) && !offersKind(view.alsoFailed?.offer.suites ?? [], kind),
    );
    if (lacking.length === 0 || failing.offer.suites.length === 0) return undefined;
    const words = {
      RSA: "with RSA key exchange",
      DHE: "with DHE",
      CBC: "in CBC mode",
      ECDSA: "for ECDSA certificates",
      "RSA certificate": "for RSA certificates",
      CHACHA20: "with ChaCha20",
    };
    const count = failing.offer.suites.filter((suite) => !isSignal(suite)).length;
    return {
      confidence: "possible",
      summary: `the server may have only suites that the client does not offer: it offers none ${lacking.map((kind) => words[kind]).join(", none ")}`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers ${count} cipher suites`),
        failing.evidence(failing.alert?.packet, `the server sends ${failing.alert?.name} after client_hello`),
      ],
    };
  },
};
