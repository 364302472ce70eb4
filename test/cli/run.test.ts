import { describe, expect, it } from "vitest";
import type { Capture } from "../../src/index.ts";
import { readCaptures } from "../../src/node.ts";
import { fixturePath } from "../support/fixtures.ts";
import { execute, STORY } from "../support/io.ts";
import type { World } from "../support/io.ts";
import { goCapture, goHandshake, opensslCapture, opensslHandshake } from "../support/stories.ts";

const DIFF = ["go.pcap", "openssl.pcap"];
const ESCAPE = "\u001b[";

describe("colours", () => {
  const CASES: readonly (readonly [what: string, words: string[], world: World, colored: boolean])[] = [
    ["a pipe has none", [], {}, false],
    ["a terminal has them", [], { terminal: 80 }, true],
    ["NO_COLOR takes them away", [], { terminal: 80, environment: { NO_COLOR: "1" } }, false],
    ["an empty NO_COLOR means nothing", [], { terminal: 80, environment: { NO_COLOR: "" } }, true],
    ["a dumb terminal has none", [], { terminal: 80, environment: { TERM: "dumb" } }, false],
    ["FORCE_COLOR gives them to a pipe", [], { environment: { FORCE_COLOR: "1" } }, true],
    ["FORCE_COLOR=0 takes them away", [], { terminal: 80, environment: { FORCE_COLOR: "0" } }, false],
    ["NO_COLOR wins over FORCE_COLOR", [], { terminal: 80, environment: { NO_COLOR: "1", FORCE_COLOR: "1" } }, false],
    ["--color always wins over all", ["--color", "always"], { environment: { NO_COLOR: "1" } }, true],
    ["--color alone means always", ["--color=always"], {}, true],
    ["--color never wins over a terminal", ["--color", "never"], { terminal: 80 }, false],
    ["--no-color means never", ["--no-color"], { terminal: 80 }, false],
  ];

  it.each(CASES)("%s", async (_, words, world, colored) => {
    const { status, out } = await execute([...DIFF, ...words], world);
    expect(status).toBe(1);
    expect(out.includes(ESCAPE)).toBe(colored);
  });
});

function longest(out: string): number {
  return Math.max(...out.split("\n").map((line) => line.length));
}

describe("width", () => {
  it.each([
    ["the terminal's", [], { terminal: 61 }, 61],
    ["80 in a pipe", [], {}, 80],
    ["what was typed", ["--width", "50"], { terminal: 120 }, 50],
    ["40 on a terminal that is narrower", [], { terminal: 10 }, 40],
  ] as const)("is %s", async (_, words, world, width) => {
    const { out } = await execute([...DIFF, ...words, "--color", "never"], world);
    expect(longest(out)).toBeLessThanOrEqual(width);
    expect(longest(out)).toBeGreaterThan(width - 8);
  });

  it("counts the last of two", async () => {
    const { out } = await execute([...DIFF, "--width", "200", "--width", "50"]);
    expect(longest(out)).toBeLessThanOrEqual(50);
  });
});

describe("signs", () => {
  it("are ASCII in a locale without UTF-8", async () => {
    const { out } = await execute(DIFF, { environment: { LC_ALL: "C" } });
    expect(out).toMatch(/^!! go\.pcap/);
    expect(out).toContain("<- server's choice");
    expect(out).toMatch(/^[\n -~]*$/);
  });
});

describe("output", () => {
  it("goes to a file, without colours and 80 wide, where one is named", async () => {
    const { out, written } = await execute([...DIFF, "-o", "report.txt"], { terminal: 120 });
    expect(out).toBe("");
    expect(written["report.txt"]).toBe((await execute(DIFF)).out);
  });

  it("is nothing with --quiet, and the status is the answer", async () => {
    expect(await execute([...DIFF, "-q"])).toMatchObject({ status: 1, out: "", err: "" });
    expect(await execute(["list", "go.pcap", "-q", "--format", "ndjson"])).toMatchObject({ status: 0, out: "", err: "" });
  });

  it("ends quietly when its reader goes away", async () => {
    expect(await execute(DIFF, { patience: 1 })).toMatchObject({ status: 0, err: "" });
    expect(await execute(["list", "go.pcap", "--format", "ndjson"], { patience: 0 })).toMatchObject({ status: 0, err: "" });
  });

  it("is one JSON document, whatever is said beside it", async () => {
    const { out, err } = await execute(["show", "two.pcap", "--json"], {
      files: { "two.pcap": [{ ...goCapture, handshakes: [opensslHandshake, { ...goHandshake, id: 2 }] }] },
    });
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, captures: [{ handshakes: [{ id: 2 }] }] });
    expect(err).toMatch(/^2 handshakes; this is number 2, the first of them that failed\./);
  });
});

