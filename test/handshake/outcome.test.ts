import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/handshake/outcome.ts";
import type { Step } from "../../src/handshake/steps.ts";
import type { Message, Side } from "../../src/message/message.ts";

/** What one side does, one packet each: `client_hello`, `alert fatal handshake_failure`, `hidden 53`, `epoch 2 53`, `fin`, … ; `+3` lets seconds pass. */
type Story = readonly string[];

function tell(story: Story, tls13: boolean): { steps: Step[]; messages: Message[]; end: number } {
  const steps: Step[] = [];
  let time = 0;
  let packet = 0;
  for (const line of story) {
    if (line.startsWith("+")) {
      time += Number(line.slice(1)) * 1_000_000;
      continue;
    }
    const [who, what, ...rest] = line.split(" ") as [string, string, ...string[]];
    const side: Side = who === "C" ? "client" : "server";
    packet++;
    const step = { side, packet, time, message: null, content: -1, length: 0, isOpened: false, epoch: -1, code: -1, octets: null };
    if (what === "fin" || what === "rst" || what === "retransmission") steps.push({ ...step, kind: what });
    else if (what === "epoch")
      steps.push({ ...step, kind: "encrypted", epoch: Number(rest[0]), content: Number(rest[2] ?? 23), length: Number(rest[1]) });
    else if (what === "hidden") steps.push({ ...step, kind: "encrypted", content: Number(rest[1] ?? 23), length: Number(rest[0]) });
    else if (what === "says") steps.push({ ...step, kind: "plaintext", octets: new TextEncoder().encode(rest.join(" ")) });
    else steps.push({ ...step, kind: "message", message: message(what, rest, side, packet, tls13) });
  }
  return { steps, messages: steps.flatMap((step) => step.message ?? []), end: time };
}

function message(type: string, rest: readonly string[], from: Side, packet: number, tls13: boolean): Message {
  const base = { type, from, packet, packets: [packet], time: "", length: 0 };
  const version = { id: tls13 ? "0x0304" : "0x0303", name: null };
  const fields =
    type === "alert"
      ? { level: { id: "", name: rest[0] ?? "" }, description: { id: "", name: rest[1] ?? "" } }
      : type === "server_hello"
        ? { legacyVersion: version, ...(rest[0] === "cut" ? { malformed: "cut" } : {}) }
        : rest.length > 0
          ? { extensions: rest.map((name) => ({ id: "", name, length: 0, data: {} })) }
          : {};
  return { ...base, ...fields } as unknown as Message;
}

const hello12 = ["C client_hello", "S server_hello", "S certificate", "S server_hello_done"];
const finished12 = ["C client_key_exchange", "C change_cipher_spec", "C hidden 40 22", "S change_cipher_spec", "S hidden 40 22"];
const dtls12 = [...hello12, "C client_key_exchange", "C change_cipher_spec", "C epoch 1 40 22"];
const dtls13 = ["C client_hello", "S server_hello", "S epoch 2 900"];
const hello13 = ["C client_hello", "S server_hello", "S hidden 900"];

describe("how a handshake ended, where the capture is not whole", () => {
  it.each<[string, Story, string]>([
    ["a close may follow what was not captured", ["C client_hello", "S fin"], "incomplete"],
    ["so may silence", ["C client_hello", "+20"], "incomplete"],
    ["an alert that was captured decides all the same", ["C client_hello", "S alert fatal handshake_failure"], "failed"],
    [
      "application data after a cut server_hello may be TLS 1.3, and an alert",
      ["C client_hello", "S server_hello cut", "S change_cipher_spec", "S hidden 900", "C change_cipher_spec", "C hidden 19", "C fin"],
      "incomplete",
    ],
    [
      "but not where an alert says so outside, which TLS 1.3 does not, and both sides have sent data before it",
      ["C client_hello", "S server_hello cut", "C hidden 42", "S hidden 146", "S hidden 26 21", "S fin"],
      "established",
    ],
    [
      "an alert before the server has sent data may be a refusal, or the goodbye after data that was not captured",
      ["C client_hello", "S server_hello cut", "C hidden 42", "S hidden 26 21"],
      "incomplete",
    ],
    [
      "data of both sides shows that Finished went before it",
      ["C client_hello", "S server_hello", "C hidden 42", "S hidden 146"],
      "established",
    ],
    ["but not without a server_hello: TLS 1.3 looks like that", ["C client_hello", "C hidden 42", "S hidden 146"], "incomplete"],
    ["and so do both Finished", [...hello12, ...finished12], "established"],
    [
      "an alert of the server after its Finished is a goodbye, where the client was not heard",
      ["S server_hello", "S server_hello_done", "S change_cipher_spec", "S hidden 40 22", "S hidden 26 21", "S fin"],
      "incomplete",
    ],
    ["so it is after data of one side", ["C client_hello", "S server_hello", "C hidden 60 23", "S hidden 26 21"], "incomplete"],
    [
      "but none after the Finished of a server that resumes a session",
      ["C client_hello", "S server_hello", "S change_cipher_spec", "S hidden 40 22", "C hidden 26 21"],
      "failed",
    ],
  ])("%s", (_, story, wanted) => {
    const { steps, messages, end } = tell(story, false);
    expect(outcomeOf(steps, messages, { endTime: end, isPartial: true }).outcome).toBe(wanted);
  });
});

