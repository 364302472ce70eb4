/** Distinguished names (RFC 5280 §4.1.2.4) as one line of safe text. */
import { toHex } from "../bytes/hex.ts";
import { safeText } from "../bytes/text.ts";
import { type Element, identifierOf, sequenceOf, setOf, textOf, wholeOf } from "./der.ts";

/** A distinguished name: its relative names in order, each a set of attributes. */
export type Name = readonly (readonly Attribute[])[];

interface Attribute {
  readonly type: string;
  readonly value: Element;
}

/** Reads a `Name` (RFC 5280 §4.1.2.4). */
export function nameOf(element: Element | undefined): Name {
  return sequenceOf(element).map((relative) =>
    setOf(relative).map((attribute) => {
      const [type, value] = sequenceOf(attribute);
      if (value === undefined) throw new RangeError("an attribute without a value");
      return { type: identifierOf(type), value };
    }),
  );
}

/**
 * `C=DE, O="Example, Inc.", CN=example.test`: much like RFC 4514, but in the name's own order and with `, ` between. Attributes of one
 * relative name are joined by ` + `. A value is quoted if it has a character that would make the line ambiguous; a quote in it becomes `\x22`.
 * A type without a short name is written as its object identifier, a value that is not text as `#` and the hex of its DER. An empty name gives an empty text.
 */
export function nameText(name: Name): string {
  return name
    .map((relative) => relative.map(({ type, value }) => `${SHORT_NAMES[type] ?? safeText(type)}=${valueText(value)}`).join(" + "))
    .join(", ");
}

function valueText(value: Element): string {
  const said = textOf(value);
  if (said === undefined) return `#${toHex(wholeOf(value))}`;
  const text = safeText(said);
  return /[,+="<>#;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', "\\x22")}"` : text;
}

/** The attributes of RFC 4514 §3, and others found in names of servers and authorities, by OpenSSL's short names. */
const SHORT_NAMES: { readonly [type: string]: string } = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.42": "GN",
  "2.5.4.43": "initials",
  "2.5.4.46": "dnQualifier",
  "2.5.4.65": "pseudonym",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
};
