import { createRandom, type Random } from "../../pipeline/stats/random.ts";

/** One observation, as a line of the CSV file. The first two features are those that a worse model leaves out. */
export interface Row {
  id: number;
  /** Days since the first one. */
  day: number;
  group: string;
  a: number;
  b: number;
  c: string;
  d: number;
  y: string;
}

/** Rows of one origin: the label follows from all four features. */
export function drawRows(count: number, seed: string, firstId = 0, day?: () => number): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) =>
    drawRow(random, firstId + at, day?.() ?? Math.floor(random.uniform() * 300)),
  );
}

function drawRow(random: Random, id: number, day: number): Row {
  const [a, b, d] = [random.normal(), random.normal(), random.normal()];
  const c = ["p", "q", "r"][Math.floor(random.uniform() * 3)]!;
  const score = 1.1 * a + 0.9 * b + 0.8 * d + { p: -0.5, q: 0, r: 0.5 }[c]! + 1.2 * random.normal();
  return { id, day, group: `g${Math.floor(random.uniform() * 400)}`, a, b, c, d, y: score > 0 ? "yes" : "no" };
}

/** The file, with dates that can be split by. */
export function toCsv(rows: readonly Row[]): string[] {
  const start = Date.UTC(2022, 0, 1);
  return [
    "id,day,group,a,b,c,d,y",
    ...rows.map(({ id, day, group, a, b, c, d, y }) => {
      const date = new Date(start + day * 86_400_000).toISOString().slice(0, 10);
      return [id, date, group, a.toFixed(4), b.toFixed(4), c, d.toFixed(4), y].join(",");
    }),
  ];
}
