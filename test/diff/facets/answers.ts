/** Everything after the hello: messages, certificates, alerts, their order, and the network. */
import type { Handshake, TransportEvent } from "../../../src/handshake/handshake.ts";
import {
  alert,
  bare,
  certificate,
  clientHello,
  handshake,
  handshakeOf,
  message,
  point,
  points,
  refused,
  serverHello,
} from "../../support/handshake-builder.ts";
import type { Case } from "./case.ts";

const answered = (...messages: Handshake["messages"]): Handshake => handshake({ messages: [clientHello(), ...messages] });
const event = (kind: TransportEvent["kind"], packet = 1): TransportEvent => ({
  kind,
  from: "client",
  packet,
  time: "2026-01-01T00:00:00Z",
});

/** In the order of the facets. */
export const ANSWERS: readonly Case[] = [
  {
    facet: "messages",
    what: "fields of the server's messages, also of types without a rule",
    left: answered(
      serverHello({ compressionMethod: point("0x00") }),
      message("certificate_request", "server", { signatureSchemes: points("0x0804", "0x0403") }),
      message("supplemental_data", "server", { data: { entries: [{ format: 1 }] } }),
    ),
    right: answered(
      serverHello({ compressionMethod: point("0x01") }),
      message("certificate_request", "server", { signatureSchemes: points("0x0403", "0x0804") }),
      message("supplemental_data", "server", { data: { entries: [{ format: 2 }] } }),
    ),
    told: [
      ["serverHello.compressionMethod", "semantic", { left: point("0x00"), right: point("0x01") }],
      ["certificateRequest.signatureSchemes", "order", { common: 2 }],
      ["supplementalData.data.entries", "semantic", { onlyLeft: [{ format: 1 }], onlyRight: [{ format: 2 }] }],
    ],
  },
  {
    facet: "messages",
    what: "the client's certificate_verify apart from the server's",
    left: answered(message("certificate_verify", "client", { signatureScheme: point("0x0804") })),
    right: answered(message("certificate_verify", "client", { signatureScheme: point("0x0403") })),
    told: [["clientCertificateVerify.signatureScheme", "semantic", { left: point("0x0804"), right: point("0x0403") }]],
  },
  {
    facet: "certificates",
    what: "another certificate in the same place, field by field",
    left: answered(certificate([{ sha256: "aa", subject: "CN=a.test", notAfter: "2026-01-01T00:00:00Z" }, { sha256: "cc" }])),
    right: answered(certificate([{ sha256: "bb", subject: "CN=a.test", notAfter: "2027-01-01T00:00:00Z" }, { sha256: "cc" }])),
    told: [
      ["certificates", "certificate", { onlyLeft: [{ sha256: "aa" }], onlyRight: [{ sha256: "bb" }], moved: [], common: 1 }],
      ["certificates[0].notAfter", "certificate", { left: "2026-01-01T00:00:00Z", right: "2027-01-01T00:00:00Z" }],
    ],
  },
  {
    facet: "certificates",
    what: "a chain in another order, and an intermediate that one side lacks",
    left: answered(certificate([{ sha256: "aa" }, { sha256: "bb" }, { sha256: "cc" }])),
    right: answered(certificate([{ sha256: "aa" }, { sha256: "cc" }])),
    told: [["certificates", "certificate", { onlyLeft: [{ sha256: "bb" }], moved: [], common: 2 }]],
  },
  {
    facet: "certificates",
    what: "no field of a certificate that was not read",
    left: answered(certificate([{ sha256: "aa", subject: "CN=a.test" }])),
    right: answered(JSON.parse(JSON.stringify(certificate([{ sha256: "bb", subject: undefined, issuer: undefined } as object])))),
    told: [["certificates", "certificate", { common: 0 }]],
  },
  {
    facet: "certificates",
    what: "an empty client certificate against a full one",
    left: answered(certificate([], { from: "client" })),
    right: answered(certificate([{}], { from: "client" })),
    told: [["clientCertificates", "certificate", { onlyLeft: [], common: 0 }]],
  },
  {
    facet: "certificates",
    what: "how the chains hang together, and that one has expired",
    left: handshake({
      certificateChain: {
        server: { path: [0, 1], order: "right", complete: "root", unused: [2] },
        client: { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=a" },
      },
    }),
    right: handshake({
      certificateChain: {
        server: {
          path: [0, 2],
          order: "wrong",
          outOfPlace: [1],
          complete: "gap",
          missingIssuer: "CN=b",
          notValid: [{ certificate: 0, why: "expired", limit: "2025-01-01T00:00:00Z" }],
        },
        client: { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=b" },
      },
    }),
    told: [
      ["certificateChain.server.complete", "certificate", { left: "root", right: "gap" }],
      ["certificateChain.server.missingIssuer", "certificate", { right: "CN=b" }],
      ["certificateChain.server.notValid", "certificate", { right: "expired" }],
      ["certificateChain.server.order", "certificate", { left: "right", right: "wrong" }],
    ],
  },
  {
    facet: "certificates",
    what: "which issuer is missing where one side sent more, although both lack one",
    left: handshake({ certificateChain: { client: { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=a" } } }),
    right: handshake({
      certificateChain: { client: { path: [0, 1], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=b" } },
    }),
    told: [["certificateChain.client.missingIssuer", "certificate", { left: "CN=a", right: "CN=b" }]],
  },
  {
    facet: "alerts",
    what: "a warning that only one side saw",
    left: answered(serverHello(), alert("server", "0x70", "0x01")),
    right: answered(serverHello()),
    told: [["alerts", "semantic", { onlyLeft: [{ from: "server", level: point("0x01"), description: point("0x70") }], onlyRight: [] }]],
  },
  {
    facet: "alerts",
    what: "no alert that only a key log shows",
    left: answered(serverHello(), message("alert", "server", { level: point("0x01"), description: point("0x00"), decrypted: true })),
    right: answered(serverHello()),
    told: [],
  },
  {
    facet: "alerts",
    what: "no alert that the capture of the other side ended too early to show",
    left: handshake({ outcome: "incomplete", messages: [clientHello()], negotiated: {} }),
    right: refused(),
    told: [
      ["outcome", "outcome", { left: "incomplete", right: "failed" }],
      ["failure.kind", "outcome", {}],
      ["failure.by", "outcome", {}],
      ["failure.alert", "outcome", {}],
      ["failure.after", "outcome", {}],
    ],
  },
  {
    facet: "sequence",
    what: "a message that one side lacks, and a round trip more",
    left: answered(serverHello({ type: "hello_retry_request" }), clientHello(), serverHello()),
    right: answered(serverHello()),
    told: [
      ["messages.client", "semantic", { onlyLeft: ["client_hello"], onlyRight: [], common: 1 }],
      ["messages.server", "semantic", { onlyLeft: ["hello_retry_request"], onlyRight: [], common: 1 }],
    ],
  },
  {
    facet: "sequence",
    what: "nothing that only a key log shows",
    left: answered(serverHello(), bare("finished", "server", { decrypted: true })),
    right: answered(serverHello()),
    told: [],
  },
  {
    facet: "transport",
    what: "the hello's size and segments, retransmissions, gaps and the server's address",
    left: handshakeOf(clientHello({ length: 1_800, packets: [4, 5] }), {
      events: [event("retransmission"), event("retransmission", 2), event("segment")],
      transport: { ...handshake().transport, server: { address: "10.0.0.8", port: 443 } },
    }),
    right: handshakeOf(clientHello({ length: 300, packets: [4] }), { events: [event("gap")] }),
    told: [
      ["transport.gaps.client", "transport", { left: 0, right: 1 }],
      ["transport.helloLength", "transport", { left: 1_800, right: 300 }],
      ["transport.helloSegments", "transport", { left: 2, right: 1 }],
      ["transport.retransmissions.client", "transport", { left: 2, right: 0 }],
      ["transport.server.address", "transport", { left: "10.0.0.8", right: "10.0.0.9" }],
    ],
  },
];
