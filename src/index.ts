/** The portable face of tls-diff: every public name, listed one by one. Nothing here needs Node. */
export { CaptureError, type CaptureErrorCode, InvariantError } from "./fault/errors.ts";
export type { Note } from "./fault/note.ts";
export type { AssembleOptions, CertificateReader } from "./handshake/assemble.ts";
export type { CertificateChain, CertificateChains } from "./handshake/certificate-chain.ts";
export type { EncryptedHello } from "./handshake/encrypted-hello.ts";
export type {
  Capture,
  ClientStack,
  Endpoint,
  EventKind,
  Failure,
  FailureKind,
  Fingerprints,
  Handshake,
  Negotiated,
  Outcome,
  TransportEvent,
} from "./handshake/handshake.ts";
export { KeptHandshakes, KeptOctets } from "./handshake/kept-handshakes.ts";
export type { CertificateDecompressor, CertificateEntry, Extension, Message, Side } from "./message/message.ts";
export { identifyClient } from "./clients/identify.ts";
export { type Client, listClients, readReference } from "./clients/reference.ts";
export { captureOf, type CaptureSummary, HandshakeReader, type ReaderOptions } from "./pipeline.ts";
export type { CodePoint } from "./registry/codepoint.ts";
export { Decryptor, type DecryptorOptions } from "./secrets/decryptor.ts";
export { KeyLog } from "./secrets/key-log.ts";
export type { Decipher } from "./crypto/cipher.ts";
export { selectHandshakes, type Selection } from "./diff/selection.ts";
export { compare, compareHandshakes, compareWithin, compareWithReference, type CompareOptions } from "./diff/compare.ts";
export { type SnapshotHandshake, snapshotHandshakes } from "./diff/snapshot.ts";
export { diagnoseHandshake, type DiagnoseOptions, diagnosePair, withDiagnosis } from "./diagnosis/diagnose.ts";
export { RULES } from "./diagnosis/rules/index.ts";
export type { Confidence, Evidence, Finding, Fix, Place, Rule, Symptom } from "./diagnosis/contract.ts";
export type {
  Comparison,
  Difference,
  DifferenceClass,
  ListDifference,
  Pair,
  PairedBy,
  PairSide,
  ValueDifference,
} from "./diff/difference.ts";
export { checkBaseline, checkHandshake, differenceText, FAIL_ON } from "./expectation/check.ts";
export type {
  CheckedCapture,
  CheckedItem,
  Configuration,
  Expectation,
  ExpectedCapture,
  OfferedList,
  Offers,
} from "./expectation/expectation.ts";
export { redact, type Redaction, type RedactOptions } from "./redaction/redact.ts";
