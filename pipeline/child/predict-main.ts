import { answerJob } from "./answer-job.ts";
import { predictJob } from "./predict-job.ts";
import { predictJobSchema } from "./predict-protocol.ts";

/** The child that predicts with a model file. */
await answerJob(predictJobSchema, predictJob);
