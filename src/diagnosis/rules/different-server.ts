/** The captures show different servers. */
import type { Rule } from "../contract.ts";
import { isAlike } from "../offer.ts";
import { subjectOf } from "../rejection.ts";

export const differentServer: Rule = {
  id: "different-server",
  title: "The two captures went to different servers",
  words: () => ({
    symptoms: [
      { stack: "curl", text: "curl: (60) SSL certificate problem" },
      { stack: "any client", text: "works from here, fails from there" },
    ],
    cause:
      "The name leads to another address for each client: split DNS, a content network, a proxy, IPv6 beside IPv4. What one server accepts says nothing about the other.",
    proof: "The server addresses differ, and so do the certificates, or what equal hellos are answered.",
    disproof: "both show the same certificate",
    fixes: [
      {
        where: "client",
        text: "capture again with the same address on both sides: curl --resolve, s_client -connect ADDRESS:PORT -servername NAME",
        source: "https://curl.se/docs/manpage.html#--resolve",
      },
      { where: "server", text: "give all addresses of the name the same configuration", source: "https://www.rfc-editor.org/rfc/rfc9325" },
    ],
    references: ["RFC 9325"],
  }),
  explains: [
    "unknown-ca",
    "incomplete-chain",
    "hostname-mismatch",
    "self-signed",
    "cn-only-certificate",
    "client-rejects-after-handshake",
    "sni-default-certificate",
  ],
  check({ failing, working, isSameServer }) {
    if (working === undefined || isSameServer || (failing.established && failing.leave === undefined)) return undefined;
    const [ours, theirs] = [failing.handshake.transport.server, working.handshake.transport.server];
    if (ours.address === theirs.address && failing.offer.serverName !== working.offer.serverName) return undefined;
    const [leaf, other] = [failing.chain[0], working.chain[0]];
    const [a, b] = [ours, theirs].map(({ address, port }) => (address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`));
    const isSeen = leaf !== undefined && other !== undefined && leaf.sha256 !== other.sha256;
    // Another client on another network may well reach the same server by another address, unless one of them answers what the other refuses.
    const isEqual = isAlike(failing.offer, working.offer) && failing.offer.versions.join() === working.offer.versions.join();
    const isJudged = isEqual && failing.endsAfterHello && failing.alert?.by === "server";
    if (!isSeen && !isJudged && failing.offer.serverName === working.offer.serverName && failing.offer.serverName !== undefined)
      return undefined;
    if (!isSeen && failing.chain.length === 0 && failing.messages.length === 0) return undefined;
    return {
      confidence: isSeen ? "certain" : isJudged ? "likely" : "possible",
      summary: `the two captures went to different servers, ${a} and ${b}${isJudged && !isSeen ? ": the one refuses a hello that the other answers" : ""}`,
      evidence: [
        failing.evidence(
          failing.certificateOf("server")?.packet ?? failing.hello?.packet,
          leaf === undefined ? `connects to ${a}` : `${a} shows ${subjectOf(leaf)}`,
        ),
        working.evidence(
          working.certificateOf("server")?.packet ?? working.hello?.packet,
          other === undefined ? `connects to ${b}` : `${b} shows ${subjectOf(other)}`,
        ),
      ],
    };
  },
};
