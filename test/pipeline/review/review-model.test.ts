import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { modelReviewSchema } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import type { Revision } from "../../../pipeline/review/revision.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob as aJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = incomeLines();
const decimalComma = { delimiter: null, decimal: ",", encoding: null, header: true, names: null } as const;

const ready = (commit: string, data: string[] | Buffer, experiment: Partial<Experiment> = {}) =>
  aRevision(folder, commit, data, experiment);

/** What the rest of a test compares: which sides ran, and how the gated metric came out. */
const gist = ({ base, head, changed, comparison, drift }: ModelReview) => ({
  sides: [base, head].map((side) => (side.state === "problems" ? side.problems.map(({ code }) => code) : side.state)),
  changed,
  status: comparison?.status ?? null,
  verdict: comparison?.metrics.find(({ metric }) => metric === "roc_auc")?.verdict ?? null,
  drift: drift?.answer ?? null,
});

describe("a review tells", () => {
  it("that nothing changed, with one run for both sides", async () => {
    const review = await reviewModel(aJob(await ready("b", lines), await ready("h", lines)));
    expect(gist(review)).toEqual({
      sides: ["ran", "ran"],
      changed: { data: false, experiment: false },
      status: "compared",
      verdict: "no-detectable-change",
      drift: "stable",
    });
    expect([review.base.commit, review.head.commit, review.drift]).toEqual([
      "b",
      "h",
      { answer: "stable", rule: "the data is the same file on both sides", columns: [] },
    ]);
    expect(review.schema?.rows).toEqual({ base: 400, head: 400, added: 0, removed: 0, common: 400 });
  });

  it("that the experiment got worse", async () => {
    const head = await ready("h", lines, { exclude: ["hours"] });
    const review = await reviewModel(aJob(await ready("b", lines), head));
    expect(gist(review)).toEqual({
      sides: ["ran", "ran"],
      changed: { data: false, experiment: true },
      status: "compared",
      verdict: "regressed",
      drift: "stable",
    });
  });

  it("that the data drifted, in columns, target and predictions", async () => {
    const head = await ready("h", incomeLines({ seed: 2, shift: 20 }));
    const review = await reviewModel(aJob(await ready("b", lines), head));
    const columns = review.drift?.columns.map(({ column, role, answer }) => [column, role, answer]);
    expect(columns).toEqual([
      ["income", "target", "stable"],
      ["age", "feature", "drifted"],
      ["hours", "feature", "stable"],
      ["sex", "feature", "stable"],
      ["school", "feature", "stable"],
      ["probability of yes", "prediction", expect.any(String)],
    ]);
  });

  it("that no hold-out row is common, instead of comparing different rows", async () => {
    const head = await ready("h", incomeLines({ seed: 2 }));
    expect(gist(await reviewModel(aJob(await ready("b", lines), head)))).toMatchObject({
      sides: ["ran", "ran"],
      status: "incomparable",
      verdict: "incomparable",
    });
  });

  it("slices that a policy names", async () => {
    const head = await ready("h", lines, { exclude: ["hours"] });
    const review = await reviewModel(aJob(await ready("b", lines), head, { sliceColumns: ["sex"] }));
    expect(review.comparison?.slices.map(({ slice }) => slice)).toEqual([
      { column: "sex", value: "Female" },
      { column: "sex", value: "Male" },
    ]);
  });

  it("the same of a side with another column, by the columns that both have", async () => {
    const wider = lines.map((line, at) => `${line},${at === 0 ? "city" : at % 2 ? "Ulm" : "Bonn"}`);
    const review = await reviewModel(aJob(await ready("b", lines), await ready("h", wider)));
    expect(gist(review)).toMatchObject({ sides: ["ran", "ran"], status: "compared", changed: { data: true } });
    expect(review.schema?.added).toEqual(["city"]);
    expect(review.comparison?.holdout.common).toBeGreaterThan(80);
    expect(review.comparison?.reasons.join(" ")).toContain("The columns differ");
  });
});

describe("the file is written in another way, with the same content", () => {
  it.each([
    [
      "another delimiter",
      Buffer.from(`${lines.join("\n").replaceAll(",", ";")}\n`),
      [["delimiter", "comma", "semicolon"]],
    ],
    ["other line ends", Buffer.from(`${lines.join("\r\n")}\r\n`), [["line end", "LF", "CRLF"]]],
    ["a byte order mark", Buffer.from(`\uFEFF${lines.join("\n")}\n`), [["byte order mark", "none", "present"]]],
    ["spaces after delimiters", Buffer.from(`${lines.join("\n").replaceAll(",", ", ")}\n`), []],
  ])("%s", async (_, data, format) => {
    const { schema, comparison } = await reviewModel(aJob(await ready("b", lines), await ready("h", data)));
    expect([schema?.rows.common, comparison?.status]).toEqual([400, "compared"]);
    expect((schema?.format ?? []).map(({ what, from, to }) => [what, from, to])).toEqual(format);
  });

  it("re-sorted rows", async () => {
    const sorted = [lines[0]!, ...lines.slice(1).sort()];
    const { schema } = await reviewModel(aJob(await ready("b", lines), await ready("h", sorted)));
    expect([schema?.rows.common, schema?.resorted, schema?.format]).toEqual([400, true, undefined]);
  });
});

