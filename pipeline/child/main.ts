import { renameSync, writeFileSync, writeSync } from "node:fs";
import { text } from "node:stream/consumers";
import { type ReviewJob, reviewModel } from "../review.ts";
import { progressDescriptor } from "./launch.ts";
import type { Progress } from "./protocol.ts";

/** The child: one job from standard input, its review into the file that the first argument names. */
const resultFile = process.argv[2] as string;
const job = JSON.parse(await text(process.stdin)) as ReviewJob;
const review = await reviewModel(job, report);
writeFileSync(`${resultFile}.part`, JSON.stringify(review));
renameSync(`${resultFile}.part`, resultFile);
process.exit(0);

function report(progress: Progress): void {
  try {
    writeSync(progressDescriptor, `${JSON.stringify({ ...progress, rss: process.memoryUsage.rss() })}\n`);
  } catch (error) {
    // A full pipe only loses a progress line. A closed one means that nobody waits for the result any more.
    if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(1);
  }
}
