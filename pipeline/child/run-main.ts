import { answerJob } from "./answer-job.ts";
import { runJob } from "./run-job.ts";
import { runJobSchema } from "./run-protocol.ts";

/** The child that runs one experiment. */
await answerJob(runJobSchema, runJob);
