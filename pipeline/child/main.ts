import { reviewJobSchema } from "../review/model-review.ts";
import { reviewModel } from "../review/review-model.ts";
import { answerJob } from "./answer-job.ts";

/** The child that reviews one model. */
await answerJob(reviewJobSchema, (job, report) => reviewModel(job, report));
