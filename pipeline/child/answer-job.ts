import { renameSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import type { z } from "zod";
import type { Progress } from "../progress.ts";
import { progressDescriptor } from "./launch.ts";

/**
 * A child's life: one job of this schema from standard input, its result into the file that the first argument names. Anything else that
 * `work` writes goes into the folder of that file.
 */
export async function answerJob<Job>(
  schema: z.ZodType<Job>,
  work: (job: Job, report: (progress: Progress) => void, folder: string) => Promise<unknown>,
): Promise<never> {
  const resultFile = process.argv[2] as string;
  const job = schema.parse(JSON.parse(await text(process.stdin)));
  const result = await work(job, report, dirname(resultFile));
  writeFileSync(`${resultFile}.part`, JSON.stringify(result));
  renameSync(`${resultFile}.part`, resultFile);
  process.exit(0);
}

function report(progress: Progress): void {
  try {
    writeSync(progressDescriptor, `${JSON.stringify({ ...progress, rss: process.memoryUsage.rss() })}\n`);
  } catch (error) {
    // A full pipe only loses a progress line. A closed one means that nobody waits for the result any more.
    if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(1);
  }
}
