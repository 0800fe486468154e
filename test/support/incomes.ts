import { createRandom } from "../../pipeline/stats/random.ts";

export interface IncomeOptions {
  rows?: number;
  seed?: number;
  /** Years added to every age. */
  shift?: number;
  /** The two values of the target. */
  classes?: [string, string];
}

/** Lines of a CSV file about people, header first: two numbers and two categories from which the last column follows. */
export function incomeLines({
  rows = 400,
  seed = 1,
  shift = 0,
  classes = ["no", "yes"],
}: IncomeOptions = {}): string[] {
  const random = createRandom(seed);
  const lines = ["age,hours,sex,school,income"];
  for (let row = 0; row < rows; row++) {
    const age = 40 + shift + 10 * random.normal();
    const hours = 40 + 8 * random.normal();
    const sex = random.uniform() < 0.5 ? "Female" : "Male";
    const school = Math.floor(random.uniform() * 3);
    const score = (age - 40 - shift) / 10 + (1.5 * (hours - 40)) / 8 + (school - 1) + random.normal();
    const cells = [
      age.toFixed(1),
      hours.toFixed(1),
      sex,
      ["basic", "middle", "high"][school],
      classes[score > 0.7 ? 1 : 0],
    ];
    lines.push(cells.join(","));
  }
  return lines;
}

export function incomeCsv(options?: IncomeOptions): string {
  return `${incomeLines(options).join("\n")}\n`;
}

/** An experiment file about it; `more` are further lines. */
export function incomeExperiment(...more: string[]): string {
  return ["data: data/income.csv", "target: income", "model: { type: logistic-regression }", ...more, ""].join("\n");
}