describe("how a handshake over UDP ended", () => {
  it.each<[string, Story, string]>([
    [
      "a hello sent again in vain does not show where it was lost",
      ["C client_hello", "+1", "C retransmission", "+2", "C retransmission", "+20"],
      "server",
    ],
    ["nor does a flight that the client never answers", [...hello12, "+1", "S retransmission", "+2", "S retransmission", "+20"], "client"],
    [
      "but neither hears the other where both say it all again",
      [...hello12, "+1", "C retransmission", "S retransmission", "S retransmission", "+20"],
      "path",
    ],
  ])("%s", (_, story, by) => {
    const { steps, messages, end } = tell(story, false);
    expect(outcomeOf(steps, messages, { endTime: end, isPartial: false, overUdp: true }).failure).toMatchObject({ kind: "timeout", by });
  });
});

describe("an alert-sized record of the server in TLS 1.3 to a client that says nothing", () => {
  const idle = [...hello13, "C hidden 53"];

  it.each<[string, Story, string]>([
    ["is a goodbye after a while: there was nothing to refuse", [...idle, "+5", "S hidden 19", "S fin"], "established"],
    ["may be a refusal at once", [...idle, "S hidden 19", "S fin"], "failed"],
    ["may be a refusal of what was asked for", [...hello13, "C hidden 25", "C hidden 53", "+5", "S hidden 19", "S fin"], "failed"],
  ])("%s", (_, story, wanted) => {
    const { steps, messages, end } = tell(story, true);
    expect(outcomeOf(steps, messages, { endTime: end, isPartial: false }).outcome).toBe(wanted);
  });
});

