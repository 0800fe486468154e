import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { superviseReview } from "../../../pipeline/child/supervise.ts";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview, ReviewJob } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import type { Revision } from "../../../pipeline/review/revision.ts";
import { type RevisionFile, revisionData } from "../../../pipeline/revision-data.ts";
import { hashText } from "../../../pipeline/stats/hash.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob } from "../../support/review-jobs.ts";
import { anExperiment } from "../../support/runs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const [header, ...people] = incomeLines();
/** People with a number, of whom the last column is the target. */
const rows = people.map((line, id) => `${id},${line}`);
const columns = `id,${header}`;
const withoutTarget = (line: string) => line.slice(0, line.lastIndexOf(","));
const labelOf = (line: string) => `${line.split(",")[0]},${line.split(",").at(-1)}`;

async function aFile(path: string, lines: readonly string[]): Promise<RevisionFile> {
  const text = `${lines.join("\n")}\n`;
  const blob = hashText(text);
  const file = join(folder, blob);
  await writeFile(file, text);
  return { path, file, blob, size: text.length };
}

function ready(commit: string, data: ReturnType<typeof revisionData>, experiment: Partial<Experiment>): Revision {
  const given = { target: "income", positive: "yes", key: "id", ...experiment };
  return { state: "ready", commit, experiment: anExperiment(given), data };
}

async function whole(): Promise<Revision> {
  return ready("b", revisionData([await aFile("all.csv", [columns, ...rows])]), { data: "all.csv" });
}

async function inParts(some = rows): Promise<Revision> {
  const files = [some.slice(0, 150), some.slice(150)].map((part, at) => aFile(`part-${at}.csv`, [columns, ...part]));
  return ready("h", revisionData(await Promise.all(files)), { data: "part-*.csv" });
}

async function withLabels(): Promise<Revision> {
  const features = await aFile("features.csv", [withoutTarget(columns), ...rows.map(withoutTarget)]);
  const labels = await aFile("labels.csv", ["id,income", ...rows.toReversed().map(labelOf)]);
  const experiment = { data: "features.csv", labels: { data: "labels.csv", key: "id" } };
  return ready("h", revisionData([features], labels), experiment);
}

function gist({ changed, comparison, schema, drift }: ModelReview) {
  const area = comparison?.metrics.find(({ metric }) => metric === "roc_auc");
  return { changed, difference: area?.difference, rows: schema?.rows, drift: drift?.answer };
}

const nothing = {
  difference: 0,
  rows: { base: 400, head: 400, added: 0, removed: 0, changed: 0, common: 400 },
  drift: "stable",
};

describe("a table that a change only cuts into other files", () => {
  it.each([
    ["parts", inParts, false],
    ["features and labels", withLabels, true],
  ])("%s: gives the same numbers", async (_, head, experiment) => {
    const review = await reviewModel(aReviewJob(await whole(), await head()));
    expect(gist(review)).toEqual({ changed: { data: true, experiment }, ...nothing });
  });

  it("is read once when no file changed, and again when one did", async () => {
    const same = await reviewModel(aReviewJob(await inParts(), await inParts()));
    expect(gist(same)).toEqual({ changed: { data: false, experiment: false }, ...nothing });
    const fewer = await reviewModel(aReviewJob(await inParts(), await inParts(rows.slice(0, 300))));
    expect([fewer.changed, fewer.schema?.rows.removed]).toEqual([{ data: true, experiment: false }, 100]);
  });
});

describe("the lineage of a run", () => {
  const lineageOf = async (head: Revision) => {
    const { head: side } = await reviewModel(aReviewJob(head, head));
    if (side.state !== "ran") throw new Error(JSON.stringify(side));
    const { dataPath, dataFiles, dataPaths } = side.run.lineage;
    return { dataPath, files: dataFiles?.map(({ path }) => path), dataPaths };
  };

  it("names the file, every part, or data and labels", async () => {
    expect([
      await lineageOf(await whole()),
      await lineageOf(await inParts()),
      await lineageOf(await withLabels()),
    ]).toEqual([
      { dataPath: "all.csv" },
      { dataPath: "part-*.csv", files: ["part-0.csv", "part-1.csv"] },
      { dataPath: "features.csv", files: ["features.csv", "labels.csv"], dataPaths: ["features.csv", "labels.csv"] },
    ]);
  });
});

