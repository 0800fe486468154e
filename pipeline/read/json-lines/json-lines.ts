import { describeText } from "../describe-text.ts";
import type { Format } from "../format.ts";
import { loadText } from "../load-text.ts";
import { prepareJsonLines } from "./prepare-json-lines.ts";

/** One flat object per line, always UTF-8. */
export const jsonLines: Format = {
  name: "json-lines",
  title: "JSON Lines",
  hint: "one object per line",
  options: ["decimal"],
  recognizes: (bytes) => /^(\xef\xbb\xbf)?\s*\{/.test(bytes.toString("latin1", 0, 1024)),
  load: (bytes, request) => loadText(prepareJsonLines(bytes, request), request),
  describe: ({ found }) => describeText(found),
};
