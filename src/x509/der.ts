/**
 * Checked access to the DER elements of the library: an element of another kind than asked for throws. Lists are
 * lenient, as the certificates of real servers require: what follows the known elements is ignored.
 */
import {
  type BaseBlock,
  BaseStringBlock,
  BitString,
  Boolean as BooleanElement,
  fromBER,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as SetElement,
  UTCTime,
} from "asn1js";

/** One element of DER: a header and what it holds. */
export type Element = BaseBlock;

/** The element at the beginning of `der`. */
export function parseDer(der: Uint8Array): Element {
  const { result } = fromBER(der);
  if (result.error !== "") throw new RangeError(result.error);
  return result;
}

/** The elements of a SEQUENCE. */
export function sequenceOf(element: Element | undefined): readonly Element[] {
  if (!(element instanceof Sequence)) throw new TypeError("no SEQUENCE");
  return element.valueBlock.value;
}

/** The elements of a SET. */
export function setOf(element: Element | undefined): readonly Element[] {
  if (!(element instanceof SetElement)) throw new TypeError("no SET");
  return element.valueBlock.value;
}

/** The number of a context-specific tag; -1 for any other element. */
export function contextOf(element: Element | undefined): number {
  return element?.idBlock.tagClass === CONTEXT ? element.idBlock.tagNumber : -1;
}

const CONTEXT = 3;

/** The elements inside one with a constructed context-specific tag: an implicitly tagged SEQUENCE, or an explicit tag. */
export function insideOf(element: Element): readonly Element[] {
  const { value } = element.valueBlock as { value?: unknown };
  if (!Array.isArray(value)) throw new TypeError("nothing inside");
  return value as Element[];
}

/** The octets of an element with a primitive context-specific tag. */
export function octetsInside(element: Element): Uint8Array {
  const { valueHexView } = element.valueBlock as { valueHexView?: Uint8Array };
  if (valueHexView === undefined) throw new TypeError("no octets inside");
  return valueHexView;
}

/** An OBJECT IDENTIFIER in dotted decimal notation. */
export function identifierOf(element: Element | undefined): string {
  if (!(element instanceof ObjectIdentifier)) throw new TypeError("no OBJECT IDENTIFIER");
  return element.getValue();
}

/** The octets of an INTEGER, in two's complement. */
export function integerOf(element: Element | undefined): Uint8Array {
  if (!(element instanceof Integer)) throw new TypeError("no INTEGER");
  return element.valueBlock.valueHexView;
}

/** An INTEGER of at most three octets as a number; a longer one is `NaN`. */
export function numberOf(element: Element | undefined): number {
  if (!(element instanceof Integer)) throw new TypeError("no INTEGER");
  return element.valueBlock.valueHexView.length > 3 ? Number.NaN : element.valueBlock.valueDec;
}

/** A BOOLEAN; `undefined` for any other element. */
export function booleanOf(element: Element | undefined): boolean | undefined {
  return element instanceof BooleanElement ? element.getValue() : undefined;
}

/** The octets of an OCTET STRING. */
export function octetStringOf(element: Element | undefined): Uint8Array {
  if (!(element instanceof OctetString)) throw new TypeError("no OCTET STRING");
  return element.valueBlock.valueHexView;
}

/** The octets of a BIT STRING. */
export function bitStringOf(element: Element | undefined): Uint8Array {
  if (!(element instanceof BitString)) throw new TypeError("no BIT STRING");
  return element.valueBlock.valueHexView;
}

/** A UTCTime or GeneralizedTime. */
export function timeOf(element: Element | undefined): Date {
  if (element instanceof UTCTime || element instanceof GeneralizedTime) return element.toDate();
  throw new TypeError("no time");
}

/** The text of one of the kinds of string that names have; `undefined` for any other element. */
export function textOf(element: Element): string | undefined {
  return element instanceof BaseStringBlock && !element.idBlock.isConstructed && TEXTS.has(element.idBlock.tagNumber)
    ? element.getValue()
    : undefined;
}

/** UTF8String, PrintableString, TeletexString, IA5String, UniversalString, BMPString. */
const TEXTS: ReadonlySet<number> = new Set([12, 19, 20, 22, 28, 30]);

/** The octets of a whole element; empty for a NULL. */
export function wholeOf(element: Element): Uint8Array {
  return element instanceof Null ? NOTHING : element.valueBeforeDecodeView;
}

const NOTHING = new Uint8Array();

/** The object identifier in an implicitly tagged element. */
export function hiddenIdentifierOf(element: Element): string {
  const octets = octetsInside(element);
  if (octets.length > 0x7f) throw new RangeError("no object identifier is that long");
  return identifierOf(parseDer(Uint8Array.of(OBJECT_IDENTIFIER, octets.length, ...octets)));
}

const OBJECT_IDENTIFIER = 6;

/** `AlgorithmIdentifier` (RFC 5280 §4.1.1.2). */
export interface Algorithm {
  readonly type: string;
  /** Also absent if it is NULL. */
  readonly parameters?: Element;
}

/** Reads an `AlgorithmIdentifier`. */
export function algorithmOf(element: Element | undefined): Algorithm {
  const [type, parameters] = sequenceOf(element);
  return { type: identifierOf(type), ...(parameters === undefined || parameters instanceof Null ? {} : { parameters }) };
}
