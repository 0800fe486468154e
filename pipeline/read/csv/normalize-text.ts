import { isUtf8 } from "node:buffer";
import type { Outcome } from "../../problem.ts";
import type { DataProfile } from "../../table/profile.ts";

/** The text of a data file in one form: UTF-8 without byte order mark, lines ended by LF only. */
export interface NormalizedText {
  bytes: Buffer;
  encoding: "utf-8" | "windows-1252";
  lineEnding: DataProfile["format"]["lineEnding"];
  bom: boolean;
}

/**
 * Normalizes encoding and line ends, so that a file that was only saved by another editor has the same content.
 *
 * @param declared the encoding an experiment names, or null to decide: UTF-8 when the bytes are valid UTF-8, otherwise
 * windows-1252, in which every byte has a meaning
 */
export function normalizeText(
  content: Buffer,
  declared: "utf-8" | "windows-1252" | null,
  path: string,
): Outcome<NormalizedText> {
  const bom = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  const body = bom ? content.subarray(3) : content;
  const encoding = declared ?? (isUtf8(body) ? "utf-8" : "windows-1252");
  if (encoding === "utf-8" && declared !== null && !isUtf8(body)) {
    return {
      ok: false,
      problems: [
        {
          code: "invalid-utf-8",
          where: { path, line: firstInvalidLine(body) },
          message: "The file is declared as utf-8 but has bytes that are not.",
          written: "utf-8",
          allowed: "utf-8 or windows-1252",
          remedy: "Save the file as UTF-8, or declare format.encoding: windows-1252.",
        },
      ],
    };
  }
  const text = encoding === "utf-8" ? body : Buffer.from(new TextDecoder("windows-1252").decode(body), "utf8");
  return { ok: true, notes: [], value: { encoding, bom, ...unifyLineEnds(text) } };
}

/** Line feeds inside quoted cells are unified too: Git converts them together with the others. */
function unifyLineEnds(text: Buffer): Pick<NormalizedText, "bytes" | "lineEnding"> {
  const carriageReturn = 13;
  const lineFeed = 10;
  if (!text.includes(carriageReturn)) return { bytes: text, lineEnding: "lf" };
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  let crlf = 0;
  let cr = 0;
  let lf = 0;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i]!;
    if (byte === carriageReturn) {
      if (text[i + 1] === lineFeed) {
        crlf++;
        i++;
      } else cr++;
      bytes[length++] = lineFeed;
    } else {
      if (byte === lineFeed) lf++;
      bytes[length++] = byte;
    }
  }
  const kinds = (crlf > 0 ? 1 : 0) + (cr > 0 ? 1 : 0) + (lf > 0 ? 1 : 0);
  return { bytes: bytes.subarray(0, length), lineEnding: kinds > 1 ? "mixed" : crlf > 0 ? "crlf" : "cr" };
}

function firstInvalidLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end))) return line;
    if (end < 0) return line;
    line++;
    start = end + 1;
  }
}
