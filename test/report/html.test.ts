import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { safeText } from "../../src/bytes/text.ts";
import type { Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import { html } from "../../src/report/formats/html.ts";
import { sequenceHtml } from "../../src/report/html/sequence.ts";
import { steps } from "../../src/report/html/steps.ts";
import { messagesHtml } from "../../src/report/html/side-by-side.ts";
import type { DiffReport, Report } from "../../src/report/report.ts";
import { executeOnFixtures } from "../support/fixtures.ts";
import { hostileReports, NAMES } from "../support/hostile.ts";
import { comparison, goCapture, goHandshake, opensslCapture, opensslHandshake } from "../support/stories.ts";

const STORY: DiffReport = { kind: "diff", comparison, left: goCapture, right: opensslCapture };
const REPORTS: readonly Report[] = [
  STORY,
  { kind: "list", captures: [goCapture, opensslCapture] },
  { kind: "show", capture: goCapture, handshake: goHandshake },
];

describe("a page", () => {
  it("allows its own script and style by their hashes, and nothing else", () => {
    for (const report of REPORTS) {
      const page = text(report);
      const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1] ?? "";
      expect(policy).toBe(
        `default-src 'none'; script-src '${hashOf(page, "script")}'; style-src '${hashOf(page, "style")}'; img-src data:; base-uri 'none'; form-action 'none'`,
      );
      expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
    }
  });

  it("names nothing that a browser would load, and nothing that would run but its script", () => {
    for (const report of REPORTS) {
      const tags = tagsOf(text(report));
      expect(tags.filter((tag) => /\s(?:src|action|srcset|poster|style|on\w+)\s*=/i.test(tag))).toEqual([]);
      expect(tags.filter((tag) => /\shref=/.test(tag))).toEqual(['<link rel="icon" href="data:,">']);
      expect(tags.filter((tag) => tag.startsWith("<script"))).toHaveLength(1);
    }
  });

  it("closes every element that it opens, in order", () => {
    for (const report of REPORTS) {
      const open: string[] = [];
      for (const tag of tagsOf(text(report))) {
        const name = /^<\/?([a-z][a-z0-9-]*)/.exec(tag)?.[1] ?? "";
        if (VOID.has(name) || tag.endsWith("/>") || name === "") continue;
        if (tag.startsWith("</")) expect(open.pop()).toBe(name);
        else open.push(name);
      }
      expect(open).toEqual([]);
    }
  });

  it("says first what is the matter, in its title too", async () => {
    const { out } = await executeOnFixtures(["pairs/go-rsa-kex/go.pcap", "pairs/go-rsa-kex/openssl.pcap", "--format", "html"]);
    expect(out).toContain('<p class="verdict cause bad">');
    expect(/<title>([^<]*)/.exec(out)?.[1]).toMatch(/^go\.pcap: the server has only RSA key exchange/);
    expect(out.indexOf("How to fix it")).toBeLessThan(out.indexOf("<svg"));
    expect(out.length).toBeLessThan(400_000);
  });

  it("carries the texts for a ticket", () => {
    expect(text(STORY)).toMatch(/<pre id="as-text"[^>]*>.+go\.pcap/s);
    expect(text(STORY)).toMatch(/<pre id="as-markdown"[^>]*>.+\| --- \|/s);
  });

  it("shows each difference, without a count in the place of one", () => {
    const page = text(STORY);
    for (const { openssl } of opensslHandshake.messages.flatMap((message) =>
      message.type === "client_hello" ? (message.cipherSuites ?? []) : [],
    ))
      if (openssl !== undefined) expect(page).toContain(openssl);
    expect(page.slice(0, page.indexOf("as-text"))).not.toContain("--all shows them</span>");
  });

  it("leaves pictures out, and says so, before it grows without end", () => {
    const [pair] = comparison.pairs;
    const pairs = Array.from({ length: 700 }, () => pair as NonNullable<typeof pair>);
    const page = text({ ...STORY, comparison: { ...comparison, pairs } });
    const shown = page.match(/<section class="sequence">/g)?.length ?? 0;
    const full = page.match(/<section class="messages">/g)?.length ?? 0;
    expect(shown).toBeLessThan(700);
    expect(page).toContain(`${1400 - shown - full} pictures and handshakes in full were left out`);
    expect(page.length).toBeLessThan(40_000_000);
  });
});

describe.each(NAMES)("the name %j in a page", (name) => {
  it("is text: every element is the one that stands there for a harmless name", () => {
    const harmless = hostileReports("harmless name").map(text);
    for (const [index, report] of hostileReports(safeText(name)).entries()) {
      const page = text(report);
      expect(namesOf(page)).toEqual(namesOf(harmless[index] as string));
      expect(unescaped(page.slice(page.indexOf("<main>")))).toContain(safeText(name));
    }
  });
});

