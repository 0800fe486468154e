import { z } from "zod";
import type { Facts } from "../facts/facts.ts";
import type { Level } from "../policy/policy.ts";

/** What can change a check's answer; an event whose trigger no enabled check names costs nothing. */
export type Trigger = "code" | "text" | "labels" | "issue" | "base" | "policy" | "draft";

/** In the order of reports. */
export const groupSchema = z.enum(["model", "data", "collaboration"]);
export type Group = z.infer<typeof groupSchema>;

/** A pure function from facts to a result. One file under `src/checks`, default export, named like its id. */
export interface Check<Options = unknown> {
  /** kebab-case: file name = id = policy key = template name. */
  id: string;
  title: string;
  group: Group;
  defaultLevel: Level;
  triggers: readonly Trigger[];
  /** Strict object schema with a default for every key; `level` is added by the policy. */
  options: z.ZodType<Options>;
  /** Printed into the documentation and the editor schema. */
  docs: { summary: string; passes: string; fails: string; cannotTell: string };
  run(facts: Facts, options: Options): CheckResult;
}

/** One thing a check says. */
const findingSchema = z
  .object({
    check: z.string(),
    /** Stable across pushes: a digest of check, model, metric, slice, column … but not of the measured numbers. */
    fingerprint: z.string(),
    title: z.string(),
    /** Numbers and names by field; tests compare this. */
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    remedy: z.string(),
    path: z.string().exactOptional(),
    line: z.int().positive().exactOptional(),
    model: z.string().exactOptional(),
    metric: z.string().exactOptional(),
    slice: z.string().exactOptional(),
    column: z.string().exactOptional(),
  })
  .meta({ id: "Finding" });
export type Finding = z.infer<typeof findingSchema>;

export const answerSchema = z.enum(["pass", "fail", "cannot-tell", "not-applicable"]);
export type Answer = z.infer<typeof answerSchema>;

export const checkResultSchema = z.object({
  answer: answerSchema,
  /** One line for the checklist, plain text; may hold text from the pull request, templates escape it. */
  summary: z.string(),
  findings: z.array(findingSchema),
});
export type CheckResult = z.infer<typeof checkResultSchema>;
