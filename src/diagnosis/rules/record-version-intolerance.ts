/** The server judges the version of the first record, which must not count. */
import type { Rule } from "../contract.ts";
import { deathClaim, deathOf, traitsOf } from "../death.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const recordVersionIntolerance: Rule = {
  id: "record-version-intolerance",
  title: "The server rejects the version of the first record",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "The version in the record around a ClientHello must be ignored. Java writes 0x0303 there, nearly everybody else 0x0301, and some boxes let only one of them pass.",
    proof: "The hellos come in records of different versions, and only one is answered.",
    disproof: "a hello in a record of that version is answered",
    fixes: [
      {
        where: "server",
        text: "update it or the box before it: legacy_record_version must be ignored",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-5.1",
      },
      {
        where: "gnutls",
        text: "priority without %LATEST_RECORD_VERSION and %SSL3_RECORD_VERSION",
        source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
      },
      { where: "java", text: "no setting: fix the server", source: "https://www.rfc-editor.org/rfc/rfc9846#section-5.1" },
    ],
    references: ["RFC 9846 §5.1", "RFC 5246 §E.1"],
  }),
  explains: ["rst-after-client-hello", "fin-after-client-hello", "no-answer-timeout", "f5-hello-length", "tls-fingerprint-blocking"],
  check(view) {
    const { failing, working } = view;
    if (working === undefined || failing.hello?.recordVersion?.id === working.hello?.recordVersion?.id) return undefined;
    const others = traitsOf(view).filter((trait) => trait !== "record-version" && trait !== "length");
    if (others.length > 0 || deathOf(view) === "silence") return undefined;
    const { id = "" } = failing.hello?.recordVersion ?? {};
    return deathClaim(
      view,
      "record-version",
      undefined,
      `the server drops hellos whose record has version ${id}`,
      `comes in a record of version ${id}`,
      `answers a hello in a record of version ${working.hello?.recordVersion?.id ?? ""}`,
    );
  },
};
