import { answerJob } from "./answer-job.ts";
import { predictJob } from "./predict-job.ts";

/** The child that predicts with a model file. */
await answerJob(predictJob);