describe("the hold-out definition changed", () => {
  it("both sides are judged by the base's, and the head's is shown beside", async () => {
    const head = await ready("h", lines, { split: { holdout: 0.5, seed: 7 } });
    const review = await reviewModel(aJob(await ready("b", lines), head));
    const { comparison, headView } = review;
    expect(gist(review)).toMatchObject({ status: "compared", verdict: "no-detectable-change" });
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(comparison?.holdout).toEqual({ base: 109, head: 194, common: 109, digest });
    expect(headView?.holdout).toEqual({ base: 194, head: 194, common: 194, digest });
  });

  it("a class that the base does not know makes the sides incomparable", async () => {
    const renamed = incomeLines({ classes: ["no", "rich"] });
    const head = await ready("h", renamed, { positive: "rich" });
    const review = await reviewModel(aJob(await ready("b", lines), head));
    expect(gist(review)).toMatchObject({ sides: ["ran", "ran"], status: "incomparable" });
    expect(review.comparison?.reasons).toEqual([
      'The values of the target changed from "no", "yes" to "no", "rich". The label of 50 of the 109 rows that both sides hold out changed: "yes" became "rich" in 50. Keep their spelling, or change it in a pull request of its own.',
    ]);
  });

  it("the rarer class of the base stays the positive one", async () => {
    const experiment = { positive: null };
    // Most rows with the frequent class are gone, so that it is the rarer one in the head.
    const kept = lines.filter((line, at) => at % 8 === 0 || !line.endsWith(",no"));
    const review = await reviewModel(aJob(await ready("b", lines, experiment), await ready("h", kept, experiment)));
    const positive = [review.base, review.head].map((side) => (side.state === "ran" ? side.run.positive : null));
    expect(positive).toEqual(["yes", "yes"]);
  });
});

describe("a side that is not there", () => {
  const absent: Revision = { state: "absent", commit: "x" };
  const problem = { code: "data-missing" as const, where: { path: "e" }, message: "m", remedy: "r" };
  it.each<[string, Revision | "data", Revision | "data", unknown[]]>([
    ["a new model", absent, "data", ["absent", "ran"]],
    ["a removed model", "data", absent, ["ran", "absent"]],
    ["a broken head", "data", { state: "problems", commit: "x", problems: [problem] }, ["ran", ["data-missing"]]],
    ["a broken base", { state: "problems", commit: "x", problems: [problem] }, "data", [["data-missing"], "ran"]],
  ])("%s", async (_, base, head, sides) => {
    const side = async (given: Revision | "data") => (given === "data" ? await ready("c", lines) : given);
    const review = await reviewModel(aJob(await side(base), await side(head)));
    expect(gist(review)).toEqual({ sides, changed: null, status: null, verdict: null, drift: null });
    expect(review.schema).toBe(null);
  });

  it.each([
    ["ragged data", [...lines.slice(0, 50), "1,2,3"], ["ran", ["ragged-rows"]]],
    ["no data", [], ["ran", ["empty-file"]]],
    ["a target of one class", lines.map((line) => line.replace(/,yes$/, ",no")), ["ran", ["single-class"]]],
    ["no target", lines.map((line) => line.replace(/,[^,]+$/, "")), ["ran", ["target-absent"]]],
  ])("%s at the head is a problem of the head only", async (_, data, sides) => {
    const review = await reviewModel(aJob(await ready("b", lines), await ready("h", data)));
    expect(gist(review)).toMatchObject({ sides, status: null });
  });
});

