import { measureMetrics } from "../pipeline/compare/measure-metric.ts";
import { metrics } from "../pipeline/metrics/registry.ts";
import { createRandom } from "../pipeline/stats/random.ts";
import { drawPersons } from "../test/support/persons.ts";
import type { SimulationResult } from "./simulation-result.ts";

const samples = 300;
const resamples = 400;
const measured = ["accuracy", "f1", "roc_auc", "brier_score"].map((id) => metrics.get(id)!);

/** Percent of the intervals that cover the truth when the rows are those of few persons, each misjudged in her own way. */
export default async function groupCoverage(seed: number): Promise<SimulationResult> {
  const random = createRandom(`groups ${seed}`);
  const population = drawPersons(20_000, random);
  const truth = measured.map(({ compute }) => compute(population.head).value! - compute(population.base).value!);
  const rows: SimulationResult["rows"] = [];
  let passed = true;
  for (const persons of [30, 60]) {
    const covered = measured.map(() => 0);
    for (let run = 0; run < samples; run++) {
      const options = { level: 0.95, resamples, seed: seed + run };
      for (const [i, { interval }] of measureMetrics(drawPersons(persons, random), measured, options).entries()) {
        if (interval && interval.low <= truth[i]! && truth[i]! <= interval.high) covered[i]! += 1;
      }
    }
    for (const [i, { id }] of measured.entries()) {
      const percent = Math.round((1000 * covered[i]!) / samples) / 10;
      // 92 to 98 %, and two standard errors of a coverage in so many samples on either side
      const error = 200 * Math.sqrt((0.95 * 0.05) / samples);
      const kept = percent >= 92 - error && percent <= 98 + error;
      passed &&= kept;
      rows.push({ groups: persons, metric: id, covered: percent, promise: kept ? "kept" : "broken" });
    }
  }
  return {
    title: `Coverage of 95 % intervals when rows come in groups, ${samples} samples`,
    command: `npm run simulate -- --seed ${seed} group-coverage`,
    rows,
    passed,
  };
}
