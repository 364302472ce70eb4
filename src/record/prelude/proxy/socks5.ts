/** SOCKS 5 (RFC 1928): methods, perhaps a username and password (RFC 1929), a request, a reply. */
import type { Passage, Proxy, Refusal } from "../contract.ts";
import { inOrder, numberAt, octetsIn, type Party, REDACTED, safe, type Talk, type Unit } from "../talk.ts";
import { ipv4Text, ipv6Text } from "./endpoint.ts";

const METHODS: Readonly<Record<number, string>> = { 0: "no authentication", 1: "GSSAPI", 2: "username/password", 255: "none acceptable" };
const REPLIES: readonly string[] = [
  "succeeded",
  "general failure",
  "connection not allowed by ruleset",
  "network unreachable",
  "host unreachable",
  "connection refused",
  "TTL expired",
  "command not supported",
  "address type not supported",
];
const USER_PASSWORD = 2;
const GSSAPI = 1;
const NO_METHOD = 0xff;

export const socks5: Proxy = {
  name: "socks5",
  peel(talk) {
    const { client, server } = talk;
    const count = client.charCodeAt(1);
    if (client.charCodeAt(0) !== 5 || !(count > 0) || client.length < 2 + count) return undefined;
    if (server !== "" && server.charCodeAt(0) !== 5) return undefined;
    return new Reading(talk, count).passage();
  },
};

/** Reads both sides in step. */
class Reading {
  readonly #talk: Talk;
  readonly #units: Unit[] = [];
  readonly #at = { client: 0, server: 0 };
  readonly #count: number;
  #target: string | undefined;
  #refusal: Refusal | undefined;

  constructor(talk: Talk, count: number) {
    this.#talk = talk;
    this.#count = count;
  }

  passage(): Passage {
    const answered = this.#walk();
    return {
      ...this.#at,
      answered,
      units: inOrder(this.#units),
      ...(this.#target === undefined ? {} : { target: this.#target }),
      ...(this.#refusal === undefined ? {} : { refusal: this.#refusal }),
    };
  }

  /** True once the proxy has granted or refused the request. */
  #walk(): boolean {
    const { client, server } = this.#talk;
    const offered = octetsIn(client.slice(2, 2 + this.#count)).map((method) => METHODS[method] ?? `method ${method}`);
    this.#tell("client", 2 + this.#count, `SOCKS5 methods: ${offered.join(", ")}`);
    if (server.length < 2) return false;
    const method = server.charCodeAt(1);
    const chosen = this.#tell("server", 2, `SOCKS5 method: ${METHODS[method] ?? method}`);
    if (method === NO_METHOD) return this.#refuse(chosen);
    if (method === USER_PASSWORD && !this.#password()) return this.#refusal !== undefined;
    if (method === GSSAPI) {
      this.#rest();
      return true;
    }
    return this.#request();
  }

  /** Username and password; a status of 0 from the proxy means success. */
  #password(): boolean {
    const { client, server } = this.#talk;
    const at = this.#at.client;
    const user = client.charCodeAt(at + 1);
    const password = client.charCodeAt(at + 2 + user);
    if (client.charCodeAt(at) !== 1 || Number.isNaN(password)) {
      this.#rest();
      return false;
    }
    this.#tell("client", Math.min(client.length, at + 3 + user + password), `SOCKS5 username and password ${REDACTED}`);
    if (server.length < this.#at.server + 2) return false;
    const status = server.charCodeAt(this.#at.server + 1);
    const reply = this.#tell("server", this.#at.server + 2, `SOCKS5 authentication ${status === 0 ? "succeeded" : "failed"}`);
    if (status !== 0) this.#refuse(reply);
    return status === 0;
  }

  #request(): boolean {
    const { client, server } = this.#talk;
    const asked = this.#address("client");
    if (asked === undefined) return false;
    this.#target = safe(asked.text);
    const command = ["", "CONNECT", "BIND", "UDP ASSOCIATE"][client.charCodeAt(this.#at.client + 1)] ?? "command";
    this.#tell("client", asked.end, `SOCKS5 ${command} ${asked.text}`);
    const given = this.#address("server");
    if (given === undefined) return false;
    const code = server.charCodeAt(this.#at.server + 1);
    const reply = this.#tell("server", given.end, `SOCKS5 reply ${code} (${REPLIES[code] ?? "unknown"})`);
    return code === 0 || this.#refuse(reply);
  }

  /** The address of the request or reply that begins at the side's current offset. */
  #address(from: Party): { readonly text: string; readonly end: number } | undefined {
    const text = this.#talk[from];
    const at = this.#at[from] + 4;
    const type = text.charCodeAt(at - 1);
    const length = { 1: 4, 3: 1 + text.charCodeAt(at), 4: 16 }[type];
    // A proxy that refuses may leave the address out.
    if (from === "server" && text.charCodeAt(at - 3) > 0 && text.length >= at - 2 && !(text.length >= at + (length ?? Infinity) + 2)) {
      return { text: "", end: text.length };
    }
    if (text.charCodeAt(at - 4) !== 5 || length === undefined || Number.isNaN(length) || text.length < at + length + 2) return undefined;
    const host = type === 1 ? ipv4Text(text, at) : type === 4 ? `[${ipv6Text(text, at)}]` : text.slice(at + 1, at + length);
    return { text: `${host}:${numberAt(text, at + length, 2)}`, end: at + length + 2 };
  }

  #tell(from: Party, end: number, words: string): Unit {
    const unit = this.#talk.unit(from, end, words);
    this.#units.push(unit);
    this.#at[from] = end;
    return unit;
  }

  #refuse({ text, packet }: Unit): true {
    this.#refusal = { text, packet };
    return true;
  }

  /** Gives up: what follows cannot be read. */
  #rest(): void {
    for (const from of ["client", "server"] as const) {
      if (this.#talk[from].length > this.#at[from]) this.#tell(from, this.#talk[from].length, REDACTED);
    }
  }
}
