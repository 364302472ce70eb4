import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeMessage } from "../../src/message/decode-message.ts";
import type { DecodeContext } from "../../src/message/message.ts";
import { clientHelloFields, clientHellos, serverHelloFields, serverHellos } from "../support/hello-arbitraries.ts";
import { encodeClientHello, encodeServerHello } from "../support/wire.ts";

const CONTEXT: DecodeContext = { protocol: "tls", from: "client", version: 0, cipherSuite: -1 };
const DTLS: DecodeContext = { ...CONTEXT, protocol: "dtls" };

describe("a hello", () => {
  it("that was encoded is decoded into what it said, from the client", () => {
    fc.assert(
      fc.property(clientHellos, (hello) => {
        const context = hello.cookie === undefined ? CONTEXT : DTLS;
        expect(decodeMessage(1, encodeClientHello(hello), context)).toEqual(clientHelloFields(hello));
      }),
    );
  });

  it("that was encoded is decoded into what it said, from the server", () => {
    fc.assert(
      fc.property(serverHellos, (hello) => {
        expect(decodeMessage(2, encodeServerHello(hello), CONTEXT)).toEqual(serverHelloFields(hello));
      }),
    );
  });

  it("is decoded the same wherever its octets lie in memory", () => {
    fc.assert(
      fc.property(clientHellos, fc.nat(64), fc.nat(64), (hello, before, after) => {
        const body = encodeClientHello(hello);
        const memory = new Uint8Array(before + body.length + after).fill(0xff);
        memory.set(body, before);
        const context = hello.cookie === undefined ? CONTEXT : DTLS;
        expect(decodeMessage(1, memory.subarray(before, before + body.length), context)).toEqual(decodeMessage(1, body, context));
      }),
    );
  });

  it("that is cut anywhere keeps a beginning of what it said", () => {
    fc.assert(
      fc.property(clientHellos, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (hello, share) => {
        const body = encodeClientHello({ ...hello, extensions: hello.extensions ?? [] });
        const context = hello.cookie === undefined ? CONTEXT : DTLS;
        const { malformed, extensions, ...fields } = decodeMessage(1, body.subarray(0, Math.floor(share * body.length)), context);
        expect(malformed ?? "no extensions block").toMatch(/^truncated|no extensions block/);
        expect(clientHelloFields(hello)).toMatchObject(fields);
        const whole = (clientHelloFields(hello) as { extensions: unknown[] }).extensions;
        const read = (extensions ?? []) as unknown[];
        expect(whole.slice(0, read.length)).toEqual(read);
      }),
    );
  });
});
