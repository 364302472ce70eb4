import { describe, expect, it } from "vitest";
import { libraryEntries, shapeOfEntry } from "../../src/clients/library.ts";
import { readReference } from "../../src/clients/reference.ts";
import { shapeOf } from "../../src/clients/shape.ts";
import { checkFix } from "../../src/diagnosis/checked-fix.ts";
import type { Place } from "../../src/diagnosis/contract.ts";
import { viewOf } from "../../src/diagnosis/view.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { ClientHello } from "../../src/message/message.ts";
import { point, serverHello } from "../support/handshake-builder.ts";
import { readFixture } from "../support/fixtures.ts";

const FLAGSHIP = "pairs/go-rsa-kex";

async function check(where: Place, text: string): Promise<string | undefined> {
  const [go, openssl] = await Promise.all(["go", "openssl"].map((name) => readFixture(`${FLAGSHIP}/${name}.pcap`)));
  const view = viewOf(go?.handshakes[0] as Handshake, "left", openssl?.handshakes[0]);
  return checkFix({ where, text, source: "" }, text, view);
}

describe("a fix that is tried before it is told", () => {
  it.each<readonly [where: Place, text: string, checked: string | undefined]>([
    ["go", "run it with GODEBUG=tlsrsakex=1 (Go 1.22 to 1.26 only)", "acceptable"],
    ["go", "tls.Config.CipherSuites with tls.TLS_RSA_WITH_AES_256_CBC_SHA; price: …", "acceptable"],
    ["go", "run it with GODEBUG=tls3des=1", "refused"],
    ["go", "run it with GODEBUG=tlsrsakex=11", "unknown"],
    ["go", "tls.Config.CipherSuites with tls.TLS_RSA_WITH_AES_256_CBC_SHA256", "unknown"],
    ["go", "update Go", "unknown"],
    ["server", "enable TLS_RSA_WITH_AES_256_CBC_SHA", undefined],
    ["postfix", "smtpd_tls_mandatory_ciphers = medium", undefined],
  ])("for %s: %s", async (where, text, checked) => {
    expect(await check(where, text)).toBe(checked);
  });
});

/** A working handshake in which the server chose this suite. */
function chose(suite: string, failing: Handshake): Handshake {
  const answer = serverHello({ cipherSuite: point(suite, null), extensions: [] });
  return { ...failing, outcome: "established", negotiated: { cipherSuite: point(suite, null) }, messages: [...failing.messages, answer] };
}

const settings = libraryEntries().filter(
  ({ base, knob, shapeText }) => base !== undefined && knob !== undefined && shapeText.startsWith("t"),
);

describe("every recorded setting", () => {
  it("is there", () => {
    expect(settings.length).toBeGreaterThan(100);
  });

  it("that brings a suite makes the server's choice of it acceptable, and no other suite", async () => {
    let tried = 0;
    for (const { base, knob } of settings) {
      const read = await readReference(base as string);
      const failing = { ...(read?.handshakes[0] as Handshake), outcome: "failed" } as Handshake;
      const hello = failing.messages[0] as ClientHello;
      const shape = shapeOf(hello, "tls");
      const same = settings.filter((entry) => entry.base === base && entry.knob === knob);
      const recorded = new Set(same.flatMap((entry) => shapeOfEntry(entry).suites));
      const brought = [...recorded].filter((suite) => shape?.suites.includes(suite) === false);
      if (shape === undefined || brought.length === 0) continue;
      tried++;
      const text = `turn on ${knob}`;
      const checked = (suite: string): string | undefined =>
        checkFix({ where: "openssl", text, source: "" }, text, viewOf(failing, "left", chose(`0x${suite}`, failing)));
      expect([base, knob, checked(brought[0] as string)]).toEqual([base, knob, "acceptable"]);
      expect([base, knob, checked("fefe")]).toEqual([base, knob, "refused"]);
    }
    expect(tried).toBeGreaterThan(20);
  });
});
