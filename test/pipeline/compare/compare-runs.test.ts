import { describe, expect, it } from "vitest";
import type { CompareOptions } from "../../../pipeline/compare/compare-runs.ts";
import type { Comparison } from "../../../pipeline/compare/comparison.ts";
import type { Run } from "../../../pipeline/run.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { binaryRows, options } from "../../support/compared.ts";
import { compareByKey } from "../../support/matches.ts";
import { aRun, type HoldoutRow, type RunOptions } from "../../support/runs.ts";

const run = (count: number, noise: number, given?: RunOptions, seed?: string): Run =>
  aRun(binaryRows(count, noise, seed), given);

const verdicts = ({ metrics }: Comparison) =>
  Object.fromEntries(metrics.filter((metric) => metric.gated).map(({ metric, verdict }) => [metric, verdict]));

describe("verdicts", () => {
  const gates = { roc_auc: { tolerance: 0.02 }, log_loss: { tolerance: 0.02 }, accuracy: { tolerance: 0.02 } };

  it.each([
    { why: "a worse model", base: run(2000, 0.2), head: run(2000, 1.5), verdict: "regressed" },
    { why: "a better model", base: run(2000, 1.5), head: run(2000, 0.2), verdict: "improved" },
    {
      why: "a model as good as the other",
      base: run(2000, 0.05),
      head: run(2000, 0.05, {}, "other"),
      verdict: "no-detectable-change",
    },
    { why: "a small hold-out", base: run(60, 0.5), head: run(60, 0.5, {}, "other"), verdict: "underpowered" },
    { why: "the same model", base: run(60, 0.5), head: run(60, 0.5), verdict: "no-detectable-change" },
  ])("$why: $verdict", ({ base, head, verdict }) => {
    expect(verdicts(compareByKey(base, head, options({ metrics: gates })))).toEqual({
      accuracy: verdict,
      roc_auc: verdict,
      log_loss: verdict,
    });
  });

  it("of identical predictions has no difference, no doubt and no smallest detectable change", () => {
    const { metrics } = compareByKey(run(60, 0.5), run(60, 0.5), options());
    expect(
      metrics.map(({ difference, interval, p, smallestDetectable, verdict }) => ({
        difference,
        interval,
        p,
        smallestDetectable,
        verdict,
      })),
    ).toEqual(
      metrics.map(() => ({
        difference: 0,
        interval: { low: 0, high: 0, level: 0.95 },
        p: 1,
        smallestDetectable: null,
        verdict: "no-detectable-change",
      })),
    );
  });

  it("of perfect opposites is certain although nothing varies", () => {
    const says = (right: boolean) =>
      Array.from({ length: 40 }, (_, i): HoldoutRow => {
        const yes = i % 2 === 0;
        return { key: `k${i}`, actual: yes ? "yes" : "no", says: yes === right ? [0.1, 0.9] : [0.9, 0.1] };
      });
    const comparison = compareByKey(aRun(says(true)), aRun(says(false)), options({ metrics: gates }));
    expect(verdicts(comparison)).toEqual({ accuracy: "regressed", roc_auc: "regressed", log_loss: "regressed" });
  });

  it("names the test of each metric", () => {
    const { metrics } = compareByKey(run(300, 0.5), run(300, 1), options());
    expect(Object.fromEntries(metrics.map(({ metric, test }) => [metric, test]))).toMatchObject({
      accuracy: "exact McNemar",
      roc_auc: "DeLong",
      f1: "paired bootstrap",
      log_loss: "studentized bootstrap",
    });
  });

  it("corrects the gated metrics, and only those, for being several", () => {
    const { metrics } = compareByKey(run(300, 0.2), run(300, 0.6), options({ metrics: gates }));
    const gated = metrics.filter((metric) => metric.gated).sort((left, right) => left.p! - right.p!);
    expect(gated.map(({ adjustedP }) => adjustedP)).toEqual([
      gated[0]!.p! * 3,
      Math.max(gated[0]!.p! * 3, gated[1]!.p! * 2),
      Math.max(gated[0]!.p! * 3, gated[1]!.p! * 2, gated[2]!.p!),
    ]);
    expect(metrics.filter((metric) => !metric.gated).map(({ adjustedP }) => adjustedP)).not.toContainEqual(
      expect.any(Number),
    );
  });

  it("never lets a gated metric pass that the task does not have", () => {
    const comparison = compareByKey(
      run(100, 0.5),
      run(100, 0.5),
      options({ metrics: { r2: { tolerance: 0.01 }, made_up: { tolerance: 0 } } }),
    );
    expect(comparison.metrics.filter((metric) => metric.gated)).toEqual([
      expect.objectContaining({
        metric: "r2",
        title: "R²",
        verdict: "incomparable",
        reason: "it is not defined for binary tasks",
      }),
      expect.objectContaining({
        metric: "made_up",
        title: "made_up",
        verdict: "incomparable",
        reason: "it is not defined for binary tasks",
      }),
    ]);
  });

  it("is incomparable, with the reason, where a side has no value", () => {
    const onlyNo = binaryRows(50, 0.5).map((row): HoldoutRow => ({ ...row, actual: "no" }));
    const { metrics } = compareByKey(aRun(onlyNo), aRun(onlyNo), options({ metrics: { recall: { tolerance: 0.01 } } }));
    expect(metrics.find(({ metric }) => metric === "recall")).toMatchObject({
      base: null,
      head: null,
      difference: null,
      verdict: "incomparable",
      reason: "no value on either side: no row belongs to the positive class",
    });
  });

  it("holds for more than two classes and for regression", () => {
    const random = createRandom("many");
    const three = (noise: number) =>
      Array.from({ length: 600 }, (_, i): HoldoutRow => {
        const actual = i % 3;
        const weights = [0, 1, 2].map((which) => Math.exp((which === actual ? 2 : 0) + noise * random.normal()));
        const total = weights[0]! + weights[1]! + weights[2]!;
        return { key: `k${i}`, actual: "abc"[actual]!, says: weights.map((weight) => weight / total) };
      });
    const classes = ["a", "b", "c"];
    const values = (noise: number) =>
      Array.from(
        { length: 300 },
        (_, i): HoldoutRow => ({ key: `k${i}`, actual: i, says: i + noise * random.normal() }),
      );
    const many = compareByKey(
      aRun(three(0.5), { classes }),
      aRun(three(3), { classes }),
      options({ metrics: { roc_auc: { tolerance: 0.01 }, f1_macro: { tolerance: 0.01 } } }),
    );
    const continuous = compareByKey(
      aRun(values(1), { classes: [] }),
      aRun(values(3), { classes: [] }),
      options({ metrics: { mean_absolute_error: { tolerance: 0.1 } } }),
    );
    expect([verdicts(many), verdicts(continuous)]).toEqual([
      { f1_macro: "regressed", roc_auc: "regressed" },
      { mean_absolute_error: "regressed" },
    ]);
  });
});

