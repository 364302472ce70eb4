/** Describes a certificate chain in sentences: the judgement of the model comes in, one line for each of its findings goes out. */
import type { CertificateChain } from "../handshake/certificate-chain.ts";
import { plain } from "./document.ts";
import type { Lines } from "./document.ts";
import { countText } from "./words.ts";

/** The lines, the first about the chain as a whole; certificates are numbered from 1, as in the message below. */
export function chainLines(chain: CertificateChain): Lines {
  const { path, duplicates = [], unused = [], outOfPlace = [], notValid = [] } = chain;
  const sent = new Set([...path, ...unused]).size + duplicates.length;
  const order = path.length < 2 ? "" : chain.order === "right" ? " in the right order" : " in the wrong order";
  const lines = [plain(`${countText(sent, "certificate")}${order}${endText(chain)}`, chain.complete === "gap" ? "bad" : undefined)];
  for (const index of outOfPlace) lines.push(plain(`${index + 1} precedes one that it certifies`, "bad"));
  for (const index of duplicates) lines.push(plain(`${index + 1} was sent before`, "moved"));
  if (unused.length > 0) lines.push(plain(`not needed for the path: ${unused.map((index) => index + 1).join(", ")}`, "moved"));
  for (const { certificate, why, limit } of notValid) {
    const text = why === "expired" ? `had expired on ${limit}` : `was not to be valid before ${limit}`;
    lines.push(plain(`${certificate + 1} ${text}`, "bad"));
  }
  return lines;
}

function endText({ path, complete, missingIssuer }: CertificateChain): string {
  const issuer = missingIssuer === "" ? "without a name" : missingIssuer;
  switch (complete) {
    case "root":
      return path.length === 1 ? ", self-signed" : ", up to a self-signed root";
    case "issuer-not-sent":
      return path.length === 1 ? `; its issuer was not sent: ${issuer}` : `; the last one's issuer was not sent: ${issuer}`;
    case "gap":
      return `; a gap after ${(path.at(-1) as number) + 1}, whose issuer is missing: ${issuer}`;
    default:
      return `, not all of them read; not seen: ${issuer}`;
  }
}
