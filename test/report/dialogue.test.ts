import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { composeList, listLine } from "../../src/report/compose-list.ts";
import { ListTroubles } from "../../src/report/list-troubles.ts";
import { composeShow } from "../../src/report/compose-show.ts";
import { markdown } from "../../src/report/formats/markdown.ts";
import { goCapture, goHandshake } from "../support/stories.ts";

const { serverName: _, ...nameless } = goHandshake;
const proxied: Handshake = {
  ...nameless,
  startTls: "postgresql",
  via: "socks5",
  proxyTarget: "db.example.test:5432",
  dialogue: [
    { from: "client", packet: 4, text: "SOCKS5 username and password [redacted]" },
    { from: "server", packet: 5, text: "HTTP/1.1 403 | <b>no</b>" },
  ],
};

describe("the plaintext before TLS", () => {
  it("is in the list's server and name", () => {
    const cells = listLine(proxied).map(({ text }) => text);
    expect(cells).toContain("127.0.0.1:465 SOCKS5 PostgreSQL");
    expect(cells).toContain("db.example.test:5432");
    expect(composeList([{ capture: goCapture, lines: [listLine(proxied)], hidden: 0, troubles: new ListTroubles() }]).blocks).toHaveLength(
      2,
    );
  });

  it("is a section of its own in what is shown of one handshake, before its messages", () => {
    const { blocks } = composeShow(goCapture, proxied);
    const titles = blocks.flatMap((block) => (block.kind === "details" ? [block.title] : []));
    expect(titles.slice(0, 2)).toEqual(["Dialogue", expect.stringMatching(/^client_hello/)]);
    const fields = blocks.find((block) => block.kind === "fields");
    expect(fields?.fields.map(({ label }) => label)).toEqual(expect.arrayContaining(["STARTTLS", "via", "proxy target"]));
    expect(composeShow(goCapture, goHandshake).blocks).not.toContainEqual(expect.objectContaining({ title: "Dialogue" }));
  });

  it("is no markup", () => {
    const text = [...markdown.render({ kind: "show", capture: goCapture, handshake: proxied })].join("");
    expect(text).toContain("| 4 | client | `SOCKS5 username and password [redacted]` |");
    expect(text).not.toMatch(/403 \| <b>/);
  });
});
