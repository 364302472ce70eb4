/** Telnet's START_TLS option, also that of TN3270: negotiated like any other; TLS begins when both sides have sent FOLLOWS. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, octetCount, type Party, safe, type Talk, type Unit } from "../talk.ts";

const START_TLS = 46;
const [SE, SB, IAC] = [0xf0, 0xfa, 0xff];
const VERBS: Readonly<Record<number, string>> = { 0xfb: "WILL", 0xfc: "WONT", 0xfd: "DO", 0xfe: "DONT" };
const OPTIONS: Readonly<Record<number, string>> = {
  0: "BINARY",
  1: "ECHO",
  3: "SUPPRESS-GO-AHEAD",
  24: "TERMINAL-TYPE",
  25: "END-OF-RECORD",
  31: "NAWS",
  37: "AUTHENTICATION",
  38: "ENCRYPT",
  39: "NEW-ENVIRON",
  40: "TN3270E",
  [START_TLS]: "START_TLS",
};

interface Command {
  readonly text: string;
  readonly end: number;
}

export const telnet: Upgrade = {
  name: "telnet",
  speaks: ({ client, server }) =>
    (client.startsWith("\xff") || server.startsWith("\xff")) && /\xff[\xfb-\xfe]\x2e|\xff\xfa\x2e/.test(`${client} ${server}`),
  asks: ({ client, server }) => /\xff[\xfb\xfd]\x2e|\xff\xfa\x2e/.test(`${client} ${server}`),
  answers: ({ client, server }) => [client, server].every((text) => /\xff[\xfa-\xfe]\x2e/.test(text)),
  refusal: (talk) => refusalOf(talk, "server") ?? refusalOf(talk, "client"),
  units: (talk) =>
    inOrder(
      (["client", "server"] as const).flatMap((from) => commands(talk[from]).map(({ text, end }): Unit => talk.unit(from, end, text))),
    ),
};

function refusalOf(talk: Talk, by: Party): Refusal | undefined {
  const no = commands(talk[by]).find(({ text }) => text === "WONT START_TLS" || text === "DONT START_TLS");
  return no === undefined ? undefined : { text: safe(no.text), packet: talk.unit(by, no.end, "").packet, by };
}

/** The commands, and how many octets lie between them, which may have been typed by somebody. */
function commands(text: string): Command[] {
  const list: Command[] = [];
  let plain = 0;
  const tellPlain = (end: number): void => {
    if (plain > 0) list.push({ text: octetCount(plain), end });
    plain = 0;
  };
  for (let at = 0; at < text.length;) {
    const verb = text.charCodeAt(at + 1);
    if (text.charCodeAt(at) !== IAC || verb === IAC) {
      plain++;
      at += text.charCodeAt(at) === IAC ? 2 : 1;
      continue;
    }
    tellPlain(at);
    const option = text.charCodeAt(at + 2);
    const name = OPTIONS[option] ?? `option ${option}`;
    if (verb === SB) {
      const close = text.indexOf(String.fromCharCode(IAC, SE), at);
      const end = close < 0 ? text.length : close + 2;
      list.push({ text: `SB ${name}${option === START_TLS ? " FOLLOWS" : ""}`, end });
      at = end;
    } else if (VERBS[verb] === undefined) {
      at += 2;
    } else {
      at = Math.min(text.length, at + 3);
      list.push({ text: `${VERBS[verb]} ${name}`, end: at });
    }
  }
  tellPlain(text.length);
  return list;
}
