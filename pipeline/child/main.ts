import { type ReviewJob, reviewModel } from "../review.ts";
import { answerJob } from "./answer-job.ts";

/** The child that reviews one model. */
await answerJob((job: ReviewJob, report) => reviewModel(job, report));
