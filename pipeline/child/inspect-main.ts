import { answerJob } from "./answer-job.ts";
import { inspectJob } from "./inspect-job.ts";
import { inspectJobSchema } from "./inspect-protocol.ts";

/** The child that looks at the data of one experiment. */
await answerJob(inspectJobSchema, inspectJob);