describe("the picture of a handshake", () => {
  it("has neither addresses nor times of what a snapshot keeps", () => {
    const messages = goHandshake.messages.map((message) => ({ ...message, packet: 0, packets: [] }));
    const kept = drawn({ snapshot: true, messages, events: [] });
    expect(kept).toContain("client_hello");
    expect(kept).not.toMatch(/class="(?:address|time|packet)/);
    expect(drawn({})).toMatch(/class="address.*class="time/s);
  });

  it("has an arrow for each message and each fact of the transport, in the order of packets", () => {
    expect(steps(goHandshake).shown.map(({ packet, from, text: what }) => `${packet} ${from} ${what}`)).toEqual([
      "1 client SYN",
      "2 server SYN, ACK",
      "4 client client_hello",
      "6 server alert handshake_failure",
      "7 server FIN",
    ]);
    expect(drawn({}).match(/class="step /g)).toHaveLength(5);
  });

  it("marks alerts, resets, what was lost or sent again, what was encrypted and what was decrypted", () => {
    const events = [
      event("retransmission", "client", 20, { length: 100 }),
      event("gap", "server", 21, { length: 1448 }),
      event("encrypted", "server", 22, { content: "handshake", length: 40 }),
      event("encrypted", "server", 23, { content: "finished", decrypted: true, length: 40 }),
      event("encrypted", "server", 24, { content: "application_data", decrypted: true, length: 40 }),
      event("ack", "server", 25, { length: 9 }),
      event("segment", "server", 26, { length: 9 }),
      event("rst", "server", 27),
    ];
    const opened = goHandshake.messages.map((message) => ({ ...message, decrypted: true as const }));
    expect(steps({ ...goHandshake, events, messages: opened }).shown.map(({ look, text: what }) => `${look} ${what}`)).toEqual([
      "decrypted client_hello",
      "alert alert handshake_failure",
      "trouble retransmission",
      "trouble gap of 1,448 octets",
      "encrypted handshake",
      "decrypted application_data",
      "alert RST",
    ]);
  });

  it("takes equal arrows together, and counts what is too much", () => {
    const events = Array.from({ length: 6 }, (_, index) => event("encrypted", "client", 30 + index, { content: "application_data" }));
    expect(steps({ ...goHandshake, events }).shown.at(-1)).toMatchObject({ count: 6, packet: 30 });
    const alternating = Array.from({ length: 200 }, (_, index) =>
      event("encrypted", index % 2 === 0 ? "client" : "server", 30 + index, { content: "application_data" }),
    );
    const { shown, left } = steps({ ...goHandshake, events: alternating });
    expect(shown.length + left).toBe(202);
    expect(drawn({ events: alternating })).toContain(`${left} more</text>`);
  });

  it("takes the lines that a packet has before TLS together", () => {
    const dialogue = ["220 ready", "250-one", "250 two"].map((words, index) => ({
      from: "server" as const,
      packet: index === 0 ? 3 : 4,
      text: words,
    }));
    expect(steps({ ...goHandshake, dialogue, messages: [], events: [] }).shown.map(({ count, text: what }) => `${count} ${what}`)).toEqual([
      "1 220 ready",
      "2 250-one",
    ]);
    expect(drawn({ dialogue })).toContain("250-one (2 lines)");
  });

  it("tells an encrypted alert that ended the handshake from one that did not", () => {
    const events = [event("encrypted", "server", 20, { content: "alert" }), event("encrypted", "client", 21, { content: "alert" })];
    const failure = { kind: "alert", by: "server", packet: 20, encrypted: true } as const;
    expect(steps({ ...goHandshake, failure, messages: [], events }).shown.map(({ look }) => look)).toEqual(["alert", "encrypted"]);
  });
});

describe("both handshakes side by side", () => {
  it("has nothing that differs between a handshake and itself", () => {
    const page = beside(opensslHandshake, opensslHandshake);
    expect(page.match(/<tr class="same">/g)?.length).toBeGreaterThan(20);
    expect(page).not.toMatch(/<tr class="(?:differs|above)">|details class="message differs"/);
  });

  it("finds each message of both, and which are on one side alone", () => {
    const page = beside(goHandshake, opensslHandshake);
    expect(page.match(/<details class="message/g)).toHaveLength(5);
    expect(page.match(/only in <span class="">right/g)).toHaveLength(3);
    expect(page.match(/only in <span class="">left/g)).toHaveLength(1);
  });

  it("has each field of both", () => {
    const page = unescaped(beside(goHandshake, opensslHandshake));
    for (const words of [
      "packet 4, 08:00:00.123456",
      "TLS_RSA_WITH_AES_256_CBC_SHA",
      "renegotiation_info",
      "DNS:mail.example.test",
      "9c01".repeat(16),
    ])
      expect(page).toContain(words);
  });
});

const VOID = new Set(["meta", "link", "input", "br"]);

function text(report: Report): string {
  return [...html.render(report)].join("");
}

/** Every tag, without what stands in the script and the style. */
function tagsOf(page: string): string[] {
  return page.replace(/(<(style|script)>).*?(<\/\2>)/gs, "$1$3").match(/<[a-z!/][^>]*>/gi) ?? [];
}

function namesOf(page: string): string[] {
  return tagsOf(page.slice(page.indexOf("<main>"))).map((tag) => /^<\/?[^\s>]*/.exec(tag)?.[0] ?? "");
}

function hashOf(page: string, element: "script" | "style"): string {
  const inside = new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(page)?.[1] ?? "";
  return `sha256-${createHash("sha256").update(inside).digest("base64")}`;
}

function unescaped(page: string): string {
  return page.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
}

function event(
  kind: TransportEvent["kind"],
  from: "client" | "server",
  packet: number,
  more: Partial<TransportEvent> = {},
): TransportEvent {
  return { kind, from, packet, time: `2026-03-04T08:00:01.${String(packet).padStart(3, "0")}Z`, ...more };
}

function drawn(handshake: Partial<Handshake>): string {
  return sequenceHtml([{ name: { text: "x" }, handshake: { ...goHandshake, ...handshake } }]).html;
}

function beside(left: Handshake, right: Handshake): string {
  return messagesHtml([
    { name: { text: "left" }, handshake: left },
    { name: { text: "right" }, handshake: right },
  ]).html;
}
