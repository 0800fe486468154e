import { describe, expect, it } from "vitest";
import type { Comparison } from "../../pipeline/compare/comparison.ts";
import { type RowSet, rowSet } from "../../pipeline/match/row-set.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import regression from "../../src/checks/metric-regression.ts";
import threshold from "../../src/checks/metric-threshold.ts";
import slices from "../../src/checks/slice-regression.ts";
import { judge } from "../../src/verdict/judge.ts";
import { acceptFinding } from "../../src/verdict/waiver.ts";
import { aComparison, aFacts, aMetric, aModelPolicy, aModelReview, aPolicy, aRegression } from "../support/facts.ts";
import { numeric, tableOf } from "../support/tables.ts";

const table = tableOf(numeric("id", [0, 1, 2, 3, 4, 5]));
const rowsOf = (...rows: number[]) => rowSet(table, ["id"], Int32Array.from(rows));
const changed = (rows: RowSet) => ({ count: rows.count, judged: null, rows });
const holdout = (change: NonNullable<Comparison["holdout"]["changed"]>) => ({
  base: 8140,
  head: 8138,
  common: 8140,
  changed: change,
});
const other = holdout({ relabelled: changed(rowsOf(1, 2)) });
const kept = (metric: ReturnType<typeof aMetric>) => ({ rows: 8138, metrics: [metric], slices: [] });
const worse = aRegression();

const regress = (comparison: Partial<Comparison>, review: Partial<ModelReview> = {}) =>
  regression.run(
    aFacts({ models: [aModelReview({ comparison: aComparison(comparison), ...review })] }),
    regression.options.parse({}),
  );

describe("a gated metric", () => {
  it.each<[what: string, comparison: Partial<Comparison>, answer: string, kinds: unknown[]]>([
    ["worse on all rows, all of them kept", { metrics: [worse] }, "fail", ["regressed"]],
    ["worse on all and on those kept", { metrics: [worse], holdout: other, kept: kept(worse) }, "fail", ["regressed"]],
    ["worse on those kept alone: it passes on all", { holdout: other, kept: kept(worse) }, "pass", []],
    [
      "worse only with other labels",
      { metrics: [worse], holdout: other, kept: kept(aMetric()) },
      "cannot-tell",
      ["label-change"],
    ],
    [
      "worse only with rows that are gone, and others relabelled",
      {
        metrics: [worse],
        holdout: holdout({ relabelled: changed(rowsOf(1)), gone: changed(rowsOf(2)) }),
        kept: kept(aMetric()),
      },
      "cannot-tell",
      ["label-change", "row-loss"],
    ],
    [
      "not to be measured on those kept",
      { metrics: [worse], holdout: other, kept: kept(aMetric({ verdict: "incomparable" })) },
      "fail",
      ["regressed"],
    ],
  ])("%s", (_, comparison, answer, kinds) => {
    const result = regress(comparison);
    expect([result.answer, result.findings.map(({ evidence }) => evidence.change ?? evidence.verdict)]).toEqual([
      answer,
      kinds,
    ]);
  });

  it("tells the numbers with and without, and which rows", () => {
    const result = regress({ metrics: [worse], holdout: other, kept: kept(aMetric({ difference: -0.001 })) });
    expect(result.findings).toEqual([
      {
        check: "metric-regression",
        fingerprint: expect.any(String),
        title: "Other labels decide about ROC AUC of income",
        evidence: {
          ...{ base: 0.9091, head: 0.8874, difference: -0.0217, kept: -0.001, tolerance: 0.005 },
          ...{ verdict: "rows-decide", change: "label-change", changed: 2 },
        },
        remedy:
          "By the base's labels it fails. Who answers for the data accepts the new ones with a waiver, or puts the labels back.",
        model: "income",
        metric: "roc_auc",
        rows: rowsOf(1, 2),
      },
    ]);
  });

  it("can't tell where the head's model has no answer to rows that could decide, until they are accepted", () => {
    const gone = holdout({ gone: changed(rowsOf(1, 2)), unanswered: { count: 2, decides: true } });
    const [found, ...others] = regress({ holdout: gone }).findings;
    expect([regress({ holdout: gone }).answer, found?.evidence, found?.rows, others]).toEqual([
      "cannot-tell",
      { verdict: "unanswered", changed: 2, heldOut: 8140 },
      rowsOf(1, 2),
      [],
    ]);
    const few = holdout({ gone: changed(rowsOf(1, 2)), unanswered: { count: 2, decides: false } });
    expect(regress({ holdout: few }).answer).toBe("pass");
  });

  it("still fails by the head's labels, also where the rows are accepted", () => {
    const headView = aComparison({ metrics: [aRegression({ head: 0.88 })] });
    const result = regress({ metrics: [worse], holdout: other, kept: kept(aMetric()) }, { headView });
    expect([result.answer, ...result.findings.map(({ evidence, unclear }) => [evidence.head, unclear])]).toEqual([
      "fail",
      [0.8874, true],
      [0.88, undefined],
    ]);
  });
});

