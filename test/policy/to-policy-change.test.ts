import { expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { ModelPolicy, Policy } from "../../src/policy/policy.ts";
import { toPolicyChange } from "../../src/policy/to-policy-change.ts";
import { absent, aModelPolicy, aModelReview, aPolicy, aProblem, aRun } from "../support/facts.ts";

const policy = (model: Partial<ModelPolicy>): Policy => aPolicy({ models: [aModelPolicy(model)] });
const columns = aRun().profile.columns.map(({ name }) => name);
const change = (before: Partial<ModelPolicy>, after: Partial<ModelPolicy>, reviews: ModelReview[] = [aModelReview()]) =>
  toPolicyChange({ proposed: { ok: true, value: policy(after), notes: [] }, touched: true }, policy(before), reviews);

it.each([
  ["untouched", { proposed: null, touched: false }, { state: "unchanged" }],
  ["gone", { proposed: null, touched: true }, { state: "removed" }],
  [
    "with mistakes",
    { proposed: { ok: false as const, problems: [aProblem()] }, touched: true },
    { state: "invalid", problems: [aProblem()] },
  ],
])("%s", (_, proposed, expected) => {
  expect(toPolicyChange(proposed, aPolicy(), [])).toEqual(expected);
});

it("is invalid when it cuts slices by a column that the head's data lacks", () => {
  expect(change({}, { slices: [columns[0]!, "no such column"] })).toEqual({
    state: "invalid",
    problems: [
      {
        code: "slice-column-absent",
        where: { path: ".github/modelsync.yml", key: "models.income.slices" },
        message: "The data of income has no column of this name to cut slices by.",
        written: "no such column",
        remedy: "Name a column of the data, or take it out of slices.",
      },
    ],
  });
});

it("is invalid when a column may drift that the head's data lacks", () => {
  const drift = { ...aModelPolicy().drift, exclude: [columns[0]!, `${columns[1]}_`] };
  expect(change({}, { drift })).toEqual({
    state: "invalid",
    problems: [
      {
        code: "drift-column-absent",
        where: { path: ".github/modelsync.yml", key: "models.income.drift.exclude" },
        message: "The data of income has no column of this name that may drift.",
        written: `${columns[1]}_`,
        remedy: `Did you mean ${columns[1]}?`,
      },
    ],
  });
  expect(change({ drift }, { drift, level: 0.9 }).state).toBe("changed");
});

it.each<[string, Partial<ModelPolicy>, Partial<ModelPolicy>, ModelReview[]?]>([
  ["one that the base's policy names as well", { slices: ["x9"] }, { slices: ["x9"], level: 0.9 }],
  ["one of an experiment that nobody ran", {}, { experiment: "other.yml", slices: ["x9"] }],
  ["one of a head that did not run", {}, { slices: ["x9"] }, [aModelReview({ head: absent("abc") })]],
])("says nothing of %s", (_, before, after, reviews) => {
  expect(change(before, after, reviews).state).toBe("changed");
});

it("tells a policy that says the same from one that says what no sentence tells, and each edit from others", () => {
  const other = aModelPolicy({ id: "churn" });
  const edit = (value: Policy, judging = aPolicy({ models: [aModelPolicy(), other] })) => {
    const answer = toPolicyChange({ proposed: { ok: true, value, notes: [] }, touched: true }, judging, []);
    return answer.state === "changed" ? answer : null;
  };
  expect(edit(aPolicy({ models: [other, aModelPolicy()], defaults: ["checks.linked-issue.level"] }))?.preview).toEqual(
    [],
  );
  const later = { ...aModelPolicy(), later: true } as ModelPolicy;
  expect(edit(aPolicy({ models: [later, other] }))?.preview).toEqual([
    "something that has no sentence of its own here",
  ]);
  const looser = aPolicy({ models: [aModelPolicy({ level: 0.99 }), other] });
  const digests = [edit(looser), edit(looser), edit(looser, aPolicy({ models: [other] })), edit(aPolicy())];
  const [first, again, ...rest] = digests.map((one) => one?.digest);
  expect([first, new Set([first, ...rest]).size]).toEqual([again, 3]);
});
