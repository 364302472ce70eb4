/**
 * The certificate chains of both peers: which certificates, by digest, and if two differ
 * in the same position, how.
 */
import type { Difference } from "../difference.ts";
import { isFields, type Fields } from "../identity.ts";
import { messageOf, type Sides, type View } from "../view.ts";
import { compareFields, compareLists, compareValues } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const certificates: Facet = {
  name: "certificates",
  about: "The chains as sent, how they fit together, and the fields of certificates that differ.",
  compare: (sides) => [
    ...compareChains("certificates", sides, "server"),
    ...compareChains("clientCertificates", sides, "client"),
    ...compareJudgements(sides, "server"),
    ...compareJudgements(sides, "client"),
  ],
};

/** Differences of the judgements on both chains; everything else follows from the certificates. Which issuer is missing matters if one side sent more. */
function compareJudgements({ left, right }: Sides, from: "client" | "server"): Difference[] {
  const [ours, theirs] = [judgementOf(left, from), judgementOf(right, from)];
  if (ours === undefined || theirs === undefined) return [];
  const isAlike = ours["complete"] === theirs["complete"] && ours["steps"] === theirs["steps"];
  return compareFields(`certificateChain.${from}`, ours, theirs, "certificate", new Set(isAlike ? ["steps", "missingIssuer"] : ["steps"]));
}

function judgementOf({ handshake }: View, from: "client" | "server"): Fields | undefined {
  const chains = handshake["certificateChain"];
  const chain = isFields(chains) ? chains[from] : undefined;
  if (!isFields(chain)) return undefined;
  const { path, order, complete, missingIssuer, notValid } = chain;
  const steps = Array.isArray(path) ? path.length : undefined;
  // Which certificate it is, and its validity, follows from the certificates themselves.
  const reasons = Array.isArray(notValid) ? notValid.map((entry) => (isFields(entry) ? entry["why"] : entry)).join(", ") : undefined;
  return { steps, order, complete, missingIssuer, notValid: reasons };
}

function compareChains(path: string, { left, right }: Sides, from: "client" | "server"): Difference[] {
  const [ours, theirs] = [chainOf(left, from), chainOf(right, from)];
  if (ours === undefined || theirs === undefined) return [];
  const why = compareValues(`${path}.malformed`, ours["malformed"], theirs["malformed"], "certificate");
  const context = compareFields(
    path,
    { requestContext: ours["requestContext"] },
    { requestContext: theirs["requestContext"] },
    "certificate",
  );
  const [mine, other] = [certificatesIn(ours), certificatesIn(theirs)];
  const isCut = ours["malformed"] !== undefined || theirs["malformed"] !== undefined;
  const chain = isCut ? [] : compareLists(path, mine, other, "certificate").filter((difference) => difference.path === path);
  const inPlace = mine.slice(0, other.length).flatMap((certificate, index) => {
    const counterpart = other[index] as Fields;
    return compareFields(`${path}[${index}]`, certificate, counterpart, "certificate", skipped(certificate, counterpart));
  });
  return [...why, ...context, ...chain, ...inPlace];
}

/** The message with a peer's chain, compressed or not; in SSL 2.0 it is the hello. */
function chainOf(view: View, from: "client" | "server"): Fields | undefined {
  const own = messageOf(view, "certificate", from);
  const others = [messageOf(view, "compressed_certificate", from), messageOf(view, "server_hello", from)];
  return own ?? others.find((message) => message?.["certificates"] !== undefined);
}

/** Fields not to compare: of the same certificate, only what the peer sent along can differ; of one that was not read, nothing is known. */
function skipped(left: Fields, right: Fields): ReadonlySet<string> {
  const isSame = left["sha256"] === right["sha256"];
  const isRead = left["subject"] !== undefined && right["subject"] !== undefined;
  const keys = isSame || !isRead ? Object.keys({ ...left, ...right }).filter((key) => key !== "extensions") : [];
  // The signature's parts follow from its algorithm, unless that is RSASSA-PSS on both sides.
  const said = left["signatureAlgorithm"] === right["signatureAlgorithm"] ? [] : ["signature"];
  return new Set([...keys, ...said, "sha256", "length"]);
}

function certificatesIn(message: Fields): Fields[] {
  const list = message["certificates"];
  return Array.isArray(list) ? list.filter((certificate) => isFields(certificate)) : [];
}
