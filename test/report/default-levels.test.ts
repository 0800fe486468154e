import { expect, it } from "vitest";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { defaultLevels } from "../../src/report/default-levels.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import { aFacts, aPolicy } from "../support/facts.ts";

const checks = await loadChecks();
const ids = ["data-drift", "data-leakage", "data-schema", "linked-issue"];
const known = new Map([...checks].filter(([id]) => ids.includes(id)));

function policyOf(text: string) {
  const outcome = parsePolicy(text, "modelsync.yml", known);
  if (!outcome.ok) throw new Error("the policy has problems");
  return outcome.value;
}

const migrate = " `modelsync policy migrate` writes a policy of the newest version, with every level.";

it.each<[what: string, text: string, said: string | null]>([
  [
    "version 1",
    "version: 1",
    `Not said by the policy, so as version 1 has it: block for \`data-schema\`; warn for \`data-drift\`, \`data-leakage\`, \`linked-issue\`.${migrate}`,
  ],
  [
    "version 2",
    "version: 2",
    "Not said by the policy, so as version 2 has it: block for `data-drift`, `target-copy of data-leakage`, `data-schema`, `linked-issue`; warn for `data-leakage`.",
  ],
  [
    "only kinds",
    "version: 2\nchecks: { data-drift: { level: off }, data-leakage: { level: warn }, data-schema: { level: off }, linked-issue: { level: off } }",
    "Not said by the policy, so as version 2 has it: block for `target-copy of data-leakage`.",
  ],
  [
    "nothing",
    "version: 1\nchecks: { data-drift: { level: off }, data-leakage: { level: warn }, data-schema: { level: off }, linked-issue: { level: off } }",
    null,
  ],
])("says what the policy leaves to its version: %s", (_, text, said) => {
  expect(defaultLevels({ policy: policyOf(text) })).toBe(said);
});

it("says nothing of facts that were saved before this was known", () => {
  expect(defaultLevels({ policy: aPolicy({ checks: { "data-drift": { level: "warn", options: {} } } }) })).toBeNull();
});

it("stands in the fold and nowhere else", () => {
  const facts = aFacts({ policy: { ...aPolicy(), ...policyOf("version: 1"), models: aPolicy().models } });
  const { comment, checkRun } = renderReport(judge(known, facts), facts);
  const [visible, folded] = comment.split("<details>");
  expect([visible!.includes("policy migrate"), folded!.includes(migrate)]).toEqual([false, true]);
  expect([checkRun.summary.includes("policy migrate"), checkRun.text.includes(migrate)]).toEqual([false, true]);
});