describe("data that is written in another way is the same data", () => {
  const text = `${lines.join("\n")}\n`;
  it.each<[string, Buffer, Partial<Experiment>]>([
    ["with CRLF", Buffer.from(text.replaceAll("\n", "\r\n")), {}],
    ["with CR", Buffer.from(text.replaceAll("\n", "\r")), {}],
    ["with a byte order mark", Buffer.from(`\ufeff${text}`), {}],
    ["with semicolons", Buffer.from(text.replaceAll(",", ";")), {}],
    ["with decimal commas", Buffer.from(text.replaceAll(",", ";").replaceAll(".", ",")), { format: decimalComma }],
    ["in another order", Buffer.from(`${[lines[0], ...lines.slice(1).reverse()].join("\n")}\n`), {}],
    ["without the last line end", Buffer.from(text.trimEnd()), {}],
  ])("%s", async (_, head, experiment) => {
    const review = await reviewModel(aJob(await ready("b", lines), await ready("h", head, experiment)));
    expect(gist(review)).toMatchObject({
      sides: ["ran", "ran"],
      status: "compared",
      verdict: "no-detectable-change",
      drift: "stable",
    });
    expect(review.schema?.rows).toMatchObject({ added: 0, removed: 0, common: 400 });
    expect(review.comparison?.metrics.map(({ difference }) => difference)).toEqual(
      review.comparison?.metrics.map(() => 0),
    );
  });
});

describe("odd values at the head", () => {
  const changed = (from: RegExp, to: string) =>
    lines.map((line, at) => (at > 0 && at % 9 === 0 ? line.replace(from, to) : line));
  it.each<[string, string[] | Buffer, string[]]>([
    ["NaN and infinite numbers", changed(/^[^,]+/, "inf"), ["infinite-values"]],
    ["text among numbers", changed(/^[^,]+/, "old"), ["almost-numeric"]],
    ["missing cells", changed(/^[^,]+/, ""), []],
    [
      "a category that training never saw",
      [...lines, ...lines.slice(1, 3).map((line) => line.replace(/Female|Male/, "X"))],
      [],
    ],
    ["windows-1252", Buffer.from([...lines, "30,40,Männlich,high,no", ""].join("\n"), "latin1"), ["encoding-assumed"]],
  ])("%s are reviewed, with a note where something was assumed", async (_, head, notes) => {
    const { base, head: side, comparison } = await reviewModel(aJob(await ready("b", lines), await ready("h", head)));
    expect([base.state, side.state, comparison?.status]).toEqual(["ran", "ran", "compared"]);
    expect(side.state === "ran" && side.run.notes.map(({ code }) => code)).toEqual(notes);
  });
});

describe("the cache", () => {
  const cachedSides = ({ base, head }: ModelReview) =>
    [base, head].map((side) => (side.state === "ran" ? side.cached : null));
  const withoutCached = (review: ModelReview) =>
    JSON.parse(JSON.stringify(review, (key, value) => (["cached", "timings"].includes(key) ? undefined : value)));

  it("answers the same, also after entries were damaged", async () => {
    const cache = await mkdtemp(join(folder, "cache-"));
    const job = aJob(await ready("b", lines), await ready("h", lines, { exclude: ["age"] }), { cache });
    const first = await reviewModel(job);
    const second = await reviewModel(job);
    const names = await readdir(cache);
    const contents = await Promise.all(names.map((name) => readFile(join(cache, name), "utf8")));
    await writeFile(join(cache, names[0]!), contents[0]!.replace('"rows"', '"rowz"'));
    await writeFile(join(cache, names[1]!), contents[1]!.slice(0, 1000));
    const third = await reviewModel(job);
    const fourth = await reviewModel(job);
    expect([first, second, third, fourth].map(cachedSides)).toEqual([
      [false, false],
      [true, true],
      [false, false],
      [true, true],
    ]);
    expect([second, third, fourth].map(withoutCached)).toEqual(Array(3).fill(withoutCached(first)));
  });

  it("trains an unchanged base only once", async () => {
    const cache = await mkdtemp(join(folder, "cache-"));
    const base = await ready("b", lines);
    await reviewModel(aJob(base, await ready("h", lines, { exclude: ["age"] }), { cache }));
    const next = await reviewModel(aJob(base, await ready("h", lines, { exclude: ["sex"] }), { cache }));
    expect(cachedSides(next)).toEqual([true, false]);
  });
});

it("progress only grows and names the sides", async () => {
  const seen: { step: string; share: number }[] = [];
  const job = aJob(await ready("b", lines), await ready("h", lines, { exclude: ["age"] }));
  await reviewModel(job, (progress) => seen.push(progress));
  const shares = seen.map(({ share }) => share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect([...new Set(seen.map(({ step }) => step))]).toEqual([
    "reading the data",
    "preparing the base",
    "training the base",
    "evaluating the base",
    "preparing the head",
    "training the head",
    "evaluating the head",
    "comparing",
    "looking for drift",
  ]);
});

it("a review passes the boundary that a child's result has to pass, unchanged", async () => {
  const head = await ready("h", incomeLines({ seed: 2, shift: 5 }));
  const review = JSON.parse(JSON.stringify(await reviewModel(aJob(await ready("b", lines), head))));
  expect(modelReviewSchema.parse(review)).toEqual(review);
});
