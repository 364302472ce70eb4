/** XMPP's starttls (RFC 6120 §5), of clients and between servers. Elements are shown without their contents, except for a few that only hold words. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, type Party, REDACTED, safe, type Talk, type Unit } from "../talk.ts";

/** Elements whose text is shown: a name, or a message to people. */
const WORDS: ReadonlySet<string> = new Set(["mechanism", "text", "method"]);

export const xmpp: Upgrade = {
  name: "xmpp",
  speaks: ({ client, server }) =>
    /<(?:starttls|stream:stream)\b/.test(client) || /<(?:proceed|stream:stream|stream:features)\b/.test(server),
  asks: ({ client, server }) => /<starttls\b/.test(client) || (client === "" && /<proceed\b/.test(server)),
  answers: ({ server }) => /<(?:proceed|failure|stream:error)\b/.test(server),
  refusal: (talk) => refused(talk) ?? missing(talk),
  units: (talk) => inOrder([...elements(talk, "client"), ...elements(talk, "server")]),
};

function refused(talk: Talk): Refusal | undefined {
  if (!/<starttls\b/.test(talk.client)) return undefined;
  const no = /<(failure|stream:error)\b(?:[^>]*\/>|[\s\S]*?<\/\1>)/.exec(talk.server);
  if (no === null || /<proceed\b/.test(talk.server.slice(0, no.index))) return undefined;
  return { text: safe(no[0]), packet: talk.unit("server", no.index + no[0].length, "").packet };
}

/** The refusal if the server's features lack starttls, and the client did nothing after that. */
function missing(talk: Talk): Refusal | undefined {
  const features = /<stream:features\b(?:[^>]*\/>|[\s\S]*?<\/stream:features>)/.exec(talk.server);
  if (features === null || /<starttls\b/.test(features[0])) return undefined;
  if (/<(?!\?xml|\/?stream:|starttls)/.test(talk.client)) return undefined;
  return { text: safe(features[0]), packet: talk.unit("server", features.index + features[0].length, "").packet, offered: false };
}

/** The outermost elements of one side, each as a unit. */
function elements(talk: Talk, from: Party): Unit[] {
  const units: Unit[] = [];
  let depth = 0;
  let name = "";
  let told = "";
  for (const { 0: part, index } of talk[from].matchAll(/<[^>]*>?|[^<]+/g)) {
    const end = index + part.length;
    if (!part.startsWith("<")) {
      const words = part.trim();
      if (words !== "") told += WORDS.has(name) ? words : REDACTED;
      continue;
    }
    const isStream = /^<(?:\?xml|\/?stream:stream)/.test(part);
    const closes = part.startsWith("</");
    if (closes && !isStream) depth--;
    name = closes ? "" : (/^<([\w:]+)/.exec(part)?.[1] ?? "");
    told += withoutSecrets(part);
    if (!closes && !isStream && !part.endsWith("/>") && !part.startsWith("<?")) depth++;
    if (depth > 0 && end < talk[from].length) continue;
    units.push(talk.unit(from, end, told));
    told = "";
    depth = Math.max(0, depth);
  }
  if (told !== "") units.push(talk.unit(from, talk[from].length, told));
  return units;
}

/** A tag, without the values of attributes that are not about the stream. */
function withoutSecrets(tag: string): string {
  if (/^<[/?!]/.test(tag)) return tag.startsWith("<!") ? REDACTED : tag;
  return tag.replaceAll(/\s([\w:-]+)\s*=\s*("[^"]*"?|'[^']*'?)/g, (whole, key: string) =>
    /^(?:xmlns.*|to|from|version|xml:lang|mechanism|type)$/.test(key) ? whole : ` ${key}=${REDACTED}`,
  );
}