describe("ndjson", () => {
  it("is a line for each handshake as it completes, before the reading ends", async () => {
    let linesBefore = -1;
    const out: string[] = [];
    const trace = await execute(["list", "go.pcap", "openssl.pcap", "--format", "ndjson"], {
      readCaptures: (input, options) => {
        const [capture] = STORY[input] as [Capture];
        void options.onHandshake?.(capture.handshakes[0] as Capture["handshakes"][number], input);
        linesBefore += 1;
        out.push(input);
        return Promise.resolve([{ ...capture, handshakes: [] }]);
      },
    });
    expect(linesBefore).toBe(1);
    const lines = trace.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject(out.map((file) => ({ schemaVersion: 1, file, id: 1 })));
  });

  it("goes to a file line by line as well, and leaves none behind unwritten", async () => {
    const { out, written } = await execute(["list", "go.pcap", "--format", "ndjson", "-o", "list.ndjson"]);
    expect(out).toBe("");
    expect(written["list.ndjson"]).toBe((await execute(["list", "go.pcap", "--format", "ndjson"])).out);
  });

  it("does not keep other reports from being written", async () => {
    const { out, written } = await execute(["list", "go.pcap", "--format", "ndjson", "--report", "markdown=list.md"]);
    expect(out).toBe((await execute(["list", "go.pcap", "--format", "ndjson"])).out);
    expect(written["list.md"]).toContain("mail.example.test");
  });

  it("is a line for each pair of a comparison", async () => {
    const { out } = await execute([...DIFF, "--format", "ndjson"]);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, files: { left: "go.pcap", right: "openssl.pcap" }, left: { id: 1 } });
  });
});

describe("choosing a handshake to show", () => {
  const other = { ...goHandshake, id: 2, stream: 5, serverName: "other.example.test" };
  const files = { "three.pcap": [{ ...goCapture, handshakes: [opensslHandshake, other, { ...goHandshake, id: 3, stream: 9 }] }] };

  it.each([
    [[], 2],
    [["--id", "1"], 1],
    [["--stream", "9"], 3],
    [["--sni", "OTHER.example.test"], 2],
    [["--server", "mail.example.test:465"], 3],
  ] as const)("with %j takes number %i", async (words, id) => {
    const { status, out } = await execute(["show", "three.pcap", ...words, "--json"], { files });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ captures: [{ handshakes: [{ id }] }] });
  });
});

/** How often the second handshake stands in some JSON. */
function ids(out: string): number {
  return out.match(/"id": ?2\b/g)?.length ?? 0;
}

describe("attempts that never reached a hello", () => {
  const refused = { ...goHandshake, id: 2, messages: [], failure: { kind: "refused", by: "server", packet: 2 } } as const;
  const files = { "refused.pcap": [{ ...goCapture, handshakes: [goHandshake, refused] }] };

  it("are counted by list, and listed with --all", async () => {
    const { out } = await execute(["list", "refused.pcap"], { files });
    expect(out).toContain("1 attempt that never reached a TLS hello hidden; --all shows it.");
    expect(out).not.toContain("refused by server");
    expect((await execute(["list", "refused.pcap", "--all"], { files })).out).toContain("refused by server");
  });

  it.each(["json", "ndjson"])("stand in %s with --all alone", async (format) => {
    expect(ids((await execute(["list", "refused.pcap", "--format", format], { files })).out)).toBe(0);
    expect(ids((await execute(["list", "refused.pcap", "--format", format, "--all"], { files })).out)).toBe(1);
  });

  it.each([["text"], ["ndjson"], ["json"]])("are worth explaining even if the capture has nothing else, as %s", async (format) => {
    const capture = fixturePath("captures/failures/refused.pcap");
    const { status, err } = await execute(["list", capture, "--format", format], { readCaptures });
    expect(status).toBe(3);
    expect(err).toContain("Some attempts never reached one: --all lists them, tls-diff explain ");
    expect(err).not.toContain("tcpdump");
  });
});

