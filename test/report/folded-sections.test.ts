import { describe, expect, it } from "vitest";
import type { IntegrityEntry } from "../../pipeline/integrity/integrity-report.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { ColumnProfile } from "../../pipeline/table/profile.ts";
import type { Facts } from "../../src/facts/facts.ts";
import { foldedSections } from "../../src/report/folded-sections.ts";
import {
  absent,
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  aPullRequest,
  aRegression,
  aRun,
  aSchemaDiff,
  baseCommit,
  headCommit,
  ran,
  withProblems,
} from "../support/facts.ts";

const nothing = { comparison: null, schema: null, drift: null, changed: null };

function sections(facts: Partial<Facts>, checklist = ""): Map<string, string> {
  const verdict = { conclusion: "pass" as const, sentence: "", outcomes: [], problems: [] };
  return new Map(foldedSections(verdict, aFacts(facts), checklist).map(({ name, markdown }) => [name, markdown]));
}

const section = (name: string, review: Partial<ModelReview>) => sections({ models: [aModelReview(review)] }).get(name);

it("come in the order of use", () => {
  const comparison = aComparison({ slices: [{ slice: { column: "a", value: "b" }, rows: 9, metrics: [aMetric()] }] });
  expect([...sections({ models: [aModelReview({ comparison })] }, "- done").keys()]).toEqual([
    "checks",
    "all metrics",
    "slices",
    "confusion matrices",
    "drift",
    "data changes",
    "reproduce locally",
    "lineage",
    "data profile",
  ]);
});

it("a broken head has nothing to fold but the command", () => {
  const head = withProblems(headCommit, aProblem());
  expect([...sections({ models: [aModelReview({ head, ...nothing })] }).keys()]).toEqual(["reproduce locally"]);
});

it("a new model has its own numbers", () => {
  const found = sections({ models: [aModelReview({ base: absent(baseCommit), ...nothing })] });
  expect([...found.keys()]).toEqual([
    "all metrics",
    "confusion matrices",
    "reproduce locally",
    "lineage",
    "data profile",
  ]);
  expect(found.get("all metrics")).toContain("| – | Recall | – | 0.6120 | – | no base |");
});

it("several models are named", () => {
  const policy = aPolicy({ models: [aModelPolicy(), aModelPolicy({ id: "churn" })] });
  const titles = foldedSections(
    { conclusion: "pass", sentence: "", outcomes: [], problems: [] },
    aFacts({ policy, models: [aModelReview(), aModelReview({ model: "churn" })] }),
    "",
  ).map(({ markdown }) => markdown.split("\n")[0]);
  expect(titles.slice(0, 2)).toEqual(["#### All metrics of `income`", "#### All metrics of `churn`"]);
});

it("slices show the gated metrics, or all when none is gated", () => {
  const slices = (gated: boolean) => [
    {
      slice: { column: "sex", value: "Female" },
      rows: 2690,
      metrics: [aRegression({ gated }), aMetric({ title: "Recall", gated: false })],
    },
  ];
  const row = (gated: boolean) =>
    section("slices", { comparison: aComparison({ slices: slices(gated) }) })
      ?.split("\n")
      .slice(4);
  const regressed = "| `sex = Female` | 2,690 | ROC AUC | 0.9091 | 0.8874 | −0.0217 (−0.0251 to −0.0184) | worse |";
  expect(row(true)).toEqual([regressed]);
  expect(row(false)).toEqual([
    regressed,
    "| `sex = Female` | 2,690 | Recall | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change |",
  ]);
});

