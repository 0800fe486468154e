import { createRandom } from "../../pipeline/stats/random.ts";

/** Five features that a model can lose one by one, each for about four thousandths of ROC AUC. */
export const expendable = ["a", "b", "c", "d", "e"];

const weights = { a: 0.18, b: 0.2, c: 0.22, d: 0.2, e: 0.24 };

/** People of whom one feature tells most, and five others a little each. */
export function erodingCsv(rows = 3000): string {
  const random = createRandom(7);
  const lines = ["id,most,a,b,c,d,e,churn"];
  for (let id = 0; id < rows; id++) {
    const most = random.normal();
    const little = Object.values(weights).map((weight) => ({ weight, value: random.normal() }));
    const score = little.reduce((sum, { weight, value }) => sum + weight * value, 1.5 * most) + 0.6 * random.normal();
    lines.push(
      [id, ...[most, ...little.map(({ value }) => value)].map((one) => one.toFixed(3)), score > 0 ? "yes" : "no"].join(
        ",",
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** The experiment after so many of the features were lost, or without these. */
export function erodedExperiment(lost: number | readonly string[]): string {
  const without = typeof lost === "number" ? expendable.slice(0, lost) : lost;
  return `data: data/churn.csv\ntarget: churn\npositive: "yes"\nkey: id\nsplit: { holdout: 0.5, seed: 7 }\nexclude: [${without.join(", ")}]\nmodel: { type: logistic-regression }\n`;
}
