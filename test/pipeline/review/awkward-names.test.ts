import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { modelReviewSchema } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What every JavaScript object answers to, although nobody wrote it. */
const names = ["constructor", "__proto__", "hasOwnProperty", "toString"];

/** 600 rows of `age`, `group` and `target`, with some words among the numbers of `age`. */
function lines(header: string, positive = "yes", group = "a"): string[] {
  const rows = Array.from({ length: 600 }, (_, at) => {
    const age = at % 50 === 7 ? "old" : ((at * 7) % 60) + at / 1000;
    return `${age},${at % 2 === 0 ? group : "b"},${(at * 7) % 60 > 25 + (at % 11) ? positive : "no"}`;
  });
  return [header, ...rows];
}

async function review(data: string[], experiment: Partial<Experiment>, sliceColumns: string[] = []) {
  const base = await aRevision(folder, "b", data.slice(0, -1), experiment);
  const head = await aRevision(folder, "h", data, experiment);
  const answer = await reviewModel(aReviewJob(base, head, { sliceColumns }));
  const again = JSON.parse(JSON.stringify(answer));
  expect(modelReviewSchema.parse(again)).toEqual(again);
  return answer;
}

const sides = ({ base, head }: ModelReview) => [base, head].map(({ state }) => state);

describe.each(names)("a review of data with %s", (name) => {
  it("as a feature, a slice and a column of mixed types", async () => {
    const answer = await review(lines(`${name},group,target`), { target: "target", positive: "yes" }, ["group"]);
    expect(sides(answer)).toEqual(["ran", "ran"]);
    expect(answer.drift?.columns.map(({ column }) => column)).toContain(name);
    expect(answer.head.state === "ran" && answer.head.run.features).toEqual([
      { name, type: "categorical" },
      { name: "group", type: "categorical" },
    ]);
    expect(answer.integrity?.entries.find(({ kind }) => kind === "mixed-types")?.column).toBe(name);
  });

  it("as the declared type of a feature", async () => {
    const columns = Object.fromEntries([[name, "categorical" as const]]);
    const answer = await review(lines(`${name},group,target`), { target: "target", positive: "yes", columns });
    expect(sides(answer)).toEqual(["ran", "ran"]);
    expect(answer.integrity?.entries.some(({ kind }) => kind === "mixed-types")).toBe(false);
  });

  it("as the target", async () => {
    const answer = await review(lines(`age,group,${name}`), { target: name, positive: "yes" });
    expect(answer.head.state === "ran" && [answer.head.run.target, answer.head.run.classes]).toEqual([
      name,
      ["no", "yes"],
    ]);
  });

  it("as a class", async () => {
    const answer = await review(lines("age,group,target", name), { target: "target", positive: name });
    expect(answer.head.state === "ran" && answer.head.run.classes).toEqual([name, "no"].sort());
  });

  it("as a column to slice by and as the value of a slice", async () => {
    const answer = await review(lines(`age,${name},target`, "yes", name), { target: "target", positive: "yes" }, [
      name,
    ]);
    expect(answer.comparison?.slices.map(({ slice }) => slice)).toEqual(
      [
        { column: name, value: name },
        { column: name, value: "b" },
      ].sort((a, b) => (a.value < b.value ? -1 : 1)),
    );
  });
});
