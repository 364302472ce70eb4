/** Somebody changed the hello on the way (TLS 1.2). */
import type { Rule } from "../contract.ts";
import { authFailed, type Unreadable } from "../finished.ts";
import { numberOf } from "../offer.ts";
import { keyExchangeOf } from "../counterfactual.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const helloModifiedInTransit: Rule = {
  id: "hello-modified-in-transit",
  title: "The hello was changed on the way",
  words: () => ({
    symptoms: [
      ...received(20),
      ...received(51),
      { stack: "OpenSSL server", text: "SSL routines:tls_process_finished:digest check failed" },
    ],
    cause:
      "The keys, or the Finished, are made over all messages. If a box on the path takes something out of the hello or writes into it, the two sides have seen different messages and cannot agree.",
    proof:
      "bad_record_mac or decrypt_error in answer to the first Finished; the same hello, sent another way, got another answer. Captures at both ends that differ are proof.",
    disproof: "captures at both ends show the same hello",
    fixes: [
      {
        where: "path",
        text: "switch off what changes the hello on that box (an intrusion filter, a name rewriter), or go round it",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.4.1",
      },
      {
        where: "path",
        text: "capture at both ends at once and compare: tls-diff client.pcap server.pcap",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.9",
      },
    ],
    references: ["RFC 5246 §7.4.9", "RFC 7627 §3"],
  }),
  explains: ["bad-record-mac"],
  check(view) {
    const { failing, working } = view;
    const failed = authFailed(view) ?? finishedRefused(view);
    if (failed === undefined || failing.isTls13 || failed.by !== "server" || /PSK/.test(keyExchangeOf(numberOf(failing.choice.suite))))
      return undefined;
    if (working?.serverHello?.extensions === undefined || failing.serverHello?.extensions === undefined) {
      return failed.number === 51
        ? {
            confidence: "possible",
            summary: "the hello may have been changed on the way: the two sides have seen different messages",
            evidence: [failing.evidence(failed.packet, failed.words)],
          }
        : undefined;
    }
    const isSame =
      JSON.stringify(failing.offer.suites) === JSON.stringify(working.offer.suites) &&
      failing.offer.extensions.join() === working.offer.extensions.join();
    const answers = [failing, working].map(
      ({ serverHello, choice }) =>
        `${
          serverHello?.extensions
            ?.map(({ id }) => id)
            .toSorted()
            .join() ?? ""
        } ${choice.suite?.id} ${choice.version?.id} ${choice.alpn ?? ""}`,
    );
    const differs = isSame && answers[0] !== answers[1];
    if (!differs && failed.number !== 51) return undefined;
    return {
      confidence: differs || failed.number === 51 ? "likely" : "possible",
      summary: "the hello was changed on the way: the two sides have seen different messages",
      evidence: [
        ...(differs
          ? [
              failing.evidence(failing.serverHello.packet, "the server's hello answers something else"),
              working.evidence(working.serverHello.packet, "than here, to an equal hello"),
            ]
          : []),
        failing.evidence(failed.packet, failed.words),
      ],
    };
  },
};

/** Go's server rejects a wrong Finished with handshake_failure; if it has not asked for a certificate, there is nothing else left to reject. */
function finishedRefused({ failing }: View): Unreadable | undefined {
  const { alert } = failing;
  if (alert?.by !== "server" || alert.number !== 40 || alert.after !== "finished" || failing.request !== undefined) return undefined;
  return { by: "server", number: 51, packet: alert.packet, words: `the server sends ${alert.name} after the client's Finished` };
}
