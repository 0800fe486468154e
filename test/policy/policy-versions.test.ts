import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePolicy, smallestPolicy } from "../../src/policy/parse-policy.ts";
import { newestVersion, type Policy } from "../../src/policy/policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

const all = await loadChecks();
const parse = (text: string) => parsePolicy(text, "modelsync.yml", all);

describe("version 2", () => {
  const levels = (text: string) => {
    const outcome = parse(text);
    if (!outcome.ok) throw new Error("the policy has problems");
    return Object.fromEntries(
      Object.entries(outcome.value.checks).map(([id, { level, alsoBlock = [] }]) => [
        id,
        [level, ...alsoBlock].join(" "),
      ]),
    );
  };
  const first = levels("version: 1");
  const second = { "data-drift": "block", "data-leakage": "warn target-copy", "linked-issue": "block" };

  it.each<[what: string, text: string, different: Record<string, string>]>([
    ["has defaults of its own", "version: 2", second],
    [
      "says less than the file",
      "version: 2\nchecks: { linked-issue: { level: warn }, data-drift: { level: off }, data-leakage: { also_block: [] } }",
      { "linked-issue": "warn", "data-drift": "off", "data-leakage": "warn" },
    ],
    [
      "lets nothing more block where all does",
      "version: 2\nchecks: { data-leakage: { level: block } }",
      { ...second, "data-leakage": "block" },
    ],
    [
      "has no kinds where a check is off",
      "version: 2\nchecks: { data-leakage: { level: off } }",
      { ...second, "data-leakage": "off" },
    ],
    [
      "is not needed for kinds that block",
      "version: 1\nchecks: { data-leakage: { also_block: [date-overlap] } }",
      { "data-leakage": "warn date-overlap" },
    ],
  ])("%s", (_, text, different) => {
    expect(levels(text)).toEqual({ ...first, ...different });
  });
});

it.each([".github/modelsync.yml", "examples/income-model/.github/modelsync.yml"])(
  "%s of this repository is valid",
  (path) => {
    expect(parsePolicy(readFileSync(path, "utf8"), path, all)).toMatchObject({ ok: true });
  },
);

it.each([
  ["the example", "examples/income-model/.github/modelsync.yml", (text: string) => text],
  [
    "the README's sample",
    "README.md",
    (text: string) => /```yaml\n# \.github\/modelsync\.yml.*\n([\s\S]*?)```/.exec(text)![1]!,
  ],
])("%s is of the newest version and says every level", (_, path, policyOf) => {
  const policy = parsePolicy(policyOf(readFileSync(path, "utf8")), path, all);
  const { version, defaults = [] } = (policy.ok ? policy.value : {}) as Partial<Policy>;
  expect([version, defaults.filter((key) => /^checks\..*\.level$/.test(key))]).toEqual([newestVersion, []]);
});

it("the smallest policy that messages show is valid and gates a metric", () => {
  const outcome = parsePolicy(`{ ${smallestPolicy} }`, "modelsync.yml", all);
  const models = outcome.ok ? outcome.value.models.map(({ metrics }) => Object.keys(metrics)) : [];
  expect(models).toEqual([["accuracy"]]);
});
