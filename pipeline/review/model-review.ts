import { z } from "zod";
import { comparisonSchema, sliceSchema } from "../compare/comparison.ts";
import { yardstickChangeSchema } from "../compare/yardstick-change.ts";
import { driftOptionsSchema, driftReportSchema } from "../drift/drift-report.ts";
import { integrityReportSchema } from "../integrity/integrity-report.ts";
import { schemaDiffSchema } from "../match/schema-diff.ts";
import { problemSchema } from "../problem.ts";
import { revisionDataSchema } from "../revision-data.ts";
import { runSummarySchema } from "../run-result.ts";
import { anchorReviewSchema, anchorSchema } from "./anchor.ts";
import { absent, revisionSchema, withProblems } from "./revision.ts";

/** A pinned file of the base's commit, or why it cannot be used. */
const driftReferenceSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("ready"), data: revisionDataSchema }),
  z.object({ state: z.literal("problems"), path: z.string(), problems: z.array(problemSchema) }),
]);
export type DriftReference = z.infer<typeof driftReferenceSchema>;

/** Everything one model's review needs. Plain data: it is written to the child process as JSON. */
export const reviewJobSchema = z.object({
  model: z.string(),
  /** Repository path of the experiment file, for problems. */
  experimentPath: z.string(),
  base: revisionSchema,
  head: revisionSchema,
  /** Metrics that the policy gates. The others are compared and shown, never blocking. */
  metrics: z.record(z.string(), z.object({ tolerance: z.number() })),
  /** Columns to slice by (each value with enough rows), and single slices asked for by acceptance criteria. */
  sliceColumns: z.array(z.string()),
  slices: z.array(sliceSchema),
  drift: driftOptionsSchema,
  /** Pinned data that drift is measured against; absent: the base's data. */
  reference: driftReferenceSchema.exactOptional(),
  /** Earlier revisions that the head is compared with as well; absent: none. */
  anchors: z.array(anchorSchema).exactOptional(),
  /** Confidence level of intervals, for example 0.95. */
  level: z.number(),
  /** Folder of cached runs, or null for none. */
  cache: z.string().nullable(),
});
export type ReviewJob = z.infer<typeof reviewJobSchema>;

const sideSchema = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("ran"), commit: z.string(), run: runSummarySchema, cached: z.boolean() }),
    withProblems,
    absent,
  ])
  .meta({ id: "Side" });
export type Side = z.infer<typeof sideSchema>;

const reviewSchema = z
  .object({
    model: z.string(),
    experimentPath: z.string(),
    base: sideSchema,
    head: sideSchema,
    /** What differs between the sides; null when a side is not ready. */
    changed: z.object({ data: z.boolean(), experiment: z.boolean() }).nullable(),
    /** Both sides judged on the base's hold-out, by its labels: what the gates stand on. */
    comparison: comparisonSchema.nullable(),
    /** What the head changes about how its model is judged; absent in facts saved before it was looked for. */
    yardstick: z.array(yardstickChangeSchema).exactOptional(),
    /** Both sides judged as the head wants it; null where that is no other view. */
    headView: comparisonSchema.nullable().exactOptional(),
    schema: schemaDiffSchema.nullable(),
    drift: driftReportSchema.nullable(),
    /** Leakage and broken data in the head; null when the head did not run, absent in facts saved before it was looked for. */
    integrity: integrityReportSchema.nullable().exactOptional(),
    /** The head against earlier revisions; absent where there are none to compare with. */
    anchors: z.array(anchorReviewSchema).exactOptional(),
  })
  .meta({ id: "Review" });

/** A review and the version of the engine that made it. */
export const engineReviewSchema = z.object({ engine: z.string(), review: reviewSchema }).meta({ id: "EngineReview" });
export type EngineReview = z.infer<typeof engineReviewSchema>;

/** What a pull request did to one model. Plain data. */
export const modelReviewSchema = reviewSchema
  .extend({
    /** What another engine answered to the same inputs before; absent when none did. */
    earlier: engineReviewSchema.exactOptional(),
  })
  .meta({ id: "ModelReview" });
export type ModelReview = z.infer<typeof modelReviewSchema>;
