import { renameSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import type { Progress } from "../progress.ts";
import { progressDescriptor } from "./launch.ts";

/**
 * A child's life: one job from standard input, its result into the file that the first argument names. Anything else that
 * `work` writes goes into the folder of that file.
 */
export async function answerJob<Job>(
  work: (job: Job, report: (progress: Progress) => void, folder: string) => Promise<unknown>,
): Promise<never> {
  const resultFile = process.argv[2] as string;
  const job = JSON.parse(await text(process.stdin)) as Job;
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
