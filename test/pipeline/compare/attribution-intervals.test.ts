import { describe, expect, it } from "vitest";
import type { CrossRuns } from "../../../pipeline/compare/attribute-change.ts";
import reference from "../../fixtures/reference/attribution.json" with { type: "json" };
import { attributeByKey } from "../../support/matches.ts";
import { aRun } from "../../support/runs.ts";
import { categorical } from "../../support/tables.ts";

type Case = (typeof reference.cases)[number];

const resamples = 20_000;

/** In standard errors of both simulations. Of one fixture in 400, one of the 40 ends would lie further away by chance. */
const mostErrors = 4;

const person = { by: "group", column: "person", holdout: 0.25, seed: 42 } as const;

function runsOf({ rows, groups }: Case): CrossRuns {
  const numbers = rows.actual.some((value) => value !== 0 && value !== 1);
  const cell = (says: number[]) =>
    aRun(
      says.map((value, row) => ({
        key: String(row).padStart(4, "0"),
        actual: numbers ? rows.actual[row]! : ["no", "yes"][rows.actual[row]!]!,
        says: numbers ? value : [1 - value, value],
      })),
      { ...(numbers ? { classes: [] } : {}), ...(groups === null ? {} : { experiment: { split: person } }) },
    );
  return {
    neither: cell(rows.neither),
    data: cell(rows.data),
    experiment: cell(rows.experiment),
    both: cell(rows.both),
  };
}

describe(`the intervals of an attribution against numpy ${reference.versions.numpy}`, () => {
  it.each(reference.cases)("$name", (example) => {
    const persons = example.groups?.map(String) ?? [];
    const found = attributeByKey(runsOf(example), {
      metrics: Object.keys(example.metrics),
      level: 0.95,
      seed: 1,
      resamples,
      headColumn: () => (example.groups === null ? null : categorical("person", persons)),
    });
    expect(found.metrics.map(({ metric }) => metric).sort()).toEqual(Object.keys(example.metrics).sort());
    for (const { metric, data, experiment } of found.metrics) {
      const expected = example.metrics[metric as keyof typeof example.metrics]!;
      for (const [part, ours] of Object.entries({ data, experiment })) {
        const theirs = expected[part as "data" | "experiment"];
        expect([metric, part, ours!.difference]).toEqual([metric, part, expect.closeTo(theirs.difference, 10)]);
        for (const end of ["low", "high"] as const) {
          const error = theirs[end].error * Math.sqrt(1 / resamples + 1 / reference.resamples);
          const distance = Math.abs(ours!.interval![end] - theirs[end].at) / error;
          expect({ metric, part, end, distance }).toEqual({
            metric,
            part,
            end,
            distance: expect.toSatisfy((errors: number) => errors < mostErrors, `less than ${mostErrors}`),
          });
        }
      }
    }
  });
});
