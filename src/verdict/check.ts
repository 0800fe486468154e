import { z } from "zod";
import type { Facts } from "../facts/facts.ts";
import type { Level, PolicyVersion } from "../policy/policy.ts";
import { type BadnessRule, type FindingKinds, findingSchema } from "./finding.ts";

export type { Finding } from "./finding.ts";

/** What can change a check's answer; an event whose trigger no enabled check names costs nothing. */
export type Trigger = "code" | "text" | "labels" | "issue" | "base" | "policy" | "draft";

/** In the order of reports. */
export const groupSchema = z.enum(["model", "data", "collaboration"]);
export type Group = z.infer<typeof groupSchema>;

/** What holds of a check where the policy does not say it. */
export interface CheckDefaults {
  level: Level;
  /** Of its `kinds`: those that block although the level is `warn`. */
  alsoBlock: readonly string[];
}

/** A pure function from facts to a result. One file under `src/checks`, default export, named like its id. */
export interface Check<Options = unknown> {
  /** kebab-case: file name = id = policy key = template name. */
  id: string;
  title: string;
  group: Group;
  /** Of version 1 of the policy, and of later ones unless `defaultsSince` says otherwise. */
  defaultLevel: Level;
  /** What holds from a version of the policy on, so that no policy of an older one turns red. */
  defaultsSince?: Partial<Record<PolicyVersion, Partial<CheckDefaults>>>;
  triggers: readonly Trigger[];
  /** Strict object schema with a default for every key; `level` is added by the policy. */
  options: z.ZodType<Options>;
  /** Printed into the documentation and the editor schema. */
  docs: { summary: string; passes: string; fails: string; cannotTell: string };
  run(facts: Facts, options: Options): CheckResult;
  /** Without it a waiver holds while the finding's evidence stays the same. */
  badness?: BadnessRule;
  /** Kinds of finding that a policy may let block where the check only warns, as `also_block`. */
  kinds?: FindingKinds;
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
