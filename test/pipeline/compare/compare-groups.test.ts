import { describe, expect, it } from "vitest";
import type { SplitOptions } from "../../../pipeline/experiment/experiment.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { binaryRows, options } from "../../support/compared.ts";
import { attributeByKey, compareByKey } from "../../support/matches.ts";
import { aRun } from "../../support/runs.ts";
import { categorical } from "../../support/tables.ts";

const split: SplitOptions = { by: "group", column: "patient", holdout: 0.25, seed: 42 };
const rows = 240;
const run = (noise: number, by: Partial<{ split: SplitOptions }> = { split }, seed?: string) =>
  aRun(binaryRows(rows, noise, seed), { experiment: by });

/** A column of this many patients, each with rows next to each other. */
const patients = (count: number): Column =>
  categorical(
    "patient",
    Array.from({ length: rows }, (_, row) => `p${Math.floor((row * count) / rows)}`),
  );
const compared = (count: number, base: number, head: number, seed?: string) =>
  compareByKey(run(base), run(head, { split }, seed), {
    ...options({ metrics: { roc_auc: { tolerance: 0.02 }, accuracy: { tolerance: 0.02 } } }),
    headColumn: (name) => (name === "patient" ? patients(count) : null),
  });
const named = (comparison: ReturnType<typeof compared>, id: string) =>
  comparison.metrics.find(({ metric }) => metric === id)!;

describe("rows that are split by group", () => {
  it("are drawn by group, and the verdict names the test that does", () => {
    const { metrics } = compared(80, 0.3, 0.6);
    const tests = new Set(metrics.map(({ test }) => test));
    expect([...tests].sort()).toEqual(["paired bootstrap of groups", "studentized bootstrap of groups"]);
  });

  it("know as little as there are groups when each group is one answer many times over", () => {
    const single = binaryRows(40, 0.5);
    const other = binaryRows(40, 0.9, "other");
    const copies = (list: typeof single) =>
      list.flatMap((row) => Array.from({ length: 6 }, (_, copy) => ({ ...row, key: `${row.key}-${copy}` })));
    const groupOf = categorical(
      "patient",
      Array.from({ length: 240 }, (_, row) => `p${Math.floor(row / 6)}`),
    );
    const alone = compareByKey(aRun(single), aRun(other), options());
    const experiment = { split };
    const many = compareByKey(aRun(copies(single), { experiment }), aRun(copies(other), { experiment }), {
      ...options(),
      headColumn: () => groupOf,
    });
    const width = ({ interval }: ReturnType<typeof named>) => interval!.high - interval!.low;
    for (const id of ["log_loss", "brier_score", "f1", "recall"]) {
      expect([id, width(named(many, id)) / width(named(alone, id))]).toEqual([id, expect.closeTo(1, 6)]);
    }
  });

  it.each([
    { groups: 5, verdict: "incomparable", reason: "only 5 groups of rows; a comparison needs 6", caution: undefined },
    { groups: 12, verdict: "underpowered", reason: null, caution: { kind: "few-groups", groups: 12 } },
  ])("are never sure of $groups groups: $verdict", ({ groups, ...expected }) => {
    const { verdict, reason, caution } = named(compared(groups, 0.8, 0.8, "other"), "roc_auc");
    expect({ verdict, reason, caution }).toEqual(expected);
  });

  it("still block when few groups agree that it got worse", () => {
    const { verdict, test } = named(compared(12, 0.1, 4), "roc_auc");
    expect([verdict, test]).toEqual(["regressed", "paired permutation of groups"]);
  });

  it("are taken for independent when the split is by hash", () => {
    const base = run(0.3, {});
    const { metrics } = compareByKey(base, run(0.6, {}), { ...options(), headColumn: () => patients(12) });
    expect([metrics.some(({ caution }) => caution?.kind === "few-groups"), metrics[0]!.test]).toEqual([
      false,
      "exact McNemar",
    ]);
  });

  it("have wider intervals of what data and experiment did, and none of few groups", () => {
    const cells = { neither: run(0.2), data: run(0.4, { split }, "d"), experiment: run(0.6, { split }, "e") };
    const width = (count: number) => {
      const random = createRandom("mixed");
      const column = categorical(
        "patient",
        random.shuffle(Array.from({ length: rows }, (_, row) => `p${row % count}`)),
      );
      const found = attributeByKey(
        { ...cells, both: run(0.9, { split }, "b") },
        { metrics: ["log_loss"], level: 0.95, seed: 1, resamples: 200, headColumn: () => column },
      );
      const interval = found.metrics[0]!.data!.interval;
      return interval && interval.high - interval.low;
    };
    expect([width(5), width(60)]).toEqual([null, expect.any(Number)]);
  });
});
