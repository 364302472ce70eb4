/** A record did not pass its check. */
import type { Rule } from "../contract.ts";
import { BOTH_ENDS } from "../fixes/server.ts";
import { authFailed } from "../finished.ts";
import { received } from "../symptoms.ts";

export const badRecordMac: Rule = {
  id: "bad-record-mac",
  title: "A record did not pass its check",
  words: () => ({
    symptoms: [...received(20), { stack: "OpenSSL", text: "SSL routines:ssl3_get_record:decryption failed or bad record mac" }],
    cause:
      "Octets were changed on the way (a faulty network card or memory, a box that edits), the hello was changed so that the keys differ, or the two implementations disagree on encrypt_then_mac.",
    proof: "bad_record_mac after the keys have changed, with equal hellos and answers in the working capture.",
    disproof: "a cause above fits: another PSK, a changed hello",
    fixes: [
      BOTH_ENDS,
      {
        where: "path",
        text: "switch off checksum and segmentation offload on the network cards and look whether it goes away",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.2.2",
      },
      { where: "gnutls", text: "priority with %NO_ETM", source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html" },
      { where: "openssl", text: "SSL_OP_NO_ENCRYPT_THEN_MAC", source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_options/" },
    ],
    references: ["RFC 5246 §7.2.2", "RFC 7366"],
  }),
  check(view) {
    const { failing, working } = view;
    const failed = authFailed(view);
    if (failed === undefined || failed.number !== 20) return undefined;
    return {
      confidence: working?.established === true ? "likely" : "possible",
      summary: `a record that the ${failed.by} received had been changed on the way, or was made with other keys`,
      evidence: [
        failing.evidence(failed.packet, failed.words),
        ...(working?.established === true
          ? [working.evidence(working.serverHello?.packet, "the same server and an equal handshake work")]
          : []),
      ],
    };
  },
};