describe("a limit", () => {
  const metrics = { roc_auc: { tolerance: 1, min: 0.9, max: null } };
  const limit = (comparison: Partial<Comparison>) =>
    threshold.run(
      aFacts({
        policy: aPolicy({ models: [aModelPolicy({ metrics })] }),
        models: [aModelReview({ comparison: aComparison(comparison) })],
      }),
    );
  const low = aMetric({ head: 0.85 });

  it.each<[what: string, comparison: Partial<Comparison>, answer: string, evidence: unknown[]]>([
    ["met on its own rows and on the base's", {}, "pass", []],
    [
      "missed on the base's: rows that the change brings do not lift it",
      { metrics: [low] },
      "fail",
      [{ head: 0.85, limit: "min", allowed: 0.9, rows: 8140 }],
    ],
    [
      "missed only with other labels",
      { metrics: [low], holdout: other, kept: kept(aMetric()) },
      "cannot-tell",
      [
        {
          ...{ head: 0.85, kept: 0.9089, limit: "min", allowed: 0.9 },
          ...{ verdict: "rows-decide", change: "label-change", changed: 2 },
        },
      ],
    ],
    ["sides that can't be compared", { status: "incomparable", metrics: [low] }, "pass", []],
  ])("%s", (_, comparison, answer, evidence) => {
    const result = limit(comparison);
    expect([result.answer, result.findings.map((finding) => finding.evidence)]).toEqual([answer, evidence]);
  });
});

describe("a slice", () => {
  const aSlice = (metric: ReturnType<typeof aMetric>) => ({
    slice: { column: "sex", value: "Female" },
    rows: 900,
    metrics: [metric],
  });
  const policy = aPolicy({ models: [aModelPolicy({ slices: ["sex"] })] });
  const slice = (review: Partial<ModelReview>) =>
    slices.run(aFacts({ policy, models: [aModelReview(review)] }), slices.options.parse({}));
  const onAll = { slices: [aSlice(worse)], holdout: other };

  it.each<[what: string, review: Partial<ModelReview>, answer: string, kinds: unknown[]]>([
    [
      "worse only with other labels",
      { comparison: aComparison({ ...onAll, kept: { ...kept(aMetric()), slices: [aSlice(aMetric())] } }) },
      "cannot-tell",
      ["label-change"],
    ],
    [
      "worse on all and on those kept",
      { comparison: aComparison({ ...onAll, kept: { ...kept(aMetric()), slices: [aSlice(worse)] } }) },
      "fail",
      ["regressed"],
    ],
    [
      "worse only by the head's own view",
      { comparison: aComparison({ slices: [aSlice(aMetric())] }), headView: aComparison({ slices: [aSlice(worse)] }) },
      "fail",
      ["regressed"],
    ],
  ])("%s", (_, review, answer, kinds) => {
    const result = slice(review);
    expect([result.answer, result.findings.map(({ evidence }) => evidence.change ?? evidence.verdict)]).toEqual([
      answer,
      kinds,
    ]);
  });
});

describe("somebody accepts the rows", () => {
  const comparison = (rows: RowSet) =>
    aComparison({ metrics: [worse], holdout: holdout({ relabelled: changed(rows) }), kept: kept(aMetric()) });
  const facts = (rows: RowSet) => aFacts({ models: [aModelReview({ comparison: comparison(rows) })] });
  const checks = new Map([[regression.id, regression as never]]);
  const accept = (rows: RowSet) => ({
    check: regression.id,
    findings: regress(comparison(rows)).findings.map((finding) => acceptFinding(finding, regression.badness)),
    ...{ reason: "second look", by: "grace", given: "2026-01-01T00:00:00Z", until: "2026-12-31" },
    ...{ headSha: "c".repeat(40), baseRef: "main", comment: 5, withdrawnBy: null },
  });
  const conclude = (now: RowSet, accepted: RowSet) => {
    const given = facts(now);
    const baseRef = given.pullRequest.base.ref;
    return judge(checks, { ...given, waivers: [{ ...accept(accepted), baseRef }] }).conclusion;
  };

  it.each<[what: string, now: RowSet, accepted: RowSet, conclusion: string]>([
    ["these", rowsOf(1, 2), rowsOf(1, 2), "pass"],
    ["more than are left", rowsOf(1), rowsOf(1, 2), "pass"],
    ["others are relabelled later", rowsOf(1, 2, 3), rowsOf(1, 2), "cannot-tell"],
    ["quite others", rowsOf(3, 4), rowsOf(1, 2), "cannot-tell"],
  ])("%s", (_, now, accepted, conclusion) => {
    expect(conclude(now, accepted)).toBe(conclusion);
  });

  it("and says it in the headline until then", () => {
    expect(judge(checks, facts(rowsOf(1, 2))).sentence).toBe(
      "whether `income` got worse depends on rows that this change removes or relabels",
    );
  });
});
