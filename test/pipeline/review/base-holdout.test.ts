import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../../pipeline/compare/comparison.ts";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { valueNames } from "../../../pipeline/split/value-names.ts";
import { hashToUnit } from "../../../pipeline/stats/hash.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";
import { categorical } from "../../support/tables.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Person {
  id: string;
  day: number;
  team: number;
  age: number;
  hours: number;
  sex: string;
  school: string;
  income: string;
}

/** People with a name, a day each, and in teams of eight. */
const people = incomeLines({ rows: 800 })
  .slice(1)
  .map((line, at): Person => {
    const [age, hours, sex, school, income] = line.split(",") as [string, string, string, string, string];
    return { id: `p${at}`, day: at, team: at % 100, age: Number(age), hours: Number(hours), sex, school, income };
  });
const columns = ["id", "day", "team", "age", "hours", "sex", "school", "income"] as const;
const date = (day: number) => new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
const cell = (person: Person, name: (typeof columns)[number]) =>
  name === "day" ? date(person.day) : name === "team" ? `team ${person.team}` : String(person[name]);
const toLines = (some: readonly Person[], names: readonly (typeof columns)[number][] = columns) => [
  names.join(","),
  ...some.map((person) => names.map((name) => cell(person, name)).join(",")),
];

const features = ["age", "hours", "sex", "school"];
const honest: Partial<Experiment> = { key: "id", features };
/** The same without its best feature: a worse model, whatever judges. */
const worse: Partial<Experiment> = { key: "id", features: ["age", "sex", "school"] };
const byTime: Partial<Experiment> = { split: { by: "time", column: "day", holdout: 0.25, seed: 42 } };
const byTeam: Partial<Experiment> = { split: { by: "group", column: "team", holdout: 0.25, seed: 42 } };
/** A tree that knows each row that it learned from. */
const byHeart: Partial<Experiment> = {
  ...honest,
  model: { type: "decision-tree", max_depth: 64, min_samples_leaf: 1 },
};

interface Side {
  data?: readonly Person[] | string[];
  experiment?: Partial<Experiment>;
}

const aSide = (commit: string, { data = people, experiment = honest }: Side) =>
  aRevision(folder, commit, typeof data[0] === "string" ? (data as string[]) : toLines(data as Person[]), experiment);

async function review(base: Side, head: Side): Promise<ModelReview> {
  return reviewModel(aReviewJob(await aSide("b", base), await aSide("h", head)));
}

/** Whether a name falls into a hold-out of a quarter. */
const fallsOut = (names: string[]) =>
  valueNames(categorical("name", names)).map((name) => hashToUnit(name!, 42) < 0.25);
const outById = fallsOut(people.map(({ id }) => id));
const outByTeam = fallsOut(people.map((person) => cell(person, "team")));
const held = people.filter((_, at) => outById[at]);
/** Held-out people whom only the hours tell: a model that knows none takes them for others. */
const hard = new Set(
  held.filter(({ age, hours, income }) => (income === "yes" ? age < 45 : age > 38 && hours < 44)).map(({ id }) => id),
);

type View = Pick<Comparison, "metrics"> | null | undefined;
const aucOf = (view: View) => view?.metrics.find(({ metric }) => metric === "roc_auc");
const rounded = (value: number | null | undefined) => (value == null ? null : Number(value.toFixed(3)));

/** How the gated metric comes out on all rows of the base, on those that stayed, and as the head wants it. */
const views = ({ comparison, headView }: ModelReview) => {
  const seen = (rows: number | undefined, view: View) =>
    view == null ? null : [rows, aucOf(view)?.verdict, rounded(aucOf(view)?.difference)];
  return {
    all: seen(comparison?.holdout.common, comparison),
    kept: seen(comparison?.kept?.rows, comparison?.kept),
    head: seen(headView?.holdout.common, headView),
  };
};
const changed = ({ comparison }: ModelReview) => {
  const { gone, relabelled } = comparison?.holdout.changed ?? {};
  return { gone: gone?.count, relabelled: relabelled?.count, chosen: (gone ?? relabelled)?.judged?.beyondChance };
};