it("every change of the data is listed", () => {
  const schema = aSchemaDiff({
    added: ["city"],
    removed: ["age"],
    renamed: [{ from: "sex", to: "gender", similarity: 0.995 }],
    moved: [{ from: "hours", to: "weeks", similarity: 1 }],
    retyped: [
      { column: "zip", from: "numeric", to: "categorical" },
      { column: "age", from: "categorical", to: "numeric", texts: { cells: 16, values: ["?", "`n/a`"] } },
      { column: "size", from: "categorical", to: "numeric", texts: { cells: 1, values: ["?"] } },
    ],
    rewritten: [{ column: "seen", spelling: "dates changed from DD/MM/YYYY to YYYY-MM-DD" }, { column: "note" }],
    target: { added: ["unknown"], removed: [">50K"] },
    rows: { base: 1000, head: 1200, added: 300, removed: 100, common: 900 },
  });
  expect(section("data changes", { schema })).toMatchInlineSnapshot(`
    "#### Data changes

    Rows: 1,000 → 1,200 (300 added, 100 removed, 900 in both).

    - lost column \`age\`
    - \`sex\` is now called \`gender\` (99.5 % of the values agree)
    - the values of \`hours\` are now in \`weeks\` (100 % of the values agree)
    - \`zip\` was numeric and is now categorical
    - \`age\` was categorical and is now numeric (16 cells with \`?\`, <code>&#96;n&#47;a&#96;</code> before)
    - \`size\` was categorical and is now numeric (1 cell with \`?\` before)
    - new column \`city\`
    - lost target value \`>50K\`
    - new target value \`unknown\`
    - \`seen\` was written anew in rows that are otherwise the same: dates changed from DD/MM/YYYY to YYYY-MM-DD
    - \`note\` was written anew in rows that are otherwise the same"
  `);
});

it("says of data by key what changed in which cells, and how the file is written now", () => {
  const schema = aSchemaDiff({
    rows: { base: 1000, head: 1000, added: 1, removed: 1, changed: 3, common: 996 },
    cells: [
      { column: "age", changed: 3 },
      { column: "zip", changed: 1 },
    ],
    format: [{ what: "delimiter", from: "comma", to: "semicolon" }],
  });
  expect(section("data changes", { schema })).toMatchInlineSnapshot(`
    "#### Data changes

    Rows: 1,000 → 1,000 (1 added, 1 removed, 3 changed, 996 unchanged).

    - 3 cells of \`age\` changed
    - 1 cell of \`zip\` changed
    - the delimiter was comma and is now semicolon"
  `);
});

it.each([
  [{}, ""],
  [{ resorted: true as const }, ": the rows are in another order"],
  [{ format: [{ what: "line end", from: "CRLF", to: "LF" }] }, ""],
])("says that the content is the same: %o", (different, how) => {
  const rows = { base: 10, head: 10, added: 0, removed: 0, common: 10 };
  const line = section("data changes", { schema: aSchemaDiff({ rows, ...different }) })?.split("\n")[2];
  expect(line).toBe(`Rows: 10 → 10 (10 in both). No change of content${how}.`);
});

it("drifted columns come first", () => {
  const columns = [
    aColumnDrift({ column: "b" }),
    aColumnDrift({ column: "c", answer: "not-comparable", effect: null, q: null }),
    aColumnDrift({ column: "d", answer: "drifted" }),
  ];
  const rows = section("drift", { drift: aDriftReport({ columns }) })
    ?.split("\n")
    .slice(6);
  expect(rows).toEqual([
    "| `d` | drifted | 0.0123 (wasserstein) | 0.1 | 0.8200 | mean 38.58 → 38.61 |",
    "| `c` | not comparable | – (wasserstein) | 0.1 | – | mean 38.58 → 38.61 |",
    "| `b` | stable | 0.0123 (wasserstein) | 0.1 | 0.8200 | mean 38.58 → 38.61 |",
  ]);
});

it("unchanged data needs one sentence", () => {
  const drift = aDriftReport({ rule: "the data is the same file on both sides", columns: [] });
  expect(section("drift", { drift })).toBe("#### Drift\n\nThe data is the same file on both sides.");
});

it("a confusion matrix wider than a screen is left out", () => {
  const classes = Array.from({ length: 13 }, (_, i) => `class ${i}`);
  const confusion = classes.map(() => classes.map(() => 1));
  const side = (commit: string, size: number) =>
    ran(commit, {
      classes: classes.slice(0, size),
      confusion: confusion.slice(0, size).map((row) => row.slice(0, size)),
    });
  expect(section("confusion matrices", { base: side(baseCommit, 13), head: side(headCommit, 13) })).toBeUndefined();
  expect(section("confusion matrices", { base: side(baseCommit, 13), head: side(headCommit, 12) })).toMatch(
    /^#### Confusion matrices\n\nHead,/,
  );
});

