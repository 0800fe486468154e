import type { z } from "zod";
import type { Facts } from "../facts/facts.ts";
import type { Level } from "../policy/policy.ts";

/** What can change a check's answer; an event whose trigger no enabled check names costs nothing. */
export type Trigger = "code" | "text" | "labels" | "issue" | "base" | "policy" | "draft";

/** A pure function from facts to a result. One file under `src/checks`, default export, named like its id. */
export interface Check<Options = unknown> {
  /** kebab-case: file name = id = policy key = template name. */
  id: string;
  title: string;
  group: "model" | "data" | "collaboration";
  defaultLevel: Level;
  triggers: readonly Trigger[];
  /** Strict object schema with a default for every key; `level` is added by the policy. */
  options: z.ZodType<Options>;
  /** Printed into the documentation and the editor schema. */
  docs: { summary: string; passes: string; fails: string; cannotTell: string };
  run(facts: Facts, options: Options): CheckResult;
}

export type Answer = "pass" | "fail" | "cannot-tell" | "not-applicable";

export interface CheckResult {
  answer: Answer;
  /** One line for the checklist, plain text; may hold text from the pull request, templates escape it. */
  summary: string;
  findings: Finding[];
}

/** One thing a check says. */
export interface Finding {
  check: string;
  /** Stable across pushes: a digest of check, model, metric, slice, column … but not of the measured numbers. */
  fingerprint: string;
  title: string;
  /** Numbers and names by field; tests compare this. */
  evidence: Record<string, string | number | boolean | null>;
  remedy: string;
  path?: string;
  line?: number;
  model?: string;
  metric?: string;
  slice?: string;
  column?: string;
}