describe("a worse model does not pass by another yardstick", () => {
  it("chosen hold-out rows are deleted", async () => {
    const answer = await review({}, { data: people.filter(({ id }) => !hard.has(id)), experiment: worse });
    expect({ ...views(answer), ...changed(answer) }).toEqual({
      all: [204, "regressed", -0.158],
      kept: [108, "underpowered", 0.002],
      head: null,
      gone: 96,
      chosen: true,
    });
    expect(answer.comparison?.reasons).toEqual([
      "96 of the 204 base hold-out rows (47 %) are gone, and judged as the base has them. On them the base's model is right in 81 % and the head's in 48 %, elsewhere in 92 % and 91 %: more than chance.",
    ]);
  });

  it("chosen hold-out rows get another label", async () => {
    const other = (income: string) => (income === "yes" ? "no" : "yes");
    const data = people.map((person) => (hard.has(person.id) ? { ...person, income: other(person.income) } : person));
    const answer = await review({}, { data, experiment: worse });
    expect({ ...views(answer), ...changed(answer) }).toEqual({
      all: [204, "regressed", -0.158],
      kept: [108, "underpowered", 0.002],
      head: [204, "improved", 0.183],
      relabelled: 96,
      chosen: true,
    });
    expect(answer.comparison?.reasons).toEqual([
      "96 of the 204 base hold-out rows (47 %) have another label in the head, or none; the base's judge both. On them the base's model is right in 81 % and the head's in 48 %, elsewhere in 92 % and 91 %: more than chance.",
    ]);
  });

  it("later rows are easy, in a split by time", async () => {
    const easy = incomeLines({ rows: 300, seed: 8 })
      .slice(1)
      .map((_, at): Person => {
        const rich = at % 2 === 0;
        return { ...people[at]!, id: `q${at}`, day: 800 + at, age: rich ? 70 : 20, income: rich ? "yes" : "no" };
      });
    const answer = await review(
      { experiment: { ...honest, ...byTime } },
      { data: [...people, ...easy], experiment: { ...worse, ...byTime } },
    );
    expect({ ...views(answer), ...changed(answer) }).toEqual({
      all: [200, "regressed", -0.131],
      kept: null,
      head: [275, "improved", 0.032],
    });
  });

  it("another positive class, and a hold-out too small to tell anything", async () => {
    const split = { holdout: 0.05, seed: 42 };
    const answer = await review({}, { experiment: { ...worse, positive: "no", split } });
    expect({ ...views(answer), changes: answer.yardstick }).toEqual({
      all: [204, "regressed", -0.158],
      kept: null,
      head: [45, "underpowered", -0.016],
      changes: [
        { kind: "positive", from: "yes", to: "no" },
        { kind: "smaller-holdout", from: "0.25", to: "0.05" },
      ],
    });
  });
});

describe("no model learns the answers", () => {
  const opposite = (person: Person) => ({ ...person, income: person.income === "yes" ? "no" : "yes" });
  const last = people.slice(600);
  const again = people.flatMap((person, at) => (outByTeam[at] ? [{ ...person, age: person.age + 0.01 }] : []));

  const inOtherTeam = people.flatMap((person, at) => (outByTeam[at] ? [{ ...person, team: 100 + (at % 20) }] : []));

  it.each<[what: string, added: Person[], rows: number, split?: Partial<Experiment>]>([
    ["copies of held-out rows under another key", held, 204],
    ["copies of held-out rows with another label", held.map(opposite), 204],
    ["copies of held-out rows with an earlier time", last.map((person, at) => ({ ...person, day: at })), 200, byTime],
    ["copies of held-out rows in another group", inOtherTeam, 208, byTeam],
    ["new rows of a held-out group", again, 208, byTeam],
  ])("%s", async (_, added, rows, split = {}) => {
    const experiment = { ...byHeart, ...split };
    const renamed = added.map((person, at) => ({ ...person, id: `new ${at}` }));
    const answer = await review({ experiment }, { data: [...people, ...renamed], experiment });
    expect({ all: views(answer).all, ...changed(answer) }).toEqual({ all: [rows, "no-detectable-change", 0] });
    const { metrics = [] } = answer.comparison ?? {};
    expect(metrics.map(({ difference }) => difference)).toEqual(metrics.map(() => 0));
  });
});

