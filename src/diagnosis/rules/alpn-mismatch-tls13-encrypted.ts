/** The server refused after its ServerHello, in TLS 1.3: probably no application protocol is common. */
import type { Rule } from "../contract.ts";
import { ALPN } from "../fixes/alpn.ts";
import { received } from "../symptoms.ts";

export const alpnMismatchTls13Encrypted: Rule = {
  id: "alpn-mismatch-tls13-encrypted",
  title: "No common application protocol, hidden by encryption",
  words: () => ({
    symptoms: received(120),
    cause:
      "Servers written in Go judge the application protocols after the ServerHello, so that their alert is encrypted: one short record, and the end.",
    proof:
      "After ServerHello the server sends one record of the size of an alert and ends the connection; the lists of application protocols differ. With a key log the alert can be read.",
    disproof: "more records of the server follow",
    fixes: ALPN,
    references: ["RFC 7301 §3.2", "RFC 9846 §6"],
  }),
  explains: ["encrypted-server-alert"],
  check({ failing, working }) {
    if (!failing.isTls13 || failing.established || failing.serverHello === undefined || failing.handshake.protocol === "quic")
      return undefined;
    const records = failing.records("server").filter(({ packet }) => packet >= (failing.serverHello?.packet ?? 0));
    const alert = records[0];
    if (alert === undefined || records.length > 1 || (alert.length ?? 99) > 24 || (alert.length ?? 0) < 19) return undefined;
    const ours = failing.offer.alpn;
    if (ours.length === 0 || (working !== undefined && ours.some((protocol) => working.offer.alpn.includes(protocol)))) return undefined;
    return {
      confidence: working === undefined ? "possible" : "likely",
      summary: `the server probably speaks none of the protocols that the client offers (${ours.join(", ")})`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers ${ours.join(", ")}`),
        failing.evidence(alert.packet, "one encrypted record of the size of an alert after the server's hello, and nothing else"),
        ...(working === undefined
          ? []
          : [working.evidence(working.hello?.packet, `offers ${working.offer.alpn.join(", ") || "none"}, and the handshake goes on`)]),
      ],
    };
  },
};
