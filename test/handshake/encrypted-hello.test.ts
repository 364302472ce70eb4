/** Encrypted Client Hello in the ways in which clients offer and servers answer it (RFC 9849). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Cursor } from "../../src/bytes/cursor.ts";
import { encryptedHelloOf } from "../../src/handshake/encrypted-hello.ts";
import type { TransportEvent } from "../../src/handshake/handshake.ts";
import { encryptedClientHello } from "../../src/message/extension/encrypted-client-hello.ts";
import type { Extension, Message, ServerHello } from "../../src/message/message.ts";
import { readAll } from "../support/conversation.ts";
import { alert, extension, helloWith, message, point, serverHello } from "../support/handshake-builder.ts";
import { wire } from "../support/wire.ts";

interface Offer {
  readonly config?: number;
  readonly aead?: number;
  readonly enc?: number;
  readonly payload?: number;
  readonly fill?: number;
}

/** The extension as the decoder gives it. */
function offer({ config = 7, aead = 1, enc = 32, payload = 176, fill = 1 }: Offer = {}): Extension {
  const body = wire((at) =>
    at
      .u8(0)
      .u16(1)
      .u16(aead)
      .u8(config)
      .vector16((inner) => inner.raw(new Uint8Array(enc).fill(fill)))
      .vector16((inner) => inner.raw(new Uint8Array(payload).fill(fill))),
  );
  const data = encryptedClientHello.in.client_hello?.(new Cursor(body));
  return extension("encrypted_client_hello", data ?? {});
}

const name = extension("server_name", { serverName: "public.test" });
const hello = (ech: Extension): Message => helloWith(name, ech);
const tls13 = extension("supported_versions", { version: point("0x0304", "TLS 1.3") });
const modern = serverHello({ extensions: [tls13] });

function retry(...more: Extension[]): ServerHello {
  return serverHello({ type: "hello_retry_request", extensions: [tls13, ...more] });
}

const confirmation = extension("encrypted_client_hello", { confirmation: "0011223344556677" });
const sent: TransportEvent = { kind: "encrypted", from: "client", packet: 9, time: "", length: 100, content: "application_data" };

function judge(messages: readonly Message[], events: readonly TransportEvent[] = []): object {
  return encryptedHelloOf(messages, events) ?? {};
}

describe("the offer", () => {
  it("is told with its key, its sizes and the plaintext name", () => {
    expect(encryptedHelloOf([hello(offer()), modern], [])).toEqual({
      offered: "outer",
      configId: "07",
      kdf: { id: "0x0001", name: "HKDF-SHA256" },
      aead: { id: "0x0001", name: "AES-128-GCM" },
      encLength: 32,
      payloadLength: 176,
      outerServerName: "public.test",
      grease: "possible",
      greaseShape: "BoringSSL",
    });
  });

  it("is told as the inner one where that is what was sent", () => {
    expect(judge([hello(extension("encrypted_client_hello", { type: { id: "0x01", name: "inner" } })), modern])).toEqual({
      offered: "inner",
    });
  });

  it("is not there without an extension that could be read", () => {
    expect(encryptedHelloOf([helloWith(name), modern], [])).toBeUndefined();
    expect(encryptedHelloOf([helloWith({ id: "0xfe0d", name: "encrypted_client_hello", length: 1, hex: "02" })], [])).toBeUndefined();
    expect(encryptedHelloOf([], [])).toBeUndefined();
  });
});

describe("the answer", () => {
  it("cannot be seen in a server_hello of TLS 1.3", () => {
    expect(judge([hello(offer()), modern])).not.toHaveProperty("answer");
  });

  it.each([
    ["an older version", [hello(offer()), serverHello()], { answer: "rejected", shownBy: "version" }],
    ["a retry without confirmation", [hello(offer()), retry()], { answer: "rejected", shownBy: "hello-retry-request" }],
    ["a retry with one", [hello(offer()), retry(confirmation)], { answer: "possibly-accepted", shownBy: "hello-retry-request" }],
    [
      "a second hello in the same context",
      [hello(offer()), retry(confirmation), hello(offer({ enc: 0, fill: 2 })), modern],
      { answer: "accepted", shownBy: "second-hello", secondHello: "encrypted-again" },
    ],
    [
      "configurations to try again with",
      [
        hello(offer()),
        modern,
        message("encrypted_extensions", "server", { extensions: [extension("encrypted_client_hello", { retryConfigs: [{}, {}] })] }),
      ],
      { answer: "rejected", shownBy: "retry-configs", retryConfigs: 2 },
    ],
    [
      "the client that insists",
      [hello(offer()), modern, { ...alert("client", "0x79"), description: point("0x79", "ech_required") }],
      { answer: "rejected", shownBy: "ech-required" },
    ],
  ])("is shown by %s", (_, messages, answer) => {
    expect(judge(messages)).toMatchObject(answer);
  });

  it("is not read out of a hello that is cut", () => {
    expect(judge([hello(offer()), { ...serverHello(), malformed: "cut" }])).not.toHaveProperty("answer");
    expect(judge([hello(offer()), { ...retry(), malformed: "cut" }])).not.toHaveProperty("answer");
  });
});

