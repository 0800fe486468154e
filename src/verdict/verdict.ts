import type { Problem } from "../../pipeline/problem.ts";
import type { Level } from "../policy/policy.ts";
import type { Answer, CheckResult } from "./check.ts";

export interface CheckOutcome {
  id: string;
  title: string;
  group: "model" | "data" | "collaboration";
  level: Exclude<Level, "off">;
  result: CheckResult;
}

/**
 * All results as one answer.
 *
 * `fail`: a blocking check failed. `cannot-tell`: a blocking check could not decide, which publishes as failure too.
 */
export interface Verdict {
  conclusion: "pass" | "fail" | "cannot-tell";
  /** The first line of the comment, plain text. */
  sentence: string;
  outcomes: CheckOutcome[];
  /**
   * Mistakes in a policy. The base's could not be loaded: then there are no outcomes. Or the change under review makes
   * the policy invalid: then the outcomes are those of the base's policy, and the conclusion is `fail` all the same.
   */
  problems: Problem[];
  /** What another engine's answers to the same files led to; absent when that was the same, or when there are none. */
  engineChange?: EngineChange;
}

/** A verdict that differs for no other reason than the engine. */
export interface EngineChange {
  /** Of all checks on what the earlier engine answered. */
  conclusion: Verdict["conclusion"];
  /** Of the checks whose answers differ, in the order of the outcomes. */
  answers: { id: string; title: string; earlier: Answer; now: Answer }[];
}
