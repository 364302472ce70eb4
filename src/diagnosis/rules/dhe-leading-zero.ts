/** DHE that fails now and then: old Windows handles a shared secret with leading zeros in another way. */
import type { Rule } from "../contract.ts";
import { authFailed } from "../finished.ts";
import { keyExchangeOf } from "../counterfactual.ts";
import { numberOf } from "../offer.ts";
import { received } from "../symptoms.ts";

export const dheLeadingZero: Rule = {
  id: "dhe-leading-zero",
  title: "DHE fails now and then",
  words: () => ({
    symptoms: received(20),
    cause:
      "Windows Server 2008 R2 and 2012 kept leading zeros of a Diffie-Hellman secret, which the specification strips. About one connection in 256 then computes other keys.",
    proof: "A DHE suite of TLS 1.2, and bad_record_mac after the Finished in a small part of the connections.",
    disproof: "every connection fails, or the suite is not a DHE suite",
    fixes: [
      { where: "server", text: "prefer ECDHE, and update Windows", source: "https://www.rfc-editor.org/rfc/rfc5246#section-8.1.2" },
      {
        where: "iis",
        text: "Disable-TlsCipherSuite TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 and the other DHE suites",
        source: "https://learn.microsoft.com/powershell/module/tls/disable-tlsciphersuite",
      },
    ],
    references: ["RFC 5246 §8.1.2"],
  }),
  check(view) {
    const { failing, working } = view;
    const failed = authFailed(view);
    const suite = numberOf(failing.choice.suite);
    if (failed === undefined || keyExchangeOf(suite) !== "DHE" || working === undefined || numberOf(working.choice.suite) !== suite)
      return undefined;
    return {
      confidence: "possible",
      summary: "the two sides may have computed other keys from a Diffie-Hellman secret with leading zeros, as old Windows does",
      evidence: [
        failing.evidence(failed.packet, failed.words),
        working.evidence(working.serverHello?.packet, "the same DHE suite works in another connection"),
      ],
    };
  },
};