describe("GREASE", () => {
  it.each([
    [{ payload: 144 }, "BoringSSL"],
    [{ payload: 240, aead: 3 }, "BoringSSL"],
    [{ payload: 207 }, "NSS"],
    [{ payload: 239, aead: 3 }, "NSS"],
    [{ payload: 112 }, undefined],
    [{ payload: 272 }, undefined],
    [{ payload: 150 }, undefined],
    [{ payload: 144, aead: 2 }, undefined],
    [{ payload: 144, enc: 65 }, undefined],
    [{ payload: 15 }, undefined],
  ])("is possible where the shape is that of a stack: %o", (spec, shape) => {
    const ech = encryptedHelloOf([hello(offer(spec)), modern], []);
    expect(ech?.greaseShape).toBe(shape);
    expect(ech?.grease).toBe(shape === undefined ? undefined : "possible");
  });

  it("is possible where the second hello repeats it, and not where one octet differs", () => {
    const messages = (second: Offer): Message[] => [
      hello(offer({ payload: 150 })),
      retry(),
      hello(offer({ payload: 150, ...second })),
      modern,
    ];
    expect(judge(messages({}))).toMatchObject({ secondHello: "repeated", grease: "possible" });
    expect(judge(messages({ fill: 2 }))).toMatchObject({ secondHello: "changed" });
    expect(judge(messages({ fill: 2 }))).not.toHaveProperty("grease");
    expect(judge([hello(offer()), retry(), helloWith(name), modern])).toMatchObject({ secondHello: "absent" });
  });

  it("is likely where the client goes on with a long record after a retry without confirmation", () => {
    const messages = [hello(offer({ payload: 150 })), retry(), hello(offer({ payload: 150 })), modern];
    expect(judge(messages, [{ ...sent, length: 70 }])).toMatchObject({ grease: "likely" });
    expect(judge(messages, [{ ...sent, length: 69 }])).toMatchObject({ grease: "possible" });
    expect(judge(messages, [{ ...sent, from: "server" }])).toMatchObject({ grease: "possible" });
  });

  it("is certain where the client goes on with an older version, unless that was early data", () => {
    expect(judge([hello(offer({ payload: 150 })), serverHello()], [sent])).toMatchObject({ grease: "certain" });
    expect(judge([hello(offer({ payload: 150 })), serverHello()])).not.toHaveProperty("grease");
    expect(judge([hello(offer({ payload: 150 })), modern], [sent])).not.toHaveProperty("grease");
    const early = helloWith(name, offer({ payload: 150 }), extension("early_data", {}));
    expect(judge([early, serverHello()], [sent])).not.toHaveProperty("grease");
  });

  it("it is not where the server accepted or the client insists", () => {
    const accepted = [hello(offer()), retry(confirmation), hello(offer({ enc: 0 })), modern];
    expect(judge(accepted)).not.toHaveProperty("grease");
    const required = { ...alert("client", "0x79"), description: point("0x79", "ech_required") };
    expect(judge([hello(offer()), modern, required])).not.toHaveProperty("grease");
  });
});

describe("recorded", () => {
  it.each([
    ["go-accepted-after-retry", { outerServerName: "other.example.test", secondHello: "encrypted-again", answer: "accepted" }],
    ["chrome-grease-after-retry", { outerServerName: "www.example.test", secondHello: "repeated", answer: "rejected", grease: "likely" }],
    ["chrome-grease-tls12", { shownBy: "version", answer: "rejected", grease: "certain", greaseShape: "BoringSSL" }],
  ])("%s is told as its recipe says", (file, ech) => {
    const capture = new Uint8Array(readFileSync(join(import.meta.dirname, "../../fixtures/captures/ech", `${file}.pcap`)));
    expect(readAll(capture)[0]?.ech).toMatchObject(ech);
  });
});