describe("comparing within one file", () => {
  it("sets the failing against the working connections", async () => {
    const files = {
      "both.pcap": [{ ...goCapture, file: "both.pcap", handshakes: [opensslHandshake, { ...goHandshake, id: 2, stream: 1 }] }],
    };
    const { status, out } = await execute(["both.pcap"], { files });
    expect(status).toBe(1);
    expect(out).toMatch(/^✗ both\.pcap#2: [\s\S]*\n✓ both\.pcap#1: /);
  });
});

describe("one capture", () => {
  it.each([
    [
      "of failures is explained alone, or needs one that works",
      goCapture,
      /^tls-diff explain a\.pcap .*\n {2}tls-diff a\.pcap ok\.pcap .*\n {2}tls-diff a\.pcap @/m,
    ],
    [
      "in which nothing failed is compared with another",
      opensslCapture,
      /^tls-diff list a\.pcap lists its connections, tls-diff a\.pcap OTHER /m,
    ],
  ])("%s", async (_, capture, advice) => {
    const { status, err } = await execute(["a.pcap"], { files: { "a.pcap": [{ ...capture, file: "a.pcap" }] } });
    expect(status).toBe(3);
    expect(err).toMatch(advice);
    expect(err).not.toContain("tcpdump");
  });
});

describe("a pair that is based only on order", () => {
  const { serverName: _, ...unnamed } = opensslHandshake;
  const elsewhere = { ...unnamed, transport: { ...unnamed.transport, server: { address: "192.0.2.80", port: 443 } } };
  const WORDS = "Paired only by their order";

  it("says so", async () => {
    const files = { "go.pcap": [goCapture], "openssl.pcap": [{ ...opensslCapture, handshakes: [elsewhere] }] };
    expect((await execute(DIFF, { files })).out).toContain(WORDS);
  });

  it("does not mention it if the names or addresses agree, or there are none", async () => {
    expect((await execute(DIFF)).out).not.toContain(WORDS);
    const files = {
      "go.pcap": [goCapture],
      "openssl.pcap": [{ ...opensslCapture, handshakes: [{ ...elsewhere, snapshot: true as const }] }],
    };
    expect((await execute(DIFF, { files })).out).not.toContain(WORDS);
  });
});

describe("several pairs", () => {
  const second = { server: { address: "10.0.0.2", port: 443 } };
  const at = (capture: Capture): Capture => {
    const [first] = capture.handshakes as [Capture["handshakes"][number]];
    const other = { ...first, id: 2, stream: 1, serverName: "www.example.test", transport: { ...first.transport, ...second } };
    return { ...capture, handshakes: [first, other] };
  };

  it("are counted first, then told one after the other", async () => {
    const files = { "go.pcap": [at(goCapture)], "openssl.pcap": [at(opensslCapture)] };
    const { out } = await execute(DIFF, { files });
    expect(out).toMatch(/^2 pairs, all with relevant differences\.\n\nPair 1 of 2 {3}paired by server name\n/);
    expect(out).toContain("Pair 2 of 2");
  });

  it("are one sentence if all are equal", async () => {
    const { status, out } = await execute(["go.pcap", "same.pcap"], {
      files: { "go.pcap": [at(opensslCapture)], "same.pcap": [{ ...at(opensslCapture), file: "same.pcap" }] },
    });
    expect(status).toBe(0);
    expect(out).toBe("2 pairs, none with relevant differences. --all shows them.\n");
  });

  it("leave the rest without a partner, by name", async () => {
    const lone = {
      ...opensslHandshake,
      id: 2,
      stream: 7,
      serverName: "lone.example.test",
      transport: { ...opensslHandshake.transport, ...second },
    };
    const files = { "go.pcap": [goCapture], "openssl.pcap": [{ ...opensslCapture, handshakes: [opensslHandshake, lone] }] };
    const { status, out } = await execute(DIFF, { files });
    expect(status).toBe(1);
    expect(out).toMatch(/Without a partner: 1 handshake of openssl\.pcap\n {2}- 2: lone\.example\.test 10\.0\.0\.2:443, established\n/);
  });
});

/** A reading of which each look at the clock takes 300 ms. */
function slow(total: number): World {
  let time = 0;
  return {
    person: true,
    now: () => (time += 300),
    readCaptures: (input, options) => {
      for (let part = 1; part <= 5; part++) {
        options.onProgress?.({ file: input, octets: part * 1_048_576, total, packets: part, handshakes: 0 });
      }
      return Promise.resolve(STORY[input] as Capture[]);
    },
  };
}

describe("progress", () => {
  it("is drawn after a second on the terminal of a person, and wiped away", async () => {
    const { err } = await execute(["list", "go.pcap"], slow(5 * 1_048_576));
    expect(err).toBe(
      "\r\u001b[Kgo.pcap: 80 % 4 MiB, 4 packets, 0 handshakes\r\u001b[Kgo.pcap: 100 % 5 MiB, 5 packets, 0 handshakes\r\u001b[K",
    );
  });

  it("is not drawn where nobody looks, or with --quiet", async () => {
    expect((await execute(["list", "go.pcap"], { ...slow(1), person: false })).err).toBe("");
    expect((await execute(["list", "go.pcap", "--quiet"], slow(1))).err).toBe("");
  });
});

describe("an interruption", () => {
  it("ends with 130 and no half a report, also while nothing comes in", async () => {
    const controller = new AbortController();
    const waiting = execute(["list", "-"], { signal: controller.signal, readCaptures: () => new Promise(() => {}) });
    setTimeout(() => controller.abort(), 5);
    expect(await waiting).toMatchObject({ status: 130, out: "" });
  });
});

describe("a bug of ours", () => {
  it("ends with 70, asks for a report, and shows no stack", async () => {
    const { status, out, err } = await execute(["list", "go.pcap"], {
      readCaptures: () => Promise.reject(new TypeError("x is undefined")),
    });
    expect(status).toBe(70);
    expect(out).toBe("");
    expect(err).toMatch(/^tls-diff: this is a bug in tls-diff \d+\.\d+\.\d+ \(TypeError: x is undefined\)\.\nPlease report it/);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("the demo", () => {
  it("says which command line it is, and always ends with 0", async () => {
    const { status, out, err } = await execute(["demo"]);
    expect(status).toBe(0);
    expect(err).toBe("$ tls-diff fixtures/go.pcap fixtures/openssl.pcap\n\n");
    expect(out).toMatch(/^✗ go\.pcap: /);
  });
});

describe("completion", () => {
  it.each([
    ["of the shell that is named", ["zsh"], {}, "compdef _tls_diff"],
    ["of the shell that is used", [], { SHELL: "/usr/bin/fish" }, "complete -c tls-diff"],
    ["of bash where the shell is not known", [], { SHELL: "/bin/ksh" }, "complete -o filenames"],
  ])("prints the script %s", async (_, words, environment, line) => {
    const { status, out } = await execute(["completion", ...words], { environment });
    expect(status).toBe(0);
    expect(out).toContain(line);
    expect(out).toContain("--get-yargs-completions");
  });

  it("says which shells it supports", async () => {
    const { status, err } = await execute(["completion", "ksh"]);
    expect(status).toBe(2);
    expect(err).toContain("completion supports bash, zsh, fish, not ksh");
  });

  it.each([
    ["commands", [""], ["list", "show"], ["--format"]],
    ["options of a command", ["list", "--"], ["--format", "--keylog"], ["--port", "--o"]],
    ["options of the command that needs no name", ["a.pcap", "--"], ["--format", "--fail-on"], ["--port"]],
    ["values", ["list", "--format", ""], ["json", "html"], ["--format", "list"]],
    ["no word where a file is meant", ["list", "-o", ""], [], ["list", "--format"]],
    ["no option where none is begun", ["list", ""], [], ["--format"]],
    ["nothing that a command does not take", ["web", "--"], ["--port", "--quiet"], ["--format", "--output"]],
  ])("completes %s", async (_, words, some, none) => {
    const found = (await execute(["--get-yargs-completions", "tls-diff", ...words])).out.trim().split("\n");
    expect(found).toEqual(expect.arrayContaining(some));
    expect(found.filter((word) => none.includes(word))).toEqual([]);
  });
});
