import { afterAll, beforeAll, expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { countHoldoutUses } from "../../src/jobs/count-holdout-uses.ts";
import type { Database } from "../../src/store/database.ts";
import { recordHoldoutUses } from "../../src/store/holdout-uses.ts";
import { aComparison, aModelReview } from "../support/facts.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());

const use = async (repositoryId: number, number: number, ...digests: string[]) =>
  Object.fromEntries(await recordHoldoutUses(database, { repositoryId, number }, digests));

it("a pull request counts once per hold-out, and repositories are apart", async () => {
  expect(await use(1, 7, "a", "b")).toEqual({ a: 1, b: 1 });
  expect(await use(1, 7, "a", "b")).toEqual({ a: 1, b: 1 });
  expect(await use(1, 8, "a")).toEqual({ a: 2 });
  expect(await use(2, 8, "a")).toEqual({ a: 1 });
  expect(await use(1, 9, "b", "c")).toEqual({ b: 2, c: 1 });
  expect(await use(1, 9)).toEqual({});
});

it("only models that changed and were compared use their hold-out", async () => {
  const model = (name: string, digest: string, different: Partial<ModelReview> = {}) => {
    const holdout = { base: 9, head: 9, common: 9, digest };
    return aModelReview({ model: name, comparison: aComparison({ holdout }), ...different });
  };
  const models = [
    model("income", "x"),
    model("twin", "x"),
    model("still", "y", { changed: { data: false, experiment: false } }),
    model("other", "z", { comparison: aComparison({ status: "incomparable" }) }),
    model("new", "z", { comparison: null }),
  ];
  const count = (number: number | null) => countHoldoutUses(database, { repositoryId: 3, number }, models);
  expect(await count(4)).toEqual({ income: 1, twin: 1 });
  expect(await count(5)).toEqual({ income: 2, twin: 2 });
  expect(await count(null)).toEqual({});
  expect(await use(3, 6, "y", "z")).toEqual({ y: 1, z: 1 });
});