it("a supervised child may read every file and its labels", async () => {
  const job: ReviewJob = aReviewJob(await inParts(), await withLabels());
  const outcome = await superviseReview(job, { seconds: 60, megabytes: 1000 });
  expect(outcome.ended === "finished" && gist(outcome.review)).toEqual({
    changed: { data: true, experiment: true },
    ...nothing,
  });
});

describe("a change of the split", () => {
  const byGroup = { by: "group", column: "school", holdout: 0.4, seed: 1 } as const;

  const split =
    "The split changed from holdout 0.25, seed 42 to by group, column SCHOOL, holdout 0.4, seed 1; both are judged on the base's hold-out.";
  const shown = (comparison: ModelReview["headView"]) =>
    comparison && [comparison.status, comparison.holdout.head, comparison.holdout.common];

  it("to groups is judged on the base's hold-out, and shown on the head's", async () => {
    const head = ready("h", revisionData([await aFile("all.csv", [columns, ...rows])]), {
      data: "all.csv",
      exclude: ["school"],
      split: byGroup,
    });
    const { comparison, headView = null, yardstick } = await reviewModel(aReviewJob(await whole(), head));
    expect([comparison?.status, comparison?.reasons]).toEqual(["compared", [split.replace("SCHOOL", "school")]]);
    expect(shown(comparison)).toEqual(["compared", 136, 98]);
    expect(shown(headView)).toEqual(["compared", 136, 136]);
    expect(yardstick).toEqual([
      { kind: "larger-holdout", from: "0.25", to: "0.4" },
      { kind: "split", from: "by row", to: "by group (school)" },
      { kind: "seed", from: "42", to: "1" },
    ]);
  });

  it("by a column that the base does not have is judged all the same; only the head's view is missing", async () => {
    const renamed = await aFile("all.csv", [columns.replace("school", "college"), ...rows]);
    const head = ready("h", revisionData([renamed]), {
      data: "all.csv",
      exclude: ["college"],
      split: { ...byGroup, column: "college" },
    });
    const { comparison, headView } = await reviewModel(aReviewJob(await whole(), head));
    expect([comparison?.status, comparison?.reasons]).toEqual(["compared", [split.replace("SCHOOL", "college")]]);
    expect(shown(comparison)).toEqual(["compared", 136, 98]);
    expect([headView?.status, headView?.reasons]).toEqual([
      "incomparable",
      ["The base cannot be run that way: The data has no column college."],
    ]);
  });
});

describe("a split by time, when the head adds a later period", () => {
  const split = { by: "time", column: "month", holdout: 0.25, seed: 1 } as const;
  /** Everybody with a month; `from` is that of the first of them. */
  const dated = (some: readonly string[], from: number) =>
    some.map(
      (line, at) =>
        `${line},20${10 + Math.floor((from + at) / 120)}-${String(1 + ((from + at) % 12)).padStart(2, "0")}`,
    );
  const review = async (later: number) => {
    const now = await aFile("all.csv", [`${columns},month`, ...dated(rows.slice(0, 240), 0)]);
    const more = await aFile("new.csv", [`${columns},month`, ...dated(rows.slice(240, 240 + later), 240)]);
    const experiment = { data: "*.csv", split, exclude: ["month"] };
    const [base, head] = [
      ready("b", revisionData([now]), experiment),
      ready("h", revisionData([now, more]), experiment),
    ];
    const { comparison, headView } = await reviewModel(aReviewJob(base, head));
    return [comparison, headView].map((view) => {
      const { digest: _, ...rows } = view?.holdout ?? {};
      return [view?.status, rows];
    });
  };

  it.each([
    ["some of the base's hold-out stays held out", 20, 70],
    ["all of the base's hold-out has become training", 120, 90],
  ])("judges both sides on the base's rows and shows the later ones, when %s", async (_, later, shown) => {
    expect(await review(later)).toEqual([
      ["compared", { base: 60, head: shown, common: 60 }],
      ["compared", { base: shown, head: shown, common: shown }],
    ]);
  });
});
