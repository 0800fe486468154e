import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Estimator } from "../../../pipeline/models/estimator.ts";
import { logisticRegression } from "../../../pipeline/models/logistic-regression.ts";
import { estimators } from "../../../pipeline/models/registry.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

/** Logistic regression that sees its features through noise drawn from the seed: what a random estimator may do. */
const noisyRegression: Estimator<{ noise: number }> = {
  type: "noisy-regression",
  title: "Noisy regression",
  docs: "",
  tasks: ["binary"],
  random: true,
  options: z.strictObject({ noise: z.number().default(1) }),
  fit(set, { noise }, context) {
    const random = createRandom(context.seed);
    const values = set.features.values.map((value) => value + noise * random.normal());
    return logisticRegression.fit(
      { ...set, features: { ...set.features, values } },
      logisticRegression.options.parse({}),
      context,
    );
  },
  restore: (serialized) => logisticRegression.restore(serialized),
};

let folder: string;
beforeAll(async () => {
  (estimators as Map<string, Estimator>).set(noisyRegression.type, noisyRegression as Estimator);
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => {
  (estimators as Map<string, Estimator>).delete(noisyRegression.type);
  return rm(folder, { recursive: true });
});

async function rocAuc(base: object, head: object) {
  const lines = incomeLines({ rows: 600 });
  const side = (commit: string, model: object) =>
    aRevision(folder, commit, lines, { model: model as { type: string } });
  const review = await reviewModel(aReviewJob(await side("b", base), await side("h", head)));
  return review.comparison?.metrics.find(({ metric }) => metric === "roc_auc");
}

it("estimators of the registry are fitted once, because their seed changes nothing", async () => {
  const random = [...estimators.values()].filter((one) => one.random && one.type !== noisyRegression.type);
  expect(random).toEqual([]);
  const answer = await rocAuc({ type: "logistic-regression" }, { type: "logistic-regression", c: 0.1 });
  expect(answer?.seedNoise).toBe(undefined);
});

it("a random estimator is refitted, and a loss that another seed would explain is no regression", async () => {
  const answer = await rocAuc({ type: "logistic-regression" }, { type: "noisy-regression", noise: 24 });
  expect(answer?.difference).toBeLessThan(-0.005);
  expect(answer?.interval?.high).toBeLessThan(0);
  expect(answer?.seedNoise).toBeGreaterThan(Math.abs(answer!.difference!));
  expect([answer?.verdict, answer?.reason]).toEqual([
    "no-detectable-change",
    expect.stringMatching(/^worse by 0\.\d+, but refits that differ in their seed only are up to 0\.\d+ apart$/),
  ]);
});

it("the noise of a random base counts as well", async () => {
  const answer = await rocAuc({ type: "noisy-regression" }, { type: "logistic-regression" });
  expect(answer?.seedNoise).toBeGreaterThan(0);
});