describe("properties", () => {
  const base = run(300, 0.4);
  const head = run(300, 0.9);
  const forth = compareByKey(base, head, options({ metrics: { f1: { tolerance: 0 } } }));

  it("swapping the sides negates every difference and mirrors every interval", () => {
    const back = compareByKey(head, base, options({ metrics: { f1: { tolerance: 0 } } }));
    const close = (value: number | null | undefined) =>
      value === null || value === undefined ? value : expect.closeTo(-value, 9);
    expect(back.metrics).toEqual(
      forth.metrics.map((metric) => ({
        ...metric,
        base: metric.head,
        head: metric.base,
        difference: close(metric.difference),
        interval: { low: close(metric.interval?.high), high: close(metric.interval?.low), level: 0.95 },
        p: expect.closeTo(metric.p!, 9),
        adjustedP: metric.adjustedP === null ? null : expect.closeTo(metric.adjustedP, 9),
        ...(metric.q === undefined ? {} : { q: expect.closeTo(metric.q, 9) }),
        smallestDetectable: expect.closeTo(metric.smallestDetectable!, 9),
        verdict: expect.any(String),
        reason: metric.gated ? expect.toSatisfy(() => true) : null,
      })),
    );
  });

  it("the order of the rows in the file changes nothing", () => {
    const shuffled = createRandom("order").shuffle(binaryRows(300, 0.9).map((row, place) => ({ ...row, row: place })));
    expect(compareByKey(base, aRun(shuffled), options({ metrics: { f1: { tolerance: 0 } } }))).toEqual(forth);
  });

  it("another seed moves intervals a little and differences not at all", () => {
    const other = compareByKey(base, head, options({ metrics: { f1: { tolerance: 0 } }, seed: 2 }));
    expect(other.metrics.map(({ difference }) => difference)).toEqual(
      forth.metrics.map(({ difference }) => difference),
    );
    expect(other.metrics).not.toEqual(forth.metrics);
  });
});

