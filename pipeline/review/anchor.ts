import { z } from "zod";
import { metricComparisonSchema } from "../compare/comparison.ts";
import { problemSchema } from "../problem.ts";
import { revisionSchema } from "./revision.ts";

const count = z.int().nonnegative();

/** An earlier revision of a model with which its head is compared as well, so that small losses don't add up unseen. */
export const anchorNameSchema = z.object({
  /** The tag, branch or commit that the policy names; null where the policy names none, and earlier changes are only told of. */
  ref: z.string().nullable(),
  /** How many changes of the model the base has since then; null where nobody counted. */
  changes: count.nullable(),
  /** The pull request whose loss somebody accepted, so that its head is the anchor from then on; absent where none was. */
  accepted: count.exactOptional(),
  /** The gated metrics that it holds for. */
  metrics: z.array(z.string()),
});
export type AnchorName = z.infer<typeof anchorNameSchema>;

/** An anchor as a job names it. */
export const anchorSchema = anchorNameSchema.extend({ revision: revisionSchema });
export type Anchor = z.infer<typeof anchorSchema>;

const named = anchorNameSchema.extend({ commit: z.string() });

/** What the head is to an anchor, on the anchor's hold-out and by its labels. */
export const anchorReviewSchema = z
  .discriminatedUnion("state", [
    named.extend({
      state: z.literal("compared"),
      compared: z.array(metricComparisonSchema),
      /** The same on the rows that the head has with the anchor's label; absent where these are all. */
      kept: z.array(metricComparisonSchema).exactOptional(),
    }),
    named.extend({ state: z.literal("incomparable"), reasons: z.array(z.string()) }),
    /** It could not be found or run. */
    named.extend({ state: z.literal("problems"), problems: z.array(problemSchema) }),
  ])
  .meta({ id: "AnchorReview" });
export type AnchorReview = z.infer<typeof anchorReviewSchema>;
