/** Describes Encrypted Client Hello in sentences: what the model knows of it comes in, one line for each fact goes out. */
import type { EncryptedHello } from "../handshake/encrypted-hello.ts";
import { plain } from "./document.ts";
import type { Lines, Text } from "./document.ts";
import { countText, nameOf } from "./words.ts";

/** The lines: the offer, whether it is GREASE, whose the plaintext name is, and the server's answer. */
export function echLines(ech: EncryptedHello): Lines {
  if (ech.offered === "inner") return [plain("the inner hello, as it stood encrypted in an outer one")];
  return [offerLine(ech), ...greaseLines(ech), ...nameLines(ech), ...answerLines(ech)];
}

function offerLine({ configId, kdf, aead, payloadLength }: EncryptedHello): Text {
  const parts = ["offered"];
  if (configId !== undefined) parts.push(`config ${configId === "" ? "without an id" : `0x${configId}`}`);
  if (kdf !== undefined) parts.push(nameOf(kdf));
  if (aead !== undefined) parts.push(nameOf(aead));
  if (payloadLength !== undefined) parts.push(countText(payloadLength, "octet"));
  return plain(parts.join(", "));
}

function greaseLines({ grease, greaseShape, secondHello }: EncryptedHello): Lines {
  switch (grease) {
    case "certain":
      return [plain("GREASE: the client sent data although ECH was rejected")];
    case "likely":
      return [plain("likely GREASE: the client went on although ECH was rejected")];
    case "possible":
      return [
        plain(`possibly GREASE: ${secondHello === "repeated" ? "the second hello repeats it" : `a shape that ${greaseShape} makes up`}`),
      ];
    default:
      return secondHello === "encrypted-again" ? [plain("not GREASE: the second hello was encrypted with the same key")] : [];
  }
}

function nameLines({ outerServerName, grease, answer }: EncryptedHello): Lines {
  if (outerServerName === undefined || grease === "certain") return [];
  if (answer === "accepted") return [plain("the server name is the public one; the true one is encrypted")];
  return [plain("the server name is only the public one, unless the offer is GREASE")];
}

function answerLines({ answer, shownBy, retryConfigs }: EncryptedHello): Lines {
  if (answer === undefined) return [plain("whether the server accepted cannot be seen", "muted")];
  if (answer === "accepted") return [plain("accepted by the server", "good")];
  if (answer === "possibly-accepted") return [plain("possibly accepted: the server confirmed, or made up a confirmation")];
  switch (shownBy) {
    case "version":
      return [plain("rejected by the server: it chose a version before TLS 1.3")];
    case "retry-configs":
      return [plain(`rejected by the server, which gave ${countText(retryConfigs ?? 0, "configuration")} to try again`)];
    case "key-log":
      return [plain("not accepted by the server: the connection goes on with the outer hello")];
    case "ech-required":
      return [plain("rejected by the server, and the client insisted", "bad")];
    default:
      return [plain("rejected by the server: no confirmation in hello_retry_request")];
  }
}
