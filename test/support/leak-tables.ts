import type { createRandom } from "../../pipeline/stats/random.ts";

type Random = ReturnType<typeof createRandom>;
type Cell = string | number;
type Task = "binary" | "multiclass" | "regression";

/** A row as the world made it: what is known of it, and its target. */
export interface Row {
  known: Record<string, Cell>;
  y: Cell;
}

/**
 * Rows of a problem that can be learned in part: five numbers, a letter and a day, whose weights are drawn anew each time. A
 * model of all of them reaches a ROC AUC of about 0.6 to 0.95.
 *
 * @param strongest up to which the deviation of a weight is drawn; with 2.5 a model of all reaches up to 0.99
 */
export function drawRows(task: Task, count: number, random: Random, strongest = 1.5): Row[] {
  const scale = 0.2 + (strongest - 0.2) * random.uniform();
  const names = ["a", "b", "c", "d", "e"];
  const weights = [...names, "pair"].map(() => scale * random.normal());
  const steps = { p: scale * random.normal(), q: 0, r: scale * random.normal() };
  return Array.from({ length: count }, () => {
    const numbers = names.map(() => random.normal());
    const letter = (["p", "q", "r"] as const)[Math.floor(3 * random.uniform())]!;
    const day = Math.floor(364 * random.uniform());
    const score =
      numbers.reduce((sum, value, at) => sum + weights[at]! * value, 0) +
      weights[5]! * numbers[0]! * numbers[1]! +
      steps[letter] +
      (scale * day) / 364;
    const known = {
      ...Object.fromEntries(names.map((name, at) => [name, round(numbers[at]!)])),
      letter,
      day: date(day),
    };
    return { known, y: answer(task, score, random) };
  });
}

function answer(task: Task, score: number, random: Random): Cell {
  const noise = Math.log(1 / random.uniform() - 1);
  if (task === "regression") return round(20 + score + noise / 2);
  if (task === "binary") return score + noise > 0 ? "yes" : "no";
  return score + noise > 1 ? "high" : score + noise > -1 ? "middle" : "low";
}

/** Columns that tell the target and nobody would know: by task, what each row gets. */
export const leaks: { name: string; task: Task; add: (row: Row, random: Random) => Record<string, Cell> }[] = [
  ...[0, 0.005, 0.02, 0.05].map((share) => ({
    name: `a copy, ${100 * share} % wrong`,
    task: "binary" as const,
    add: ({ y }: Row, random: Random) => ({ k: Number((y === "yes") !== random.uniform() < share) }),
  })),
  { name: "two columns, exclusive or", task: "binary", add: ({ y }, random) => xor(Number(y === "yes"), random) },
  {
    name: "two columns, difference 0.05 · y",
    task: "binary",
    add: ({ y }, random) => apart(random, (k) => k + 0.05 * Number(y === "yes")),
  },
  {
    name: "two columns, ratio 1 + 0.05 · y",
    task: "binary",
    add: ({ y }, random) => apart(random, (k) => k * (1 + 0.05 * Number(y === "yes"))),
  },
  {
    name: "two columns, noisy difference",
    task: "binary",
    add: ({ y }, random) => apart(random, (k) => k + 0.05 * (Number(y === "yes") + 0.15 * random.normal())),
  },
  {
    name: "a word of a text",
    task: "binary",
    add: ({ y }, random) => ({ k: `ref ${pick(random, 300)} ${y === "yes" ? "late" : "good"} ${pick(random, 3)}` }),
  },
  {
    name: "the last digit of a text",
    task: "binary",
    add: ({ y }, random) => ({ k: `id-${2 * pick(random, 800) + Number(y === "yes")}` }),
  },
  {
    name: "the day of the week",
    task: "binary",
    add: ({ y }, random) => ({
      k: date(7 * pick(random, 300) + (y === "yes" ? pick(random, 3) : 3 + pick(random, 4))),
    }),
  },
  {
    name: "a date that is there or not",
    task: "binary",
    add: ({ y }, random) => ({ k: y === "yes" ? date(pick(random, 364)) : "" }),
  },
  ...[0, 0.02, 0.05].map((share) => ({
    name: `a copy of three classes, ${100 * share} % wrong`,
    task: "multiclass" as const,
    add: ({ y }: Row, random: Random) => ({ k: random.uniform() < share ? "middle" : String(y) }),
  })),
  {
    name: "the first word, three classes",
    task: "multiclass",
    add: ({ y }, random) => ({ k: `${y}-${pick(random, 500)}` }),
  },
  ...[0, 0.005, 0.05].map((share) => ({
    name: `a copy of a number, ${100 * share} % noise`,
    task: "regression" as const,
    add: ({ y }: Row, random: Random) => ({ k: round(Number(y) + 2 * share * random.normal()) }),
  })),
  {
    name: "two parts of a sum",
    task: "regression",
    add: ({ y }, random) => apart(random, (k) => Number(y) - k),
  },
  {
    name: "two columns, product",
    task: "regression",
    add: ({ y }, random) => apart(random, (k) => Number(y) / k),
  },
  {
    name: "two columns, ratio",
    task: "regression",
    add: ({ y }, random) => apart(random, (k) => Number(y) * k),
  },
];

function apart(random: Random, other: (k: number) => number): Record<string, Cell> {
  const k = 1 + 9 * random.uniform();
  return { k: round(k), l: round(other(k)) };
}

function xor(y: number, random: Random): Record<string, Cell> {
  const k = Number(random.uniform() < 0.5);
  return { k, l: k ^ y };
}

const pick = (random: Random, count: number) => Math.floor(count * random.uniform());
const round = (value: number) => Number(value.toFixed(4));
const date = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

/** As CSV lines, target last. */
export function toLines(rows: readonly Row[], added: (row: Row) => Record<string, Cell> = () => ({})): string[] {
  const cells = rows.map((row) => ({ ...row.known, ...added(row), y: row.y }));
  return [Object.keys(cells[0]!).join(","), ...cells.map((row) => Object.values(row).join(","))];
}
