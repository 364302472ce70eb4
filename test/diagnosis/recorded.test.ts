import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { executeOnFixtures, fixturePath } from "../support/fixtures.ts";

/**
 * Failures that were recorded with real clients and servers, and what made them fail by their recipe (fixtures/README.md). A pair stands
 * with both captures, failing first; one alone is explained, with the keys beside it where there are some.
 */
const RECORDED: readonly (readonly [rule: string, failing: string, working?: string])[] = [
  ["no-common-cipher-rsa-kex", "pairs/go-rsa-kex/go.pcap", "pairs/go-rsa-kex/openssl.pcap"],
  ["no-common-cipher-rsa-kex", "pairs/python-rsa-kex/python.pcap", "pairs/python-rsa-kex/openssl.pcap"],
  ["no-common-cipher-rsa-kex", "pairs/smtp-starttls/go.pcap", "pairs/smtp-starttls/openssl.pcap"],
  ["client-cert-missing-tls12", "pairs/client-certificate-tls12/without.pcap", "pairs/client-certificate-tls12/with.pcap"],
  ["client-cert-missing-tls13", "pairs/client-certificate-tls13/without.pcap", "pairs/client-certificate-tls13/with.pcap"],
  ["alpn-mismatch", "captures/failures/alpn-mismatch.pcap"],
  ["protocol-version-too-low", "captures/failures/client-only-tls12.pcap"],
  ["server-only-old-tls-alert", "captures/failures/server-only-tls10.pcap"],
  ["fin-after-client-hello", "captures/failures/close-after-hello.pcap"],
  ["rst-after-client-hello", "captures/failures/reset-after-hello.pcap"],
  ["plaintext-http-on-tls", "captures/failures/http-on-tls-port.pcap"],
  ["plaintext-smtp-banner", "captures/failures/tls-to-starttls-port.pcap"],
  ["no-common-group", "captures/failures/no-common-group.pcap"],
  ["no-common-cipher-suite", "captures/failures/no-common-suite.pcap"],
  ["tcp-refused", "captures/failures/refused.pcap"],
  ["unknown-ca", "captures/failures/unknown-ca-tls12.pcap"],
  ["unknown-ca", "captures/failures/unknown-ca-tls13.pcap"],
  ["sni-unrecognized-name", "captures/failures/unrecognized-name.pcap"],
  ["starttls-refused", "captures/failures/starttls-refused.pcap"],
  ["starttls-refused", "captures/starttls/smtp-refused-hello-sent.pcap"],
  ["starttls-refused", "captures/starttls/ldap-refused.pcap"],
  ["starttls-refused", "captures/starttls/postgresql-refused.pcap"],
  ["starttls-refused", "captures/starttls/mysql-refused.pcap"],
  ["proxy-connect-refused", "captures/proxy/connect-squid-407.pcap"],
  ["proxy-connect-refused", "captures/proxy/socks5-wrong-password.pcap"],
  ["quic-alpn-mismatch", "captures/quic/go-alpn-mismatch.pcap"],
  ["quic-version-negotiation", "captures/quic/version-negotiation.pcap"],
  ["client-cert-missing-tls13", "captures/quic/go-client-certificate-missing.pcap"],
  ["no-answer-timeout", "captures/dtls/silence.pcap"],
  ["client-cert-missing-tls12", "captures/dtls/openssl-client-certificate-missing.pcap"],
  ["ech-rejected", "captures/ech/refused.pcap"],
  ["unknown-ca", "captures/keylog/bad-certificate.pcap"],
  ["hostname-mismatch", "captures/keylog/hostname-mismatch.pcap"],
  ["client-cert-missing-tls13", "captures/keylog/certificate-required.pcap"],
];

interface Told {
  readonly rule: string;
  readonly side: string;
}

async function diagnosed(failing: string, working?: string): Promise<Told[]> {
  if (working !== undefined) {
    const { out } = await executeOnFixtures([failing, working, "--format", "json"]);
    return (JSON.parse(out) as { pairs: { diagnosis: Told[] }[] }).pairs.flatMap(({ diagnosis }) => diagnosis);
  }
  const keys = fixturePath(failing.replace(/\.pcap$/, ".keylog"));
  const { out } = await executeOnFixtures(["explain", failing, ...(existsSync(keys) ? ["--keylog", keys] : []), "--format", "json"]);
  const { captures } = JSON.parse(out) as { captures: { handshakes: { diagnosis: Told[] }[] }[] };
  return captures.flatMap(({ handshakes }) => handshakes.flatMap(({ diagnosis }) => diagnosis));
}

describe("the cause that is named first of a recorded failure", () => {
  const failures = RECORDED.map(([rule, failing, working]) => ({ rule, failing, working }));

  it.each(failures)("is $rule: $failing", async ({ rule, failing, working }) => {
    expect((await diagnosed(failing, working))[0]?.rule).toBe(rule);
  });

  const pairs = failures.flatMap(({ rule, failing, working }) => (working === undefined ? [] : [{ rule, failing, working }]));

  it.each(pairs)("is $rule also on the other side: $failing", async ({ rule, failing, working }) => {
    expect((await diagnosed(working, failing))[0]).toMatchObject({ rule, side: "right" });
  });
});
