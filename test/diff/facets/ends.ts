/** How it ended, who with whom, and what was agreed. */
import type { Handshake } from "../../../src/handshake/handshake.ts";
import {
  alert,
  bare,
  clientHello,
  extension,
  handshake,
  point,
  refused,
  serverHello,
  serverKeyExchange,
} from "../../support/handshake-builder.ts";
import type { Case } from "./case.ts";

const tls13 = (more: Partial<Handshake["negotiated"]>, decrypted: boolean): Handshake =>
  handshake({
    negotiated: { version: point("0x0304", "TLS 1.3"), ...more },
    messages: [clientHello(), serverHello(), ...(decrypted ? [bare("finished", "server", { decrypted: true })] : [])],
  });

/** In the order of the facets. */
export const ENDS: readonly Case[] = [
  {
    facet: "outcome",
    what: "a failure against a success, by kind, sender and alert, then what was agreed",
    left: refused(),
    right: handshake(),
    told: [
      ["outcome", "outcome", { left: "failed", right: "established" }],
      ["failure.kind", "outcome", { left: "alert" }],
      ["failure.by", "outcome", { left: "server" }],
      ["failure.alert", "outcome", { left: point("0x28", "handshake_failure") }],
      ["failure.after", "outcome", { left: "client_hello" }],
      ["negotiated.version", "semantic", { right: point("0x0303", "TLS 1.2") }],
      ["negotiated.cipherSuite", "semantic", { right: point("0xc02f") }],
      [
        "alerts",
        "semantic",
        { onlyLeft: [{ from: "server", level: point("0x02"), description: point("0x28") }], onlyRight: [], common: 0 },
      ],
    ],
  },
  {
    facet: "outcome",
    what: "two failures with different alerts",
    left: refused(),
    right: refused(undefined, {
      failure: { kind: "alert", by: "server", packet: 9, alert: point("0x46", "protocol_version"), after: "client_hello" },
      messages: [clientHello(), alert("server", "0x46")],
    }),
    told: [
      ["failure.alert", "outcome", { left: { name: "handshake_failure" }, right: { name: "protocol_version" } }],
      ["alerts", "semantic", { common: 0 }],
    ],
  },
  {
    facet: "connection",
    what: "protocol, STARTTLS and proxy",
    left: handshake({ protocol: "tls", startTls: "smtp", dialogue: [{ from: "client", packet: 1, text: "EHLO me" }] }),
    right: handshake({ protocol: "dtls", via: "socks5", proxyTarget: "a.test:25", proxySource: "192.0.2.9:4711" }),
    told: [
      ["protocol", "semantic", { left: "tls", right: "dtls" }],
      ["startTls", "semantic", { left: "smtp" }],
      ["via", "semantic", { right: "socks5" }],
      ["proxyTarget", "transport", { right: "a.test:25" }],
      ["proxySource", "transport", { right: "192.0.2.9:4711" }],
    ],
  },
  {
    facet: "negotiated",
    what: "the choices, once although messages say them again",
    left: handshake({
      negotiated: { version: point("0x0303"), cipherSuite: point("0xc02f"), group: point("0x001d"), alpn: "h2" },
      messages: [
        clientHello(),
        serverHello({ extensions: [extension("application_layer_protocol_negotiation", { protocols: ["h2"] })] }),
        serverKeyExchange(),
      ],
    }),
    right: handshake({
      negotiated: { version: point("0x0303"), cipherSuite: point("0xc030"), group: point("0x0017"), alpn: "http/1.1", resumed: true },
      messages: [
        clientHello(),
        serverHello({
          cipherSuite: point("0xc030"),
          extensions: [extension("application_layer_protocol_negotiation", { protocols: ["http/1.1"] })],
        }),
        serverKeyExchange({ group: point("0x0017") }),
      ],
    }),
    told: [
      ["negotiated.cipherSuite", "semantic", { left: point("0xc02f"), right: point("0xc030") }],
      ["negotiated.group", "semantic", { left: point("0x001d"), right: point("0x0017") }],
      ["negotiated.alpn", "semantic", { left: "h2", right: "http/1.1" }],
      ["negotiated.resumed", "semantic", { right: true }],
    ],
  },
  {
    facet: "negotiated",
    what: "no ALPN that only a key log could show",
    left: tls13({ alpn: "h2", signatureScheme: point("0x0804") }, true),
    right: tls13({}, false),
    told: [],
  },
  {
    facet: "negotiated",
    what: "a missing ALPN where both sides were read with a key log",
    left: tls13({ alpn: "h2" }, true),
    right: tls13({}, true),
    told: [["negotiated.alpn", "semantic", { left: "h2" }]],
  },
  {
    facet: "negotiated",
    what: "no choice that the capture of the other side ended too early to show",
    left: handshake({ outcome: "incomplete", negotiated: {}, messages: [clientHello()] }),
    right: handshake(),
    told: [["outcome", "outcome", { left: "incomplete", right: "established" }]],
  },
  {
    facet: "ech",
    what: "what became of Encrypted Client Hello, where both sides show it",
    left: handshake({ ech: { offered: "outer", answer: "accepted", shownBy: "second-hello", configId: "01" } }),
    right: handshake({ ech: { offered: "outer", answer: "rejected", shownBy: "version", configId: "02" } }),
    told: [["ech.answer", "semantic", { left: "accepted", right: "rejected" }]],
  },
  {
    facet: "ech",
    what: "nothing where one side does not show it",
    left: handshake({ ech: { offered: "outer", answer: "accepted", shownBy: "second-hello" } }),
    right: handshake({ ech: { offered: "outer" } }),
    told: [],
  },
];
