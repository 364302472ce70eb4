/** The errors that are thrown across rooms. Damage on the wire is never one of them: it is a value in the model. */

/** What makes an input no capture at all, or unreadable from its first octet on. */
export type CaptureErrorCode = "not-a-capture" | "empty" | "cut-header" | "unsupported" | "compression" | "unreadable" | "interrupted";

/** The input is no capture that can be read. `message` is one sentence without the file's name. */
export class CaptureError extends Error {
  readonly code: CaptureErrorCode;

  constructor(code: CaptureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CaptureError";
    this.code = code;
  }
}

/** Our own bug. Never caught; the command line asks for a report and exits with 70. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}
