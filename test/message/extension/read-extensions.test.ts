import { describe, expect, it } from "vitest";
import { Cursor, DecodeFault } from "../../../src/bytes/cursor.ts";
import { fromHex } from "../../../src/bytes/hex.ts";
import { readExtensions } from "../../../src/message/extension/read-extensions.ts";
import type { Extension } from "../../../src/message/message.ts";

/** What is read, and the words of the fault if there is one. */
function read(hex: string): { list: Extension[]; fault: string | undefined } {
  const list: Extension[] = [];
  try {
    readExtensions(new Cursor(fromHex(hex)), "client_hello", list);
  } catch (fault) {
    if (!(fault instanceof DecodeFault)) throw fault;
    return { list, fault: fault.words() };
  }
  return { list, fault: undefined };
}

const EMS = { id: "0x0017", name: "extended_master_secret", length: 0, data: {} };

describe("a list of extensions", () => {
  it("may be empty", () => {
    expect(read("0000")).toEqual({ list: [], fault: undefined });
  });

  it("keeps the order, and unknown extensions as hex", () => {
    expect(read("0012 9a9b 0002 beef 0017 0000 2a2a 0001 00")).toEqual({
      list: [{ id: "0x9a9b", name: null, length: 2, hex: "beef" }, EMS, { id: "0x2a2a", name: "GREASE", length: 1, hex: "00" }],
      fault: "truncated in extensions at offset 17: 3 octets wanted, 0 left",
    });
    expect(read("000f 9a9b 0002 beef 0017 0000 2a2a 0001 00").fault).toBeUndefined();
  });

  it("keeps duplicates and marks all but the first", () => {
    expect(read("000d 0017 0000 0017 0000 0017 0001 ff")).toEqual({
      list: [
        EMS,
        { ...EMS, duplicate: true },
        {
          id: "0x0017",
          name: "extended_master_secret",
          length: 1,
          hex: "ff",
          malformed: "1 octets too many in extended_master_secret at offset 14",
          duplicate: true,
        },
      ],
      fault: undefined,
    });
  });

  it("keeps a damaged body as hex and goes on after it", () => {
    expect(read("000b 0010 0003 0005 02 0017 0000")).toEqual({
      list: [
        {
          id: "0x0010",
          name: "application_layer_protocol_negotiation",
          length: 3,
          hex: "000502",
          malformed: "truncated in application_layer_protocol_negotiation at offset 8: 5 octets wanted, 1 left",
        },
        EMS,
      ],
      fault: undefined,
    });
  });

  it("keeps what was read beside the fault where octets are left behind the end of a body", () => {
    expect(read("000f 0010 0007 0003 02 6832 ffff 0017 0000")).toEqual({
      list: [
        {
          id: "0x0010",
          name: "application_layer_protocol_negotiation",
          length: 7,
          data: { protocols: ["h2"] },
          hex: "0003026832ffff",
          malformed: "2 octets too many in application_layer_protocol_negotiation at offset 11",
        },
        EMS,
      ],
      fault: undefined,
    });
  });

  it("never lets a body read past its own length", () => {
    expect(read("000b 002b 0003 04 0304 0303 0000").list[0]).toMatchObject({
      malformed: "truncated in supported_versions at offset 7: 4 octets wanted, 2 left",
    });
  });

  it.each([
    ["in a number", "0007 0017 0000 0017 00", [EMS]],
    ["in a length", "0005 0017 0000 00", [EMS]],
    ["in a body", "0009 0017 0000 002b 0002 04", [EMS]],
    ["of the list", "0010 0017 0000", [EMS]],
    ["of its length", "00", []],
  ])("gives what stands before damage %s", (_, hex, list) => {
    const result = read(hex);
    expect(result.list).toEqual(list);
    expect(result.fault).toMatch(/^truncated in /);
  });
});
