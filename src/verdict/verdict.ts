import { z } from "zod";
import { problemSchema } from "../../pipeline/problem.ts";
import { answerSchema, checkResultSchema, groupSchema } from "./check.ts";
import { waivedFindingSchema } from "./waiver.ts";

const checkOutcomeSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    group: groupSchema,
    level: z.enum(["block", "warn"]),
    /** After waivers. */
    result: checkResultSchema,
    /** What waivers name of what it found, whether they hold or not; absent when they name nothing. */
    waived: z.array(waivedFindingSchema).exactOptional(),
  })
  .meta({ id: "CheckOutcome" });
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

const conclusionSchema = z.enum(["pass", "fail", "cannot-tell"]);

/** A verdict that differs for no other reason than the engine. */
const engineChangeSchema = z
  .object({
    /** Of all of today's checks on what the other engine measured. */
    conclusion: conclusionSchema,
    /** Of the checks whose answers differ, in the order of the outcomes. */
    answers: z.array(z.object({ id: z.string(), title: z.string(), earlier: answerSchema, now: answerSchema })),
  })
  .meta({ id: "EngineChange" });
export type EngineChange = z.infer<typeof engineChangeSchema>;

/**
 * All results as one answer.
 *
 * `fail`: a blocking check failed. `cannot-tell`: a blocking check could not decide, which publishes as failure too.
 */
export const verdictSchema = z
  .object({
    conclusion: conclusionSchema,
    /** The first line of the comment, plain text. */
    sentence: z.string(),
    outcomes: z.array(checkOutcomeSchema),
    /**
     * Mistakes in a policy. The base's could not be loaded: then there are no outcomes. Or the change under review makes
     * the policy invalid: then the outcomes are those of the base's policy, and the conclusion is `fail` all the same.
     */
    problems: z.array(problemSchema),
    /** What another engine's numbers on the same files lead to; absent when that is the same, or when none are in the cache. */
    engineChange: engineChangeSchema.exactOptional(),
  })
  .meta({ id: "Verdict" });
export type Verdict = z.infer<typeof verdictSchema>;
