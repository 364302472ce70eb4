/** What fuzzing has found: an input for each defect, with what it was. None of them may come back. */

/** One defect. */
export interface Found {
  readonly target: string;
  /** What went wrong. */
  readonly what: string;
  /** The input, in base64. */
  readonly input: string;
}

export const FOUND: readonly Found[] = [
  {
    target: "compressed",
    what: "zstd blocks were undone that are larger than there may be: two mebioctets of four octets",
    input: "KLUv/QBcXAAAAAAAAAAAAAAAAACrANgA",
  },
  {
    target: "redact",
    what: "a client's Certificate message that is cut before its list made the diagnosis throw",
    input:
      "1MOyoQIAAAAAAAAAAAAAAAAAAAABAAAAAAAAAARrAAAAAKsAAACrAAAAAAAAAAAAAAAAAAAACABFAAAAAAAAAAAGAADAAAIBwAACAoFOAbwAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAFgMAAAcLAAADBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEawAAAABJAAAASQAAAAAAAAAAAAAAAAAAAAgARQAAAAAAAAAABgAAwAACAsAAAgEBvIFOAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAABUDAABrAAA=",
  },
];
