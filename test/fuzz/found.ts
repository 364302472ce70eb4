/** What fuzzing has found: an input for each defect, with what it was. None of them may come back. */

/** One defect. */
export interface Found {
  readonly target: string;
  /** What went wrong. */
  readonly what: string;
  /** The input, in base64. */
  readonly input: string;
}

export const FOUND: readonly Found[] = [];