describe("how a handshake ended", () => {
  it.each<[string, Story, boolean, string]>([
    ["TLS 1.2 with both Finished", [...hello12, ...finished12], false, "established"],
    [
      "TLS 1.2, resumed: the server finishes first",
      ["C client_hello", "S server_hello", "S change_cipher_spec", "S hidden 40 22", "C change_cipher_spec", "C hidden 40 22"],
      false,
      "established",
    ],
    ["TLS 1.2 without the server's Finished", [...hello12, ...finished12.slice(0, 3)], false, "incomplete"],
    [
      "a fatal alert",
      ["C client_hello", "S alert fatal handshake_failure", "S fin", "C fin"],
      false,
      "failed alert by server after client_hello",
    ],
    [
      "an alert that a stack sends as a warning",
      ["C client_hello", "S alert warning handshake_failure", "S fin"],
      false,
      "failed alert by server after client_hello",
    ],
    [
      "a warning about the name, then success",
      ["C client_hello", "S alert warning unrecognized_name", ...hello12.slice(1), ...finished12],
      false,
      "established",
    ],
    [
      "an alert after the peer's FIN is an echo",
      ["C client_hello", "S fin", "C alert fatal decode_error", "C fin"],
      false,
      "failed close by server after client_hello",
    ],
    [
      "close_notify instead of an answer",
      ["C client_hello", "S alert warning close_notify", "S fin"],
      false,
      "failed close by server after client_hello",
    ],
    ["a reset", ["C client_hello", "S rst"], false, "failed reset by server after client_hello"],
    [
      "an encrypted alert in place of the server's Finished",
      [...hello12, ...finished12.slice(0, 3), "S alert fatal decrypt_error"],
      false,
      "failed alert by server after finished",
    ],
    [
      "a client that refuses the certificate",
      [...hello12, "C alert fatal unknown_ca", "C fin"],
      false,
      "failed alert by client after server_hello_done",
    ],
    ["a client that gives up waiting", ["C client_hello", "+5", "C fin"], false, "failed timeout by server"],
    ["a client that leaves at once", ["C client_hello", "C fin"], false, "failed close by client"],
    ["silence to the end of the capture", ["C client_hello", "+20"], false, "failed timeout by server after client_hello"],
    [
      "silence while the hello is sent again and again",
      ["C client_hello", "+1", "C retransmission", "+2", "C retransmission", "+20"],
      false,
      "failed timeout by path after client_hello",
    ],
    ["a capture that ends early", ["C client_hello", "+1"], false, "incomplete"],
    [
      "plaintext instead of TLS",
      ["C client_hello", "S says HTTP/1.1 400 Bad Request", "S fin"],
      false,
      "failed not-tls by server after client_hello: HTTP/1.1 400 Bad Request",
    ],
    [
      "TLS 1.3 with server data after the client's Finished",
      [...hello13, "C change_cipher_spec", "C hidden 53", "S hidden 250"],
      true,
      "established",
    ],
    [
      "TLS 1.3 with a short last answer",
      [...hello13, "C hidden 53", "C hidden 80", "S hidden 250", "S hidden 19", "S fin"],
      true,
      "established",
    ],
    [
      "TLS 1.3 with early data: EndOfEarlyData is no alert",
      ["C client_hello early_data", "C hidden 500", "S server_hello", "S hidden 900", "C hidden 21", "C hidden 53", "S hidden 250"],
      true,
      "established",
    ],
    ["TLS 1.3, the client refuses", [...hello13, "C hidden 19", "C fin"], true, "failed alert by client after server_hello, encrypted"],
    [
      "TLS 1.3, the server refuses the client's Finished",
      [...hello13, "C hidden 53", "S hidden 19", "S fin"],
      true,
      "failed alert by server after finished, encrypted",
    ],
    [
      "TLS 1.3, a server that pads as JSSE does refuses, and the client closes first",
      [...hello13, "S hidden 69", "C hidden 53", "C hidden 35", "S hidden 35", "C fin", "S fin"],
      true,
      "failed alert by server after finished, encrypted",
    ],
    [
      "TLS 1.3, a server that does not pad sends data of that length",
      [...hello13, "S hidden 53", "C hidden 53", "C hidden 35", "S hidden 35", "C fin", "S fin"],
      true,
      "established",
    ],
    [
      "TLS 1.3, a client that pads refuses",
      [...hello13, "C hidden 35", "C fin"],
      true,
      "failed alert by client after server_hello, encrypted",
    ],
    [
      "TLS 1.3, the server refuses with a padded alert",
      [...hello13, "C hidden 53", "S hidden 40", "S fin"],
      true,
      "failed alert by server after finished, encrypted",
    ],
    ["TLS 1.3, the server leaves without an answer", [...hello13, "C hidden 53", "S rst"], true, "failed reset by server after finished"],
    ["TLS 1.3, the client has what it wanted and leaves", [...hello13, "C hidden 53", "C fin"], true, "incomplete"],
    [
      "TLS 1.3 early data is not the second flight",
      ["C client_hello", "C hidden 500", "S server_hello", "S hidden 900"],
      true,
      "incomplete",
    ],
    [
      "a server that says it all again",
      [...hello12, "+1", "S retransmission", "+2", "S retransmission", "+20"],
      false,
      "failed timeout by path after server_hello_done",
    ],
    ["a server that is not answered", [...hello12, "+20"], false, "incomplete"],
    ["DTLS 1.2 with both Finished", [...dtls12, "S change_cipher_spec", "S epoch 1 40 22"], false, "established"],
    ["DTLS 1.2, Finished overtakes change_cipher_spec", [...dtls12, "S epoch 1 40 22", "S change_cipher_spec"], false, "established"],
    ["DTLS 1.2 without the server's Finished", dtls12, false, "incomplete"],
    ["DTLS 1.2, the server refuses", [...dtls12, "S epoch 1 18 21"], false, "failed alert by server after finished, encrypted"],
    ["DTLS 1.3 with server data", [...dtls13, "C epoch 2 61", "S epoch 2 35", "C epoch 3 21", "S epoch 3 21"], true, "established"],
    ["DTLS 1.3, the server sends its flight again", [...dtls13, "C epoch 2 61", "S epoch 2 900", "S epoch 2 61"], true, "incomplete"],
    ["DTLS 1.3, the client refuses", [...dtls13, "C epoch 2 19"], true, "failed alert by client after server_hello, encrypted"],
    [
      "DTLS 1.3, the server refuses the client's Finished",
      [...dtls13, "C epoch 2 61", "S epoch 3 19"],
      true,
      "failed alert by server after finished, encrypted",
    ],
    [
      "DTLS 1.3 early data is not the second flight",
      ["C client_hello", "S server_hello", "C epoch 1 500", "S epoch 3 90"],
      true,
      "incomplete",
    ],
  ])("%s", (_, story, tls13, wanted) => {
    const { steps, messages, end } = tell(story, tls13);
    const { outcome, failure } = outcomeOf(steps, messages, { endTime: end, isPartial: false });
    const words = failure === undefined ? "" : ` ${failure.kind} by ${failure.by}`;
    const more = `${failure?.after === undefined ? "" : ` after ${failure.after}`}${failure?.encrypted === true ? ", encrypted" : ""}`;
    expect(`${outcome}${words}${more}${failure?.text === undefined ? "" : `: ${failure.text}`}`).toBe(wanted);
  });
});
