/** What an output format is: one file, and one line in `index.ts`. */
import type { Report } from "../report.ts";

/** How to lay a report out, for formats of text. */
export interface RenderOptions {
  /** Columns of a line, for formats that lay out text; 80 by default. */
  readonly width?: number;
  /** Text formats: only ASCII. */
  readonly ascii?: boolean;
}

/** An output format. */
export interface Format {
  /** As `--format` takes it. */
  readonly name: string;
  /** File name ending, without a dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** The report in pieces, because a large one may exceed the longest string. */
  render(report: Report, options?: RenderOptions): Iterable<string>;
}
