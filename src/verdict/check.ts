import { z } from "zod";
import type { Facts } from "../facts/facts.ts";
import type { Level } from "../policy/policy.ts";
import { type BadnessRule, findingSchema } from "./finding.ts";

export type { Finding } from "./finding.ts";

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
  /** Without it a waiver holds while the finding's evidence stays the same. */
  badness?: BadnessRule;
}

export const answerSchema = z.enum(["pass", "fail", "cannot-tell", "not-applicable"]);
export type Answer = z.infer<typeof answerSchema>;

export const checkResultSchema = z.object({
  answer: answerSchema,
  /** One line for the checklist, plain text; may hold text from the pull request, templates escape it. */
  summary: z.string(),
  findings: z.array(findingSchema),
});
export type CheckResult = z.infer<typeof checkResultSchema>;
