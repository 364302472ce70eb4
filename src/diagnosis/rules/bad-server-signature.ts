/** The server's signature over the handshake does not verify. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { endWords } from "../suites.ts";

export const badServerSignature: Rule = {
  id: "bad-server-signature",
  title: "The server's handshake signature does not verify",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: invalid signature by the server certificate: crypto/rsa: verification error" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_key_exchange:bad signature" },
      { stack: "rustls", text: "invalid peer certificate: BadSignature" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Invalid ECDH ServerKeyExchange signature" },
    ],
    cause:
      "The private key does not belong to the certificate (a renewal of which only one half arrived, a faulty key module), or octets were changed on the way.",
    proof:
      "The client sends decrypt_error right after ServerKeyExchange (Go illegal_parameter, Java handshake_failure), and what the server chose had all been offered.",
    disproof: "the alert comes from the server: then it is about the client's certificate",
    fixes: [
      ...fixServer(
        "install key and certificate that belong together: openssl x509 -pubkey and openssl pkey -pubout must print the same",
        "https://docs.openssl.org/3.0/man1/openssl-x509/",
      ),
      {
        where: "path",
        text: "if they do belong together, look for a box that changes the handshake",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.2.2",
      },
    ],
    references: ["RFC 5246 §7.2.2", "RFC 5246 §7.4.3"],
  }),
  check(view) {
    const { failing, working } = view;
    const { abort } = failing;
    const exchange = failing.first("server_key_exchange");
    if (abort === undefined || exchange?.signatureLength === undefined || failing.established) return undefined;
    if (
      failing.first("client_key_exchange") !== undefined ||
      !/server_key_exchange|server_hello_done|certificate_request/.test(failing.failure?.after ?? "")
    )
      return undefined;
    const isPlain = abort.number === 51;
    const isGo = abort.number === 47 && failing.stack.places.includes("go");
    const isJava = abort.number === 40 && failing.stack.places.includes("java");
    // Node.js judges certificates after the handshake, and says nothing of what it does not like in it.
    const isNode = failing.alert === undefined && failing.stack.places.includes("node");
    const isCompared = working !== undefined && working.choice.version?.id === failing.choice.version?.id;
    // Other stacks use these alerts for many things.
    if (!isPlain && !isGo && !((isJava || isNode) && isCompared)) return undefined;
    return {
      confidence: "likely",
      summary: "the server's signature over its key exchange does not fit its certificate",
      evidence: [
        failing.evidence(
          exchange.packet,
          `server_key_exchange, signed with ${exchange.signatureScheme?.name ?? "the key of the certificate"}`,
        ),
        failing.evidence(abort.packet, endWords(view)),
        ...(working?.first("server_key_exchange") === undefined
          ? []
          : [working.evidence(working.first("server_key_exchange")?.packet, "here the signature is accepted")]),
      ],
    };
  },
};
