/** Somebody changed the hello on the way (TLS 1.3). */
import type { Rule } from "../contract.ts";
import { authFailed } from "../finished.ts";

export const helloModifiedInTransitTls13: Rule = {
  id: "hello-modified-in-transit-tls13",
  title: "The hello was changed on the way (TLS 1.3)",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "local error: tls: bad record MAC" },
      { stack: "OpenSSL", text: "SSL routines:tls_get_more_records:decryption failed or bad record mac" },
      { stack: "Java", text: "javax.crypto.AEADBadTagException: Tag mismatch" },
    ],
    cause:
      "In TLS 1.3 all keys depend on both hellos. If a box on the path changed one of them, the client cannot read the server's first encrypted record.",
    proof: "The client sends bad_record_mac right after the ServerHello. Captures at both ends that differ are proof.",
    disproof: "captures at both ends show the same hellos",
    fixes: [
      {
        where: "path",
        text: "switch off what changes the hello on that box, or go round it",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.4.1",
      },
      {
        where: "path",
        text: "capture at both ends at once and compare: tls-diff client.pcap server.pcap",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-7.1",
      },
    ],
    references: ["RFC 9846 §4.4.1", "RFC 9846 §7.1"],
  }),
  explains: ["bad-record-mac", "encrypted-client-alert"],
  check(view) {
    const { failing, working } = view;
    const failed = authFailed(view);
    if (failed === undefined || !failing.isTls13 || failed.by !== "client" || failing.established || failing.leave !== undefined)
      return undefined;
    return {
      confidence: working === undefined ? "possible" : "likely",
      summary: "one of the hellos was changed on the way: the client cannot read the server's first encrypted record",
      evidence: [failing.evidence(failing.serverHello?.packet, "the server's hello"), failing.evidence(failed.packet, failed.words)],
    };
  },
};
