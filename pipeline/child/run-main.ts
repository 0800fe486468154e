import { answerJob } from "./answer-job.ts";
import { runJob } from "./run-job.ts";

/** The child that runs one experiment. */
await answerJob(runJob);