describe("the profile tells counts, and values only when they are a vocabulary", () => {
  const columns = (distinct: number): ColumnProfile[] => [
    { name: "name", type: "categorical", missing: 0, distinct, top: [{ value: "Ada Lovelace", count: 2 }] },
    { name: "empty", type: "numeric", missing: 3, summary: null, distinct: 0 },
  ];
  const rows = (distinct: number) => {
    const profile = { ...aRun().profile, rows: 3, columns: columns(distinct) };
    return section("data profile", { head: ran(headCommit, { profile }) })
      ?.split("\n")
      .slice(6);
  };

  it.each<[distinct: number, shown: string]>([
    [50, "`Ada Lovelace` 2"],
    [51, ""],
  ])("%d values", (distinct, shown) => {
    expect(rows(distinct)).toEqual([`| \`name\` | 0 % | ${distinct} | ${shown} |`, "| `empty` | 100 % | 0 |  |"]);
  });
});

describe("how to reproduce it", () => {
  const commands = (different: Parameters<typeof aPullRequest>[0], door: Facts["door"] = "github") =>
    sections({ door, pullRequest: aPullRequest(different) })
      .get("reproduce locally")
      ?.split("\n")
      .slice(3, -1);
  const review = `modelsync review --base ${"5d41402".padEnd(40, "0")} --head ${headCommit}`;

  it("from GitHub the commits are fetched first", () => {
    expect(commands({})).toEqual([`git fetch origin ${"5d41402".padEnd(40, "0")} pull/7/head`, review]);
  });

  it("on a local branch they are there", () => {
    expect(commands({ number: null }, "git")).toEqual([review]);
  });

  it("nothing but a commit id gets into a command", () => {
    const sha = "$(touch /tmp/x)";
    expect(commands({ head: { ref: "`rm -rf`", sha, repository: null } })).toBeUndefined();
    expect(commands({ base: { ref: "main", sha } })).toBeUndefined();
    expect(commands({ head: { ref: "$(rm -rf)", sha: headCommit, repository: null } })?.join()).not.toContain("rm");
  });
});

it("integrity lists what was found, and what of it is new", () => {
  const entry = (different: Partial<IntegrityEntry>): IntegrityEntry => ({
    kind: "constant",
    severity: "integrity",
    column: "city",
    value: 1,
    baseValue: null,
    isNew: true,
    evidence: {},
    description: 'every row holds "Ulm"',
    ...different,
  });
  const entries = [entry({}), entry({ kind: "repeated-rows", column: null, isNew: false }), entry({ isNew: null })];
  const found = (integrity: ModelReview["integrity"]) => section("integrity", { integrity: integrity ?? null });
  expect(found({ compared: true, entries, omitted: { constant: 7 } })).toBe(`#### Leakage and integrity

- constant in \`city\`: every row holds "Ulm" (new)
- repeated rows: every row holds "Ulm" (in the base as well)
- constant in \`city\`: every row holds "Ulm" (without a base)
- and 7 more`);
  expect([found(null), found({ compared: true, entries: [], omitted: {} })]).toEqual([undefined, undefined]);
});

it("the lineage lists the files when there are several", () => {
  const side = ran("a".repeat(40));
  if (side.state !== "ran") throw new Error("it did not run");
  const files = ["data/part-1.csv", "data/part-`2`.csv"].map((path, at) => ({ path, blob: String(at).repeat(40) }));
  const lineage = { ...side.run.lineage, dataPath: "data/part-*.csv", dataBlob: "d".repeat(64), dataFiles: files };
  const lines = section("lineage", { head: ran("a".repeat(40), { lineage }) })?.split("\n") ?? [];
  const from = lines.findIndex((line) => line.includes("part-*"));
  expect(lines.slice(from, from + 3)).toEqual([
    `  - data \`data/part-*.csv\`, 2 files, digest \`${"d".repeat(64)}\``,
    `    - \`data/part-1.csv\` blob \`${"0".repeat(40)}\``,
    `    - <code>data&#47;part&#45;&#96;2&#96;&#46;csv</code> blob \`${"1".repeat(40)}\``,
  ]);
});

it("one of a kind is singular", () => {
  const summary = aRun({ features: [{ name: "age", type: "numeric" }] });
  const lineage = { ...summary.lineage, fit: { iterations: 1, converged: true, objective: 0.3 } };
  const text = section("lineage", { head: ran(headCommit, { ...summary, lineage }) });
  expect(text).toContain("8,140 hold-out rows, 1 feature, converged after 1 iteration\n");
});
