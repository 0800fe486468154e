import type { DataProfile } from "../table/profile.ts";

/** How a text file is written, whatever stands in it. */
export function describeText({ encoding, lineEnding, bom }: DataProfile["format"]): Readonly<Record<string, string>> {
  return { encoding, "line end": lineEnds[lineEnding], "byte order mark": bom ? "present" : "none" };
}

const lineEnds = { lf: "LF", crlf: "CRLF", cr: "CR", mixed: "mixed" };
