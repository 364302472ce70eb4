/**
 * Key logs (RFC 9850, and what programs wrote before it): text comes in, secrets by label and client random go out.
 * Invalid lines are counted and skipped, as the RFC asks.
 */
import { fromHex } from "../bytes/hex.ts";
import { LIMITS } from "../fault/limits.ts";

/** The form of labels. */
const LABEL = /^[A-Z][A-Z0-9_]*$/;
/** Octets of the longest line: an ECHConfig is the longest secret. */
const MAX_LINE = 8_192;

/** Secrets of any number of key logs. */
export class KeyLog {
  /** Lines that hold a secret. */
  lines = 0;
  /** Lines with something else, not counting comments and empty ones. */
  ignored = 0;
  /** Secrets in hex, by label and random (or its substitute), also in hex. */
  readonly #secrets = new Map<string, string>();
  readonly #randoms = new Set<string>();

  /** Are there no secrets at all? */
  get isEmpty(): boolean {
    return this.#secrets.size === 0;
  }

  /** Takes the octets of a key log. */
  add(octets: Uint8Array): void {
    for (const line of new TextDecoder("latin1").decode(octets).split(/\r\n|\r|\n/)) {
      const text = line.replace(/^\u00ef\u00bb\u00bf/, "").trim();
      if (text === "" || text.startsWith("#")) continue;
      if (text.length <= MAX_LINE && this.#secrets.size < LIMITS.keyLogSecrets && this.#line(text)) this.lines++;
      else this.ignored++;
    }
  }

  /** The secret of `label` for the connection with this client random (hex), or `undefined`. */
  secret(label: string, clientRandom: string): Uint8Array | undefined {
    const hex = this.#secrets.get(`${label} ${clientRandom}`);
    return hex === undefined ? undefined : fromHex(hex);
  }

  /** Is there any secret for the connection with this client random (hex)? */
  knows(clientRandom: string): boolean {
    return this.#randoms.has(clientRandom);
  }

  /** Client randoms (hex) for which there is a secret of this label, the newest first. */
  randomsWith(label: string): string[] {
    const keys = [...this.#secrets.keys()].filter((key) => key.startsWith(`${label} `));
    return keys.map((key) => key.slice(label.length + 1)).toReversed();
  }

  #line(text: string): boolean {
    const session = /^RSA Session-ID:([0-9a-f]+) Master-Key:([0-9a-f]{96})$/i.exec(text);
    if (session !== null) return this.#keep("SESSION_ID", session[1] as string, session[2] as string);
    const [label = "", random = "", secret = "", ...more] = text.split(/[ \t]+/);
    if (more.length > 0 || !LABEL.test(label) || !isHex(random) || !isHex(secret)) return false;
    // NSS wrote the first octets of the encrypted premaster secret instead of the random.
    if (label === "RSA") return random.length === 16 && this.#keep(label, random, secret);
    return random.length === 64 && this.#keep(plainLabel(label), random, secret);
  }

  #keep(label: string, random: string, secret: string): boolean {
    const key = random.toLowerCase();
    this.#secrets.set(`${label} ${key}`, secret.toLowerCase());
    this.#randoms.add(key);
    return true;
  }
}

/** The RFC's name of a label that drafts or some programs write differently. */
function plainLabel(label: string): string {
  const plain = label.replace(/^QUIC_/, "");
  return /^(CLIENT|SERVER)_TRAFFIC_SECRET$/.test(plain) ? `${plain}_0` : plain;
}

function isHex(text: string): boolean {
  return text.length > 0 && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text);
}
