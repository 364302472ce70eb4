/** Text without colours: the same layout as the terminal's, for output that is not a terminal. */
import type { Text } from "../document.ts";
import { drawGrid } from "../layout/draw-grid.ts";
import { renderText } from "../layout/text.ts";
import { compose } from "../report.ts";
import type { Format } from "./contract.ts";

export const plain: Format = {
  name: "plain",
  extension: "txt",
  mediaType: "text/plain",
  render(report, options = {}) {
    const { width = 80, ascii = false } = options;
    return renderText(compose(report), {
      width,
      ascii,
      paint: (text) => text,
      draw: (grid, line: (text: Text) => string) => drawGrid(grid, line, ascii),
    });
  },
};
