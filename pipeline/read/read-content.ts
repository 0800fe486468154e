import { lstat, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Outcome, Problem } from "../problem.ts";
import type { Format } from "./format.ts";
import { formats, recognizeFormat } from "./formats.ts";
import type { ReadLimits } from "./read-limits.ts";
import { refuseContent } from "./refuse-content.ts";
import { showBytes } from "./show-bytes.ts";

export interface DataContent {
  bytes: Buffer;
  format: Format;
  /** The file was compressed with gzip; `bytes` are not. */
  gzip: boolean;
}

const decompress = promisify(gunzip);

/**
 * Reads a data file and says what it is, judged by its first bytes and not by its name. One layer of gzip is removed;
 * the size limit holds before and after.
 *
 * @param file local path; must be a regular file, not a link
 * @param path repository path, for messages
 */
export async function readContent(file: string, path: string, limits: ReadLimits): Promise<Outcome<DataContent>> {
  const fail = (problem: Omit<Problem, "where">): Outcome<never> => ({
    ok: false,
    problems: [{ ...problem, where: { path } }],
  });
  const tooLarge = (written: string) =>
    fail({
      code: "file-too-large",
      message: "The data file is too large to be reviewed.",
      written,
      allowed: `at most ${showBytes(limits.bytes)}`,
      remedy: "Commit a sample of the data for review.",
    });
  const status = await lstat(file).catch(() => null);
  if (status === null || !status.isFile()) {
    return fail({
      code: status === null ? "file-missing" : "not-a-file",
      message: status === null ? "The data file does not exist." : "The data path is not a regular file.",
      remedy: "Name an existing CSV file in `data`.",
    });
  }
  if (status.size > limits.bytes) return tooLarge(showBytes(status.size));

  let bytes = await readFile(file);
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (gzip) {
    try {
      bytes = await decompress(bytes, { maxOutputLength: limits.bytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
        return tooLarge(`over ${showBytes(limits.bytes)} once decompressed`);
      }
      return fail({
        code: "broken-gzip",
        message: "The file is a gzip archive that cannot be decompressed.",
        remedy: "Compress the data again, or commit it uncompressed.",
      });
    }
  }
  if (isBlank(bytes)) {
    return fail({ code: "empty-file", message: "The data file is empty.", remedy: "Commit the data." });
  }
  const format = recognizeFormat(bytes);
  const refusal = format === formats[0] ? refuseContent(bytes, path) : null;
  if (refusal !== null) return { ok: false, problems: [refusal] };
  return { ok: true, notes: [], value: { bytes, format, gzip } };
}

/** Only white space, byte order mark aside. */
function isBlank(content: Buffer): boolean {
  return !content.some((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf) && !content.includes(0);
}
