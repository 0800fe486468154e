import { expect, it } from "vitest";
import { z } from "zod";
import { applyWaivers } from "../../src/verdict/apply-waivers.ts";
import type { Check, CheckResult, Finding } from "../../src/verdict/check.ts";
import { fingerprint } from "../../src/verdict/fingerprint.ts";
import { runChecks } from "../../src/verdict/run-checks.ts";
import { acceptFinding, type Waiver } from "../../src/verdict/waiver.ts";
import { aFacts, aPolicy, aPullRequest } from "../support/facts.ts";

const passed: CheckResult = { answer: "pass", summary: "fine", findings: [] };

function aCheck(different: Partial<Check> = {}): Check {
  return {
    id: "some-check",
    title: "Some check",
    group: "model",
    defaultLevel: "block",
    triggers: ["code"],
    options: z.strictObject({ size: z.number().default(3) }),
    docs: { summary: "", passes: "", fails: "", cannotTell: "" },
    run: () => passed,
    ...different,
  };
}

function run(checks: Check[], facts = aFacts()) {
  return runChecks(new Map(checks.map((check) => [check.id, check])), facts);
}

it("runs models first, then data, then collaboration, by id within", () => {
  const checks = [
    aCheck({ id: "c", group: "collaboration" }),
    aCheck({ id: "b", group: "data" }),
    aCheck({ id: "z" }),
    aCheck({ id: "a" }),
  ];
  expect(run(checks).map(({ id }) => id)).toEqual(["a", "z", "b", "c"]);
});

it("takes level and options from the policy, else the check's own defaults", () => {
  const seen: unknown[] = [];
  const check = aCheck({
    run: (_, options) => {
      seen.push(options);
      return passed;
    },
  });
  const policy = aPolicy({ checks: { "some-check": { level: "warn", options: { size: 9 } } } });
  expect(run([check], aFacts({ policy }))).toEqual([
    { id: "some-check", title: "Some check", group: "model", level: "warn", result: passed },
  ]);
  expect(run([check])).toEqual([
    { id: "some-check", title: "Some check", group: "model", level: "block", result: passed },
  ]);
  expect(seen).toEqual([{ size: 9 }, { size: 3 }]);
});

it("does not run what is off", () => {
  const check = aCheck({
    run: () => {
      throw new Error("it ran");
    },
  });
  expect(
    run([check], aFacts({ policy: aPolicy({ checks: { "some-check": { level: "off", options: {} } } }) })),
  ).toEqual([]);
});

it.each<[what: string, run: () => unknown, detail: string]>([
  [
    "throws",
    () => {
      throw new Error("no such column");
    },
    "no such column",
  ],
  [
    "throws something else",
    () => {
      throw "text";
    },
    "text",
  ],
  ["answers nothing", () => undefined, "it gave a malformed answer"],
  ["answers yes", () => ({ ...passed, answer: "yes" }), "it gave a malformed answer"],
  ["answers a promise", () => Promise.resolve(passed), "it gave a malformed answer"],
  ["has a finding without a remedy", () => ({ ...passed, findings: [{ title: "x" }] }), "it gave a malformed answer"],
])("a check that %s can't tell", (_, broken, detail) => {
  const [outcome] = run([aCheck({ run: broken as Check["run"] })]);
  expect(outcome!.result).toEqual({
    answer: "cannot-tell",
    summary: "Some check: the check itself failed",
    findings: [
      {
        check: "some-check",
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        title: "The check itself failed",
        evidence: { detail },
        remedy: "This is a defect of ModelSync: please report it, with this text.",
      },
    ],
  });
});

it("asks nothing collaborative of an exempt bot, and everything else", () => {
  const failing = { run: () => ({ ...passed, answer: "fail" as const }) };
  const checks = [aCheck(failing), aCheck({ id: "talk", group: "collaboration", title: "Talk", ...failing })];
  const facts = aFacts({
    policy: aPolicy({ exempt: { bots: ["dependabot"] } }),
    pullRequest: aPullRequest({ author: { login: "dependabot[bot]", bot: true, id: 1 } }),
  });
  expect(run(checks, facts).map(({ result }) => [result.answer, result.summary])).toEqual([
    ["fail", "fine"],
    ["not-applicable", "Talk: not asked of the bot dependabot[bot], which the policy exempts"],
  ]);
});

it("a check that fails and names nothing has one finding, the same over pushes, which can be waived", () => {
  const docs = { summary: "", passes: "", fails: "Something is over its limit.", cannotTell: "" };
  const unclear: Finding = {
    ...{ check: "some-check", fingerprint: "b", title: "x", evidence: {}, remedy: "y", unclear: true },
  };
  const failing = (summary: string, findings: Finding[] = []) =>
    aCheck({ docs, run: () => ({ answer: "fail", summary, findings }) });
  const [outcome] = run([failing("2 of 5")]);
  const finding = {
    check: "some-check",
    fingerprint: fingerprint("some-check", "failed", null, null, null, null),
    title: "Some check failed",
    evidence: { detail: "2 of 5" },
    remedy: "Something is over its limit.",
  };
  expect(outcome!.result).toEqual({ answer: "fail", summary: "2 of 5", findings: [finding] });
  expect(run([failing("3 of 5", [unclear])])[0]!.result.findings).toEqual([
    { ...finding, evidence: { detail: "3 of 5" } },
    unclear,
  ]);
  const waiver: Waiver = {
    ...{ check: "some-check", reason: "agreed", by: "grace", given: "2026-01-02T03:04:05.678Z", until: "2100-01-01" },
    ...{
      findings: [acceptFinding(finding, undefined)],
      headSha: "c".repeat(40),
      baseRef: "main",
      comment: 5,
      withdrawnBy: null,
    },
  };
  const check = failing("2 of 5");
  const [waived] = applyWaivers([outcome!], { ...aFacts(), waivers: [waiver] }, new Map([[check.id, check]]));
  expect(waived!.result.answer).toBe("pass");
});
