/** What differs between clients' hellos. */
import type { Handshake } from "../../../src/handshake/handshake.ts";
import {
  clientHello,
  extension,
  handshake,
  handshakeOf,
  helloWith,
  opaqueExtension,
  point,
  points,
} from "../../support/handshake-builder.ts";
import type { Case } from "./case.ts";

const versions = (...ids: string[]): Handshake => handshakeOf(helloWith(extension("supported_versions", { versions: points(...ids) })));
const retryHello = (...shares: string[]) =>
  helloWith(extension("key_share", { entries: shares.map((id) => ({ group: point(id), length: 32 })) }));

/** In the order of the facets. */
export const HELLOS: readonly Case[] = [
  {
    facet: "client-hello",
    what: "versions, suites and compression",
    left: handshakeOf(
      clientHello({ recordVersion: point("0x0301"), legacyVersion: point("0x0301"), cipherSuites: points("0xc02f", "0x0035") }),
    ),
    right: handshakeOf(
      clientHello({
        recordVersion: point("0x0303"),
        legacyVersion: point("0x0303", "TLS 1.2"),
        cipherSuites: points("0xc030", "0xc02f"),
        compressionMethods: points("0x01", "0x00"),
      }),
    ),
    told: [
      ["clientHello.legacyVersion", "semantic", { left: point("0x0301"), right: point("0x0303", "TLS 1.2") }],
      ["clientHello.recordVersion", "semantic", {}],
      [
        "clientHello.cipherSuites",
        "semantic",
        {
          onlyLeft: points("0x0035"),
          onlyRight: points("0xc030"),
          moved: [],
          common: 1,
          left: points("0xc02f", "0x0035"),
          right: points("0xc030", "0xc02f"),
        },
      ],
      ["clientHello.compressionMethods", "semantic", { onlyRight: points("0x01") }],
    ],
  },
  {
    facet: "client-hello",
    what: "suites in another order",
    left: handshakeOf(clientHello({ cipherSuites: points("0x1301", "0x1302", "0x1303") })),
    right: handshakeOf(clientHello({ cipherSuites: points("0x1303", "0x1301", "0x1302") })),
    told: [["clientHello.cipherSuites", "order", { onlyLeft: [], onlyRight: [], moved: points("0x1303"), common: 3 }]],
  },
  {
    facet: "client-hello",
    what: "an extension on one side, told by presence alone, and contents of those on both",
    left: handshakeOf(
      helloWith(
        extension("server_name", { serverName: "a.test" }),
        extension("supported_groups", { groups: points("0x001d", "0x0017") }),
        extension("record_size_limit", { limit: 16_385 }),
      ),
    ),
    right: handshakeOf(
      helloWith(
        extension("supported_groups", { groups: points("0x11ec", "0x001d") }),
        extension("server_name", { serverName: "b.test" }),
        extension("extended_master_secret"),
      ),
    ),
    told: [
      ["clientHello.extensions.supported_groups.groups", "semantic", { onlyLeft: points("0x0017"), onlyRight: points("0x11ec") }],
      ["clientHello.extensions.server_name.serverName", "semantic", { left: "a.test", right: "b.test" }],
      [
        "clientHello.extensions",
        "semantic",
        {
          onlyLeft: [{ id: "0x001c", name: "record_size_limit" }],
          onlyRight: [{ id: "0x0017", name: "extended_master_secret" }],
          moved: [{ id: "0x0000", name: "server_name" }],
          common: 2,
        },
      ],
    ],
  },
  {
    facet: "client-hello",
    what: "key shares by their group",
    left: handshakeOf(retryHello("0x001d", "0x0017")),
    right: handshakeOf(retryHello("0x001d")),
    told: [
      [
        "clientHello.extensions.key_share.entries",
        "semantic",
        { onlyLeft: [{ group: point("0x0017"), length: 32 }], onlyRight: [], common: 1 },
      ],
    ],
  },
  {
    facet: "client-hello",
    what: "versions offered",
    left: versions("0x0304", "0x0303"),
    right: versions("0x0303"),
    told: [["clientHello.extensions.supported_versions.versions", "semantic", { onlyLeft: points("0x0304") }]],
  },
  {
    facet: "client-hello",
    what: "an extension without codec by its octets",
    left: handshakeOf(helloWith(opaqueExtension("0x1234", "00"))),
    right: handshakeOf(helloWith(opaqueExtension("0x1234", "0001"))),
    told: [["clientHello.extensions.0x1234.hex", "semantic", { left: "00", right: "0001" }]],
  },
  {
    facet: "client-hello",
    what: "an extension decoded on one side only by its length",
    left: handshakeOf(helloWith(opaqueExtension("0x001c", "4001"))),
    right: handshakeOf(helloWith(extension("record_size_limit", { limit: 16_385 }, { length: 3 }))),
    told: [["clientHello.extensions.record_size_limit.length", "semantic", { left: 2, right: 3 }]],
  },
  {
    facet: "client-hello",
    what: "no block of extensions against an empty one",
    left: handshakeOf({ ...clientHello({ extensions: [] }) }),
    right: handshakeOf(JSON.parse(JSON.stringify({ ...clientHello(), extensions: undefined }))),
    told: [["clientHello.extensions", "semantic", { left: [] }]],
  },
  {
    facet: "client-hello",
    what: "a second hello, without what the first one told",
    left: handshake({ messages: [retryHello("0x001d"), retryHello("0x0017")] }),
    right: handshake({ messages: [retryHello("0x001d", "0x0019"), retryHello("0x0018")] }),
    told: [
      ["clientHello.extensions.key_share.entries", "semantic", { onlyRight: [{ group: point("0x0019"), length: 32 }] }],
      [
        "secondClientHello.extensions.key_share.entries",
        "semantic",
        { onlyLeft: [{ group: point("0x0017"), length: 32 }], onlyRight: [{ group: point("0x0018"), length: 32 }] },
      ],
    ],
  },
  {
    facet: "client-hello",
    what: "nothing twice of a second hello that repeats the first",
    left: handshake({ messages: [clientHello({ legacyVersion: point("0x0301") }), clientHello({ legacyVersion: point("0x0301") })] }),
    right: handshake({ messages: [clientHello(), clientHello()] }),
    told: [["clientHello.legacyVersion", "semantic", {}]],
  },
];