describe("rows and yardsticks", () => {
  it("compares the rows that both hold out", () => {
    const rows = binaryRows(200, 0.5);
    const { status, holdout, reasons } = compareByKey(aRun(rows.slice(0, 150)), aRun(rows.slice(50)), options());
    expect({ status, holdout, reasons }).toEqual({
      status: "compared",
      holdout: { base: 150, head: 150, common: 100, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      reasons: [],
    });
  });

  it.each<{ why: string; base: Run; head: Run; given?: Partial<CompareOptions>; reasons: string[] }>([
    {
      why: "no common rows",
      base: aRun(binaryRows(100, 0.5).slice(0, 50)),
      head: aRun(binaryRows(100, 0.5).slice(50)),
      reasons: [
        "No row is in the hold-out of both sides. Declare a key column that names a row in both revisions, and keep the split's share and seed.",
      ],
    },
    {
      why: "no common rows by a key",
      base: aRun(binaryRows(100, 0.5).slice(0, 50), { experiment: { key: "date" } }),
      head: aRun(binaryRows(100, 0.5).slice(50), { experiment: { key: "date" } }),
      reasons: [
        'No row is in the hold-out of both sides. Keep the values of the key column "date", or declare another one that names a row in both revisions, and keep the split\'s share and seed.',
      ],
    },
    {
      why: "19 common rows",
      base: run(19, 0.5),
      head: run(50, 0.5),
      reasons: [
        "Only 19 rows are in the hold-out of both sides; a comparison needs 20. Hold out a larger share, or keep more of the rows.",
      ],
    },
    {
      why: "another target",
      base: run(50, 0.5, { target: "a" }),
      head: run(50, 0.5, { target: "b" }),
      reasons: ['The target changed from "a" to "b". Keep it, or add the new question as a second model.'],
    },
    {
      why: "renamed classes",
      base: run(50, 0.5),
      head: aRun(
        binaryRows(50, 0.5).map((row) => ({ ...row, actual: row.actual === "yes" ? "1" : "0" })),
        { classes: ["0", "1"] },
      ),
      reasons: [
        'The values of the target changed from "no", "yes" to "0", "1". The label of 50 of the 50 rows that both sides hold out changed: "yes" became "1" in 28, "no" became "0" in 22. Keep their spelling, or change it in a pull request of its own.',
      ],
    },
    {
      why: "a third class",
      base: run(50, 0.5),
      head: aRun(
        binaryRows(50, 0.5).map((row) => ({ ...row, says: [0.2, 0.3, 0.5] })),
        { classes: ["no", "unknown", "yes"] },
      ),
      reasons: [
        "The task changed from binary to multiclass, and with it what the metrics measure. Check the values of the target column.",
      ],
    },
    {
      why: "renamed classes, of which the positive one is declared anew",
      base: run(50, 0.5),
      head: aRun(
        binaryRows(50, 0.5).map((row) => ({ ...row, actual: row.actual === "yes" ? "1" : "0" })),
        { classes: ["0", "1"] },
      ),
      given: { yardstick: { state: "incomparable", reasons: ["The base has no such class."] } },
      reasons: [
        "The base has no such class.",
        'The label of 50 of the 50 rows that both sides hold out changed: "yes" became "1" in 28, "no" became "0" in 22.',
      ],
    },
    {
      why: "no common yardstick",
      base: run(50, 0.5),
      head: run(50, 0.5),
      given: { yardstick: { state: "incomparable", reasons: ["Because."] } },
      reasons: ["Because."],
    },
  ])("is incomparable with $why", ({ base, head, given = {}, reasons }) => {
    const comparison = compareByKey(base, head, options({ ...given, metrics: { accuracy: { tolerance: 0.01 } } }));
    expect({ status: comparison.status, reasons: comparison.reasons, slices: comparison.slices }).toEqual({
      status: "incomparable",
      reasons,
      slices: [],
    });
    expect(comparison.metrics.find(({ metric }) => metric === "accuracy")).toEqual({
      metric: "accuracy",
      title: "Accuracy",
      direction: "higher",
      base: base.metrics.accuracy!.value,
      head: head.metrics.accuracy!.value,
      difference: null,
      interval: null,
      test: "none",
      p: null,
      adjustedP: null,
      tolerance: 0.01,
      gated: true,
      smallestDetectable: null,
      verdict: "incomparable",
      reason: reasons.join(" "),
    });
  });

  it("judges both sides over all classes when the head knows one more", () => {
    const classes = ["a", "b", "c"];
    const rows = (says: (i: number) => number[]) =>
      Array.from({ length: 60 }, (_, i): HoldoutRow => ({ key: `k${i}`, actual: classes[i % 3]!, says: says(i) }));
    const before = aRun(
      rows(() => [0.5, 0.3, 0.2]),
      { classes },
    );
    const after = aRun(
      rows(() => [0.4, 0.3, 0.2, 0.1]),
      { classes: [...classes, "d"] },
    );
    const { status, reasons } = compareByKey(before, after, options());
    expect({ status, reasons }).toEqual({
      status: "compared",
      reasons: ['The base does not know "d" and gives it probability 0.'],
    });
  });

  it("names several classes in the plural", () => {
    const classes = ["a", "b", "c"];
    const rows = (says: number[]) =>
      Array.from({ length: 60 }, (_, i): HoldoutRow => ({ key: `k${i}`, actual: classes[i % 3]!, says }));
    const before = aRun(rows([0.4, 0.3, 0.1, 0.1, 0.1]), { classes: [...classes, "d", "e"] });
    expect(compareByKey(before, aRun(rows([0.5, 0.3, 0.2]), { classes }), options()).reasons).toEqual([
      'The head does not know "d", "e" and gives them probability 0.',
    ]);
  });

  it("says what it did to compare", () => {
    const rows = binaryRows(60, 0.5);
    const relabeled = rows.map((row, i) => (i < 2 ? { ...row, actual: row.actual === "yes" ? "no" : "yes" } : row));
    const yardstick = {
      state: "common",
      declared: true,
      target: "target",
      positive: null,
      split: { holdout: 0.3, seed: 1 },
      keyColumns: null,
      reasons: ["The split changed."],
    } as const;
    const given = compareByKey(
      aRun(rows),
      aRun(relabeled),
      options({ yardstick: { ...yardstick, reasons: [...yardstick.reasons] } }),
    );
    const unexplained = compareByKey(
      aRun(rows),
      aRun(rows, { positive: "no", experiment: { split: { holdout: 0.3, seed: 1 } } }),
      options(),
    );
    expect([given.reasons, unexplained.reasons]).toEqual([
      ["The split changed.", "2 of the 60 rows have another label in the head; the head's labels judge both sides."],
      [
        "The sides drew different hold-outs; the 60 rows that both hold out are compared.",
        'The positive class changed from "yes" to "no"; the head\'s judges both.',
      ],
    ]);
  });
});
