import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { Outcome, ProblemCode } from "./problem.ts";
import { formatCount } from "./words.ts";

/**
 * Reads a file that a person named, at most `maxBytes` of it, or says why not.
 *
 * @param path as the person wrote it, for problems
 * @param file where it lies, when that is another way to write it
 */
export async function readTextFile(path: string, maxBytes: number, file = path): Promise<Outcome<string>> {
  const failed = (code: ProblemCode, message: string, remedy: string): Outcome<never> => ({
    ok: false,
    problems: [{ code, where: { path }, message, remedy }],
  });
  const nameAnother = "Name a file that exists and that you may read.";
  try {
    // a pipe that nobody writes to would be waited for
    await using opened = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = await opened.stat();
    if (!status.isFile()) return failed("file-unreadable", "This is not an ordinary file.", nameAnother);
    if (status.size > maxBytes) {
      return failed(
        "file-too-large",
        `The file has ${formatCount(status.size)} bytes; at most ${formatCount(maxBytes)} are read.`,
        "Name a smaller file.",
      );
    }
    return { ok: true, value: await opened.readFile("utf8"), notes: [] };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    return failed("file-unreadable", `The file could not be read: ${code}.`, nameAnother);
  }
}
