import { describe, expect, it } from "vitest";
import { Cursor } from "../../../src/bytes/cursor.ts";
import { fromHex } from "../../../src/bytes/hex.ts";
import type { Place } from "../../../src/message/extension/contract.ts";
import { codecs, EXTENSIONS } from "../../../src/message/extension/index.ts";
import { readExtensions } from "../../../src/message/extension/read-extensions.ts";
import type { Extension } from "../../../src/message/message.ts";
import { codePoint, registered } from "../../../src/registry/codepoint.ts";
import { registries } from "../../../src/registry/registries.ts";
import { entriesOf } from "../../../src/registry/table.ts";
import { encodeExtensions } from "../../support/wire.ts";
import { VECTORS } from "./vectors.ts";

const PLACES: readonly Place[] = [
  "client_hello",
  "server_hello",
  "hello_retry_request",
  "encrypted_extensions",
  "certificate",
  "certificate_request",
  "new_session_ticket",
];

/** Extensions that have a number but no codec, and why. */
const WITHOUT_CODEC: Readonly<Record<number, string>> = {
  0x001a: "tls_lts: an expired draft; BoringSSL used the number for QUIC's transport parameters",
  0x0024: "TLMSP: the ETSI's middlebox protocol, a handshake of its own",
  0x0025: "TLMSP_proxying: as TLMSP",
  0x0026: "TLMSP_delegate: as TLMSP",
  0x003c: "sequence_number_encryption_algorithms: an expired draft whose body nobody sends",
  0x002e: "ticket_early_data_info: stood only in encrypted tickets of drafts before 19",
  0x04d2: "utls_custom_1234: a test of one library",
  0x12e0: "server_padding: no published format",
  0x3377: "origin_bound_certificates: an expired draft, replaced by channel_id",
  0x337c: "encrypted_client_certificates: an expired draft",
  0x6b47: "short_header_experiment: no published format",
  0x8a3b: "pake: a draft whose body still changes",
  0xd509: "dummy_pq_padding: meaningless octets",
  0xd50a: "pq_experiment_signal: no published format",
  0xfb00: "alternate_server_name: private to one library",
  0xfbfb: "debug: private to one tool",
  0xff03: "ech_nonce_or_short_header: two meanings with one number",
  0xff04: "fizz_test_extension: a test of one library",
  0xff41: "thrift_parameters: private to one library",
};

function read(type: number, body: Uint8Array, place: Place): Extension {
  const list: Extension[] = [];
  readExtensions(new Cursor(encodeExtensions([{ type, body }])), place, list);
  return list[0] as Extension;
}

const placed = VECTORS.flatMap(({ places, ...vector }) =>
  places.map((place) => ({ ...vector, place, name: codecs.get(vector.type)?.name ?? "no codec", body: fromHex(vector.hex) })),
);

describe("the list of codecs", () => {
  it("has each number once, in order", () => {
    const types = EXTENSIONS.map((codec) => codec.type);
    expect(types).toEqual([...new Set(types)].toSorted((a, b) => a - b));
  });

  it.each(EXTENSIONS)("names $name as the registry does", (codec) => {
    expect(codec.name).toBe(codePoint("extension_types", codec.type).name);
  });

  it.each(EXTENSIONS)("says where $name is specified", (codec) => {
    expect(codec.spec).toMatch(/^(?:RFC \d+|draft-[a-z0-9-]+)/);
  });

  it.each(EXTENSIONS)("has a vector for $name in each of its places", (codec) => {
    const places = new Set(VECTORS.filter(({ type }) => type === codec.type).flatMap((vector) => vector.places));
    expect([...places].toSorted()).toEqual(Object.keys(codec.in).toSorted());
  });

  it("leaves out no extension without a reason", () => {
    const seen = entriesOf(registries.extension_types.table.seen).map((entry) => Number(entry.first));
    const missing = [...registered("extension_types"), ...seen].filter((type) => !codecs.has(type));
    expect(missing.toSorted((a, b) => a - b)).toEqual(
      Object.keys(WITHOUT_CODEC)
        .map(Number)
        .toSorted((a, b) => a - b),
    );
  });
});

describe.each(placed)("$name in $place, $hex", ({ type, body, place, data, name, whole }) => {
  it("gives its fields", () => {
    const { id } = codePoint("extension_types", type);
    expect(read(type, body, place)).toEqual({ id, name, length: body.length, data });
  });

  it("is damaged when cut at any octet", () => {
    const cuts = Array.from(body.keys()).filter((cut) => whole !== "any" && !(whole ?? []).includes(cut));
    for (const cut of cuts) {
      const cutBody = body.subarray(0, cut);
      const extension = read(type, cutBody, place);
      expect(extension.malformed, `cut at ${cut}`).toMatch(/^(?:truncated|illegal value|\d+ octets too many)/);
      expect(extension.hex).toHaveLength(2 * cut);
      expect(extension).not.toHaveProperty("data");
    }
  });

  it("is damaged, or says so in its fields, with an octet too many", () => {
    const extension = read(type, Uint8Array.from([...body, 0]), place);
    if (whole !== "any") expect(extension.malformed).toMatch(/octets too many|truncated|illegal/);
    else expect(extension.data).not.toEqual(data);
  });
});

describe.each(EXTENSIONS)("$name", (codec) => {
  it("is kept as hex where it has no place", () => {
    for (const place of PLACES.filter((other) => codec.in[other] === undefined)) {
      expect(read(codec.type, Uint8Array.of(1, 2), place)).toEqual({
        id: codePoint("extension_types", codec.type).id,
        name: codec.name,
        length: 2,
        hex: "0102",
        malformed: `not defined in ${place}`,
      });
    }
  });
});

describe("bodies that break their own rules", () => {
  it.each([
    ["server_name without a name", 0, "client_hello", "0000"],
    ["trusted_ca_keys of an unknown kind", 3, "client_hello", "0001 04"],
    ["padding that is not zero", 21, "client_hello", "000001"],
    ["encrypted_client_hello of an unknown kind", 0xfe0d, "client_hello", "02"],
    ["a trust anchor that ends inside a number", 0xca34, "client_hello", "0002 01 81"],
    ["a trust anchor without numbers", 0xca34, "client_hello", "0001 00"],
    ["a certificate timestamp beyond the calendar", 18, "server_hello", `002b 0029 00 ${"00".repeat(32)} ffffffffffffffff`],
  ] as const)("%s is an illegal value", (_, type, place, hex) => {
    const body = fromHex(hex);
    expect(read(type, body, place)).toMatchObject({ hex: hex.replaceAll(" ", ""), malformed: expect.stringMatching(/^illegal value in /) });
  });
});
