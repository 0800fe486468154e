import { expect, it } from "vitest";
import type { Level } from "../../src/policy/policy.ts";
import type { Answer, Finding } from "../../src/verdict/check.ts";
import { settleLevels } from "../../src/verdict/settle-levels.ts";
import type { CheckOutcome } from "../../src/verdict/verdict.ts";

const kinds = {
  names: ["copy", "overlap"],
  of: ({ evidence: { kind } }: Finding) => (typeof kind === "string" ? kind : null),
};
const checks = new Map([["leak", { kinds }]]);

/** `copy?`: it can't tell of this one. `copy!`: the base has it already. */
function findings(...written: string[]): Finding[] {
  return written.map((one) => ({
    check: "leak",
    fingerprint: one,
    title: one,
    evidence: { kind: one.replace(/[?!]/, "") },
    remedy: "Stop.",
    ...(one.endsWith("?") ? { unclear: true as const } : {}),
    ...(one.endsWith("!") ? { inherited: true as const } : {}),
  }));
}

it.each<[what: string, alsoBlock: string[] | undefined, answer: Answer, found: string[], level: Level]>([
  ["a kind that blocks", ["copy"], "fail", ["copy"], "block"],
  ["a kind that blocks among others", ["copy"], "fail", ["overlap", "copy"], "block"],
  ["another kind", ["copy"], "fail", ["overlap"], "warn"],
  ["another kind, and one thing of which nobody knows", ["copy"], "fail", ["overlap", "none?"], "block"],
  ["nothing that could be looked at", ["copy"], "cannot-tell", ["none"], "block"],
  ["a check that failed itself", ["copy"], "cannot-tell", [], "block"],
  ["nothing", ["copy"], "pass", [], "warn"],
  ["nothing to look at", ["copy"], "not-applicable", [], "warn"],
  ["a copy where no kind blocks", undefined, "fail", ["copy"], "warn"],
  ["an unknown where no kind blocks", undefined, "cannot-tell", ["none"], "warn"],
])("%s", (_, alsoBlock, answer, found, level) => {
  const outcome: CheckOutcome = {
    id: "leak",
    title: "Leak",
    group: "data",
    level: "warn",
    result: { answer, summary: "", findings: findings(...found) },
  };
  const policy = { checks: { leak: { level: "warn" as const, options: {}, ...(alsoBlock && { alsoBlock }) } } };
  expect(settleLevels([outcome], policy, checks)).toEqual([{ ...outcome, level }]);
});

it.each<[what: string, answer: Answer, found: string[], level: Level]>([
  ["only what the base has", "fail", ["copy!", "overlap!"], "warn"],
  ["also something new", "fail", ["copy!", "overlap"], "block"],
  ["also something of which nobody knows", "fail", ["copy!", "overlap?"], "block"],
  ["nothing that could be looked at", "cannot-tell", ["copy"], "block"],
])("a check that blocks found %s", (_, answer, found, level) => {
  const result = { answer, summary: "", findings: findings(...found) };
  const outcome: CheckOutcome = { id: "leak", title: "Leak", group: "data", level: "block", result };
  expect(settleLevels([outcome], { checks: {} }, checks)).toEqual([{ ...outcome, level }]);
});
