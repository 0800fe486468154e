import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What `signal` says counts in the north only; everywhere else `other` decides. */
function regions(): string[] {
  const random = createRandom(5);
  const rows = Array.from({ length: 3000 }, () => {
    const north = random.uniform() < 0.3;
    const [signal, other] = [random.normal(), random.normal()];
    const yes = (north ? 2 * signal : 2 * other) + 0.5 * random.normal() > 0;
    const cells = [north ? signal : 0, other].map((cell) => cell.toFixed(3));
    return [...cells, north ? "north" : "south", yes ? "yes" : "no"].join(",");
  });
  return ["signal,other,region,income", ...rows];
}

const discovery = async (exclude: string[]) => {
  const [base, head] = [await aRevision(folder, "b", regions()), await aRevision(folder, "h", regions(), { exclude })];
  return (await reviewModel(aReviewJob(base, head))).comparison?.discovery;
};

it("a slice that nobody named is found where the head got worse", async () => {
  const found = await discovery(["signal"]);
  expect(found?.slices.map(({ conditions }) => conditions)).toContainEqual([{ column: "region", value: "north" }]);
  expect(found?.slices.every(({ metric }) => metric.verdict === "regressed" && !metric.gated)).toBe(true);
  expect(found?.searched).toBeGreaterThan(found!.measured);
});

it("nothing is searched when both sides are one run", async () => {
  expect(await discovery([])).toBe(undefined);
});
