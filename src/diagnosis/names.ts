/** Is a certificate valid for a name? Compared as in RFC 9525 §6.3: ignoring case, a wildcard matches one whole label. */
import type { CertificateEntry } from "../message/message.ts";

/** Does one of the certificate's names match? Without subjectAltName the common name counts, as for old clients. */
export function isNamed(entry: CertificateEntry, host: string): boolean {
  const names = entry.subjectAltNames ?? [];
  const wanted = host.toLowerCase().replace(/\.$/, "");
  if (names.length === 0) return matches(commonName(entry), wanted);
  return names.some((name) => {
    const [kind, ...rest] = name.split(":");
    const value = rest.join(":").toLowerCase();
    if (kind === "DNS") return matches(value, wanted);
    return kind === "IP" && value === wanted;
  });
}

/** A certificate's names in few words. */
export function namesText(entry: CertificateEntry): string {
  const names = (entry.subjectAltNames ?? []).map((name) => name.replace(/^\w+:/, ""));
  if (names.length === 0) return commonName(entry) || "no name";
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}

/** An IPv4 or IPv6 address in text. */
export function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[?[0-9a-f]*:[0-9a-f:.]+\]?$/i.test(name);
}

function matches(pattern: string, wanted: string): boolean {
  const name = pattern.toLowerCase();
  if (name === wanted) return name !== "";
  if (!name.startsWith("*.")) return false;
  const dot = wanted.indexOf(".");
  return dot > 0 && wanted.slice(dot) === name.slice(1);
}

function commonName({ subject = "" }: CertificateEntry): string {
  return /CN=([^,+]+)/.exec(subject)?.[1] ?? "";
}
