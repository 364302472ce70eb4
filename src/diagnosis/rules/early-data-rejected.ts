/** Early data was refused: it must be sent again. */
import type { Rule } from "../contract.ts";
import { EXTENSION, hasExtension } from "../offer.ts";

export const earlyDataRejected: Rule = {
  id: "early-data-rejected",
  title: "Early data was rejected",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "Early data was rejected" },
      { stack: "HTTP", text: "425 Too Early" },
      { stack: "rustls", text: "is_early_data_accepted() == false" },
    ],
    cause:
      "The server does not take the early data: its ticket keys changed, it protects itself from replays, or it wants another group. The handshake goes on without it, and the request must be sent again.",
    proof: "The first hello announces early_data, and the server asks for another hello or does not accept the PSK.",
    disproof: "the server accepts the PSK and early_data",
    fixes: [
      {
        where: "server",
        text: "share the ticket keys between all nodes and keep them over a restart",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.10",
      },
      {
        where: "nginx",
        text: "ssl_session_ticket_key with a file that all nodes have",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_session_ticket_key",
      },
      {
        where: "client",
        text: "let the library send the request again after the handshake, or switch early data off",
        source: "https://www.rfc-editor.org/rfc/rfc8470",
      },
    ],
    references: ["RFC 9846 §4.2.10", "RFC 8470"],
  }),
  check(view) {
    const { failing, working } = view;
    if (!hasExtension(failing.hello?.extensions, EXTENSION.earlyData)) return undefined;
    const retry = failing.retries[0];
    const answer = failing.serverHello;
    const refusedPsk = answer !== undefined && !hasExtension(answer.extensions, EXTENSION.preSharedKey);
    const encrypted = failing.first("encrypted_extensions");
    const refusedData = encrypted !== undefined && !hasExtension(encrypted.extensions, EXTENSION.earlyData);
    if (retry === undefined && !refusedPsk && !refusedData) return undefined;
    return {
      confidence: "certain",
      summary: "the server did not take the early data (0-RTT), so that it must be sent again",
      evidence: [
        failing.evidence(failing.hello?.packet, "announces early_data"),
        retry !== undefined
          ? failing.evidence(retry.packet, "the server asks for another hello")
          : failing.evidence(
              (encrypted ?? answer)?.packet,
              refusedPsk ? "the server does not accept the PSK" : "the server does not accept early_data",
            ),
        ...(working !== undefined && hasExtension(working.serverHello?.extensions, EXTENSION.preSharedKey)
          ? [working.evidence(working.serverHello?.packet, "here the server accepts the PSK")]
          : []),
      ],
    };
  },
};
