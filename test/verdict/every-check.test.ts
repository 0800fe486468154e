import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkDefaults } from "../../src/policy/check-defaults.ts";
import { policyVersions } from "../../src/policy/policy.ts";
import type { Check } from "../../src/verdict/check.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { runChecks } from "../../src/verdict/run-checks.ts";
import {
  absent,
  aColumnDrift,
  aDriftReport,
  aFacts,
  aModelReview,
  anIssue,
  aProblem,
  aPullRequest,
  baseCommit,
  headCommit,
  issues,
  withProblems,
} from "../support/facts.ts";

const checks = await loadChecks();

it("finds the checks by their files", () => {
  const files = readdirSync(new URL("../../src/checks", import.meta.url)).sort();
  expect([...checks.keys()].map((id) => `${id}.ts`)).toEqual(files);
  expect([...checks.keys()]).toEqual(expect.arrayContaining(["metric-regression", "linked-issue"]));
});

// A policy that never heard of a later check must not turn red because of it.
it.each([
  // what asks another question never passed: the sides were incomparable, or the base was judged by it as well
  [
    1,
    [
      "data-schema",
      "metric-regression",
      "metric-threshold",
      "yardstick-changed: positive",
      "yardstick-changed: smaller-holdout",
      "yardstick-changed: target",
      "yardstick-changed: views-disagree",
    ],
  ],
  [
    2,
    [
      "data-drift",
      "data-leakage: target-copy",
      "data-schema",
      "linked-issue",
      "metric-regression",
      "metric-threshold",
      "yardstick-changed: positive",
      "yardstick-changed: smaller-holdout",
      "yardstick-changed: target",
      "yardstick-changed: views-disagree",
    ],
  ],
] as const)("blocks by default only what blocked when version %i of the policy was made", (version, expected) => {
  const blocking = [...checks.values()].flatMap((check) => {
    const { level, alsoBlock } = checkDefaults(check, version);
    return level === "block" ? [check.id] : alsoBlock.map((kind) => `${check.id}: ${kind}`);
  });
  expect(blocking.sort()).toEqual(expected);
});

const nothing = { comparison: null, schema: null, drift: null, changed: null, integrity: null };
const situations: [what: string, facts: ReturnType<typeof aFacts>][] = [
  ["an ordinary change", aFacts()],
  ["no models", aFacts({ models: [] })],
  ["a new model", aFacts({ models: [aModelReview({ base: absent(baseCommit), ...nothing })] })],
  ["a removed model", aFacts({ models: [aModelReview({ head: absent(headCommit), ...nothing })] })],
  ["a broken head", aFacts({ models: [aModelReview({ head: withProblems(headCommit, aProblem()), ...nothing })] })],
  ["no comparison", aFacts({ models: [aModelReview(nothing)] })],
  ["no GitHub", aFacts({ door: "git", linkedIssues: { known: false, why: "needs-github", detail: "" } })],
  ["GitHub failed", aFacts({ linkedIssues: { known: false, why: "failed", detail: "502" } })],
  ["a deleted author", aFacts({ pullRequest: aPullRequest({ author: null }) })],
  [
    "a data set that drifted",
    aFacts({
      models: [
        aModelReview({ drift: aDriftReport({ answer: "drifted", columns: [aColumnDrift({ answer: "drifted" })] }) }),
      ],
    }),
  ],
  ["an unreadable issue", aFacts({ linkedIssues: issues({ ...anIssue(3), issue: null }) })],
];

/** The defaults, and each other choice of an option that has several. */
function optionsOf({ options }: Check): unknown[] {
  const choices = Object.entries((options as z.ZodObject).shape).flatMap(([name, option]) => {
    const values = (z.toJSONSchema(option, { io: "input" }) as { enum?: unknown[] }).enum ?? [];
    return values.map((value) => ({ [name]: value }));
  });
  return [{}, ...choices].map((one) => options.parse(one));
}

describe.each([...checks.values()])("$id", (check) => {
  it("follows the recipe", () => {
    expect(check.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(existsSync(new URL(`../checks/${check.id}.test.ts`, import.meta.url))).toBe(true);
    expect(existsSync(new URL(`../../templates/checks/${check.id}.hbs`, import.meta.url))).toBe(true);
    expect(check.triggers.length).toBeGreaterThan(0);
    expect(Object.values(check.docs).filter((text) => text.trim() === "" || !text.endsWith("."))).toEqual([]);
  });

  it("has by default only kinds that it knows", () => {
    const kinds = policyVersions.flatMap((version) => checkDefaults(check, version).alsoBlock);
    expect(kinds.filter((kind) => check.kinds?.names.includes(kind) !== true)).toEqual([]);
  });

  it("has a default and a description for every option, and refuses unknown ones", () => {
    expect(check.options.safeParse({}).success).toBe(true);
    expect(check.options.safeParse({ unknown_option: 1 }).success).toBe(false);
    const shape = (check.options as z.ZodObject).shape;
    expect(Object.entries(shape).filter(([, option]) => !option.description)).toEqual([]);
    expect(Object.keys(shape)).not.toContain("level");
  });

  it.each(situations)("gives plain data and names itself: %s", (_, facts) => {
    const before = JSON.stringify(facts);
    const result = check.run(facts, check.options.parse({}));
    expect(JSON.stringify(facts)).toBe(before);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(result.summary).not.toBe("");
    expect(result.findings.every((finding) => finding.check === check.id && /[.?]$/.test(finding.remedy))).toBe(true);
    expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
    expect(result.findings.length > 0).toBe(result.answer === "fail" || result.answer === "cannot-tell");
  });

  it.each(optionsOf(check))("names what fails, whatever its options: %j", (options) => {
    for (const [, facts] of situations) {
      const policy = { ...facts.policy, checks: { [check.id]: { level: "block" as const, options } } };
      const outcomes = runChecks(new Map([[check.id, check]]), { ...facts, policy });
      const failing = outcomes.filter(({ result }) => result.answer === "fail");
      expect(failing.filter(({ result }) => result.findings.every(({ unclear }) => unclear === true))).toEqual([]);
    }
  });

  it("never passes a model that could not be run", () => {
    const facts = aFacts({ models: [aModelReview({ head: withProblems(headCommit, aProblem()), ...nothing })] });
    if (check.group === "collaboration") return;
    expect(check.run(facts, check.options.parse({})).answer).not.toBe("pass");
  });
});
