import { afterAll, beforeAll, expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { countHoldoutUses } from "../../src/jobs/count-holdout-uses.ts";
import type { Database } from "../../src/store/database.ts";
import { recordHoldoutUses } from "../../src/store/holdout-uses.ts";
import { aComparison, aModelReview, aRun, baseCommit, headCommit, ran } from "../support/facts.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());

const use = async (repositoryId: number, model: string, ...data: string[]) =>
  Object.fromEntries(
    await recordHoldoutUses(
      database,
      repositoryId,
      data.map((one) => ({ data: one, model })),
    ),
  );

it("a model counts once per data, and repositories are apart", async () => {
  expect(await use(1, "m7", "a", "b")).toEqual({ a: 1, b: 1 });
  expect(await use(1, "m7", "a", "b")).toEqual({ a: 1, b: 1 });
  expect(await use(1, "m8", "a")).toEqual({ a: 2 });
  expect(await use(2, "m8", "a")).toEqual({ a: 1 });
  expect(await use(1, "m9", "b", "c")).toEqual({ b: 2, c: 1 });
  expect(await use(1, "m9")).toEqual({});
});

it("counts models that differ from the base's and were compared, whatever the seed", async () => {
  const lineage = (modelDigest: string, dataBlob = "x", seed = 42) => ({
    lineage: { ...aRun().lineage, modelDigest, dataBlob, seed },
  });
  const review = (name: string, model: string, change: Partial<ModelReview> = {}, dataBlob = "x", seed = 42) =>
    aModelReview({
      model: name,
      base: ran(baseCommit, lineage("base", dataBlob, seed)),
      head: ran(headCommit, lineage(model, "other", seed)),
      ...change,
    });
  const count = (...models: ModelReview[]) => countHoldoutUses(database, 3, models);
  expect(await count(review("income", "m1"), review("twin", "m1"))).toEqual({ income: 1, twin: 1 });
  expect(await count(review("income", "m2"))).toEqual({ income: 2 });
  expect(await count(review("income", "m1"))).toEqual({ income: 2 });
  expect(await count(review("income", "m3", {}, "x", 7))).toEqual({ income: 3 });
  expect(await count(review("income", "m3", {}, "later data"))).toEqual({ income: 1 });
  expect(await count(review("income", "base"))).toEqual({});
  expect(await count(review("income", "m4", { comparison: aComparison({ status: "incomparable" }) }))).toEqual({});
  expect(await count(review("income", "m4", { comparison: null }))).toEqual({});
});
