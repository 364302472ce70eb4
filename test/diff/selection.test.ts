import { describe, expect, it } from "vitest";
import { parseServer, selectHandshakes, type Selection } from "../../src/diff/selection.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { handshake } from "../support/handshake-builder.ts";

const at = (id: number, address: string, port: number, serverName?: string): Handshake => {
  const { serverName: _, ...rest } = handshake({ id, stream: id * 10 });
  return {
    ...rest,
    ...(serverName === undefined ? {} : { serverName }),
    transport: { protocol: "tcp", client: { address: "10.0.0.1", port: 40_000 }, server: { address, port } },
  };
};

const ALL: readonly Handshake[] = [
  at(1, "10.0.0.9", 443, "a.test"),
  at(2, "10.0.0.9", 465, "Mail.A.test"),
  at(3, "2001:db8::9", 443),
  at(4, "::ffff:10.0.0.9", 443, "a.test."),
];

describe("the selection", () => {
  it.each<[Selection, number[]]>([
    [{}, [1, 2, 3, 4]],
    [{ sni: "A.TEST" }, [1, 4]],
    [{ sni: "mail.a.test" }, [2]],
    [{ sni: "test" }, []],
    [{ server: "10.0.0.9" }, [1, 2]],
    [{ server: "10.0.0.9:465" }, [2]],
    [{ server: "mail.a.test:465" }, [2]],
    [{ server: "mail.a.test:443" }, []],
    [{ server: "2001:db8::9" }, [3]],
    [{ server: "[2001:DB8:0:0:0:0:0:9]" }, [3]],
    [{ server: "[2001:db8::0009]:443" }, [3]],
    [{ server: "[2001:db8::9]:465" }, []],
    [{ server: "::ffff:a00:9" }, [4]],
    [{ server: "[::ffff:10.0.0.9]:443" }, [4]],
    [{ stream: 20 }, [2]],
    [{ stream: 20, leftStream: 30 }, [3]],
    [{ rightStream: 20 }, [1, 2, 3, 4]],
    [{ sni: "a.test", stream: 20 }, []],
  ])("%j picks %j", (selection, ids) => {
    expect(selectHandshakes(ALL, selection, "left").map(({ id }) => id)).toEqual(ids);
  });

  it("takes the number of its own side", () => {
    expect(selectHandshakes(ALL, { leftStream: 10, rightStream: 40 }, "right").map(({ id }) => id)).toEqual([4]);
  });
});

describe("a server on the command line", () => {
  it.each([
    ["a.test", { host: "a.test" }],
    ["a.test:443", { host: "a.test", port: 443 }],
    ["10.0.0.9:0", { host: "10.0.0.9", port: 0 }],
    ["::1", { host: "::1" }],
    ["fe80::1%eth0", { host: "fe80::1%eth0" }],
    ["[::1]", { host: "::1" }],
    ["[::1]:8443", { host: "::1", port: 8443 }],
  ])("%s is taken apart", (text, parts) => {
    expect(parseServer(text)).toEqual(parts);
  });

  it.each(["", ":443", "a.test:", "a.test:https", "[::1", "::1]:443", "[::1]443", "a.test:443:1", "a.test:65536"])(
    "%j is refused with its own words",
    (text) => {
      expect(() => parseServer(text)).toThrow(RangeError);
      expect(() => parseServer(text)).toThrow(`"${text}"`);
    },
  );
});
