import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { ModelReview } from "../review.ts";
import type { ChildOutcome } from "./protocol.ts";
import { modelReviewSchema } from "./review-schema.ts";

/** A review carries counts and summaries, never rows: this is far more than 9,000 columns need. */
const mostBytes = 32 * 1024 * 1024;

/** Reads the file a child left behind. A missing, oversized or malformed file is a crash, whatever the exit code said. */
export async function readResult(path: string, stderr: string): Promise<ChildOutcome> {
  const crashed = (what: string): ChildOutcome => ({ ended: "crashed", detail: `${what}\n${stderr}`.trim() });
  let written: string;
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const status = await file.stat();
      if (!status.isFile()) return crashed("The child process left something that is not a file as its result.");
      const { size } = status;
      if (size > mostBytes)
        return crashed(`The child process wrote a result of ${size} bytes, more than ${mostBytes}.`);
      written = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch {
    return crashed("The child process ended without a result.");
  }
  return parseReview(written) ?? crashed("The child process wrote a result that is not a review.");
}

function parseReview(written: string): ChildOutcome | null {
  try {
    return { ended: "finished", review: modelReviewSchema.parse(JSON.parse(written)) as ModelReview };
  } catch {
    return null;
  }
}
