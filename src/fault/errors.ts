/** The errors that are thrown across rooms. Damage on the wire is never one of them: it is a value in the model. */

/** Why an input is not a capture, or cannot be read at all. */
export type CaptureErrorCode = "not-a-capture" | "empty" | "cut-header" | "unsupported" | "compression" | "unreadable" | "interrupted";

/** The input cannot be read as a capture. `message` is a clause about it, whose subject is the file: functions that take a path begin it with the name. */
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