describe("rows that the head's model cannot answer, because it learned from a new column", () => {
  const wider = (some: readonly Person[]) =>
    toLines(some).map((line, at) => `${line},${at === 0 ? "city" : ["Bonn", "Ulm"][some[at - 1]!.day % 2]}`);
  const experiment = { ...honest, features: [...features, "city"] };
  const without = (lost: Person[]) => ({ data: wider(people.filter((person) => !lost.includes(person))), experiment });
  // whose age and hours say what they are, and one of whom they say the opposite
  const clear = held.filter(({ age, hours, income }) =>
    income === "yes" ? age > 48 && hours > 45 : age < 38 && hours < 38,
  );
  const [first, second, third] = clear as [Person, Person, Person];
  const wrong = held.find(({ age, hours, income }) => income === "no" && age > 45 && hours > 45)!;

  it.each<[what: string, lost: Person[], rows: number]>([
    ["none is lost", [], 204],
    ["rows are lost that the base's model gets right", [first, second], 202],
    ["rows are lost of which the base's model gets one wrong", [first, wrong], 202],
  ])("%s: up to 1 % of the base's hold-out do not matter", async (_, lost, rows) => {
    const answer = await review({}, without(lost));
    expect({ ...views(answer), ...changed(answer), reasons: answer.comparison?.reasons }).toEqual({
      all: [rows, "no-detectable-change", -0.001],
      kept: null,
      head: null,
      ...(lost.length === 0 ? {} : { gone: lost.length, chosen: false }),
      reasons: [],
    });
  });

  it("more of them decide, and are named", async () => {
    const answer = await review({}, without([first, second, third]));
    const { holdout, status, reasons } = answer.comparison!;
    expect({ status, reasons, ...views(answer), ...holdout.changed }).toEqual({
      status: "compared",
      all: [201, "no-detectable-change", -0.001],
      kept: null,
      head: null,
      gone: { count: 3, judged: expect.objectContaining({ head: null }), rows: expect.objectContaining({ count: 3 }) },
      unanswered: { count: 3, decides: true },
      reasons: [
        expect.stringMatching(
          /^3 of the 204 base hold-out rows \(1\.5 %\) are gone, and the head's model has no answer to them: it learned from columns that the base does not have\. On them /,
        ),
      ],
    });
  });
});

const random = createRandom("rows");
const some = people.filter(() => random.uniform() > 0.05);
const someHeld = people.filter((_, at) => !outById[at] || random.uniform() > 0.05);
const withoutKey = columns.filter((name) => name !== "id");
const same = "no-detectable-change";

describe("an honest change of what judges passes", () => {
  it.each<[what: string, base: Side, head: Side, expected: Record<string, unknown>]>([
    [
      "5 % of the rows are removed by chance",
      {},
      { data: some },
      { all: [204, same, -0.001], kept: [192, same, -0.001], gone: 12, chosen: false },
    ],
    [
      "5 % of the held-out rows are removed by chance",
      {},
      { data: someHeld },
      { all: [204, same, 0], kept: [195, same, 0], gone: 9, chosen: false },
    ],
    [
      "three months are appended",
      { data: people.slice(0, 710), experiment: { ...honest, ...byTime } },
      { experiment: { ...honest, ...byTime } },
      { all: [178, same, 0], head: [200, same, 0] },
    ],
    [
      "a key is added",
      { data: toLines(people, withoutKey), experiment: { features } },
      {},
      { all: [190, same, 0], changes: [{ kind: "key", from: null, to: "id" }] },
    ],
    [
      "a random split becomes one by time",
      {},
      { experiment: { ...honest, ...byTime } },
      { all: [204, same, 0], head: [200, same, 0], changes: [{ kind: "split", from: "by row", to: "by time (day)" }] },
    ],
  ])("%s", async (what, base, head, expected) => {
    const answer = await review(base, head);
    const { head: shown, ...seen } = views(answer);
    // a key that the base's data does not have is another matter than what judges
    const view = what === "a key is added" ? {} : { head: shown };
    expect({ ...seen, ...view, ...changed(answer), changes: answer.yardstick }).toEqual({
      kept: null,
      changes: [],
      ...(what === "a key is added" ? {} : { head: null }),
      ...expected,
    });
    // but for the rows that it lost to learn from, the model is the same to the last digit
    const { metrics = [] } = answer.comparison ?? {};
    if (what.startsWith("5 % of the rows")) return;
    expect(metrics.map(({ difference }) => difference)).toEqual(metrics.map(() => 0));
  });
});
