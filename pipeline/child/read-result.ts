import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { z } from "zod";
import { formatCount } from "../words.ts";
import type { Unfinished } from "./protocol.ts";

/** A result carries counts and summaries, never rows: this is far more than 9,000 columns need. */
const mostBytes = 32 * 1024 * 1024;

export type ReadResult<T> = { ended: "finished"; answer: T } | Extract<Unfinished, { ended: "crashed" }>;

/**
 * Reads the file a child left behind. A missing, oversized or malformed file is a crash, whatever the exit code said.
 *
 * @param what a result is called, with its article
 * @returns the result as it was parsed by `schema`
 */
export async function readResult<T>(
  path: string,
  stderr: string,
  schema: z.ZodType<T>,
  what: string,
): Promise<ReadResult<T>> {
  const crashed = (why: string): ReadResult<T> => ({ ended: "crashed", detail: `${why}\n${stderr}`.trim() });
  let written: string;
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const status = await file.stat();
      if (!status.isFile()) return crashed("The child process left something that is not a file as its result.");
      const { size } = status;
      if (size > mostBytes)
        return crashed(
          `The child process wrote a result of ${formatCount(size)} bytes, more than ${formatCount(mostBytes)}.`,
        );
      written = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch {
    return crashed("The child process ended without a result.");
  }
  try {
    return { ended: "finished", answer: schema.parse(JSON.parse(written)) };
  } catch {
    return crashed(`The child process wrote a result that is not ${what}.`);
  }
}
