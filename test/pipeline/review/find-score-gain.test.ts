import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IntegrityEntry } from "../../../pipeline/integrity/integrity-report.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { findLeaks } from "../../support/leak-review.ts";
import { drawRows, leaks, type Row, toLines } from "../../support/leak-tables.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-gain-"));
});
afterAll(() => rm(folder, { recursive: true }));

const boosting = { type: "gradient-boosting", max_iterations: 20 };
const logistic = { type: "logistic-regression" };
const linear = { binary: logistic, multiclass: logistic, regression: { type: "ridge-regression" } };

/** Findings over their thresholds, with what they are about. */
const told = (entries: readonly IntegrityEntry[]) =>
  entries
    .filter(({ kind, value, columns }) =>
      kind === "near-perfect" ? value >= (columns?.length === 1 ? 0.95 : 0.975) : value >= 0.99,
    )
    .map(({ kind, column, columns }) => [kind, ...(columns ?? [column])].join(" "));

const tables = Object.fromEntries(
  (["binary", "multiclass", "regression"] as const).map((task) => [
    task,
    drawRows(task, 1_000, createRandom(`gain ${task}`)),
  ]),
) as Record<keyof typeof linear, Row[]>;

describe("a leak of each kind is told", () => {
  // every other one by a model that cannot use all of it
  it.each(leaks.map((leak, at) => ({ ...leak, model: at % 2 === 0 ? boosting : linear[leak.task] })))(
    "$name: $model.type",
    async ({ name, task, add, model }) => {
      const random = createRandom(name);
      const lines = toLines(tables[task], (row) => add(row, random));
      const experiment = { target: "y", model, ...(task === "regression" ? { task } : {}) };
      const about = told(await findLeaks(folder, { lines: toLines(tables[task]), experiment }, { lines, experiment }));
      expect(about).not.toEqual([]);
      expect(about.filter((one) => !/ k( l)?$/.test(one))).toEqual([]);
    },
  );
});

describe("what is no leak is not told", () => {
  const rows = tables.binary;
  const random = createRandom("honest");
  const shuffled = rows.map((row) => ({ row, u: random.uniform() }));
  const plain = toLines(rows);
  const experiment = { target: "y", model: boosting };
  /** A problem that trees solve and lines don't: the base's estimator is the weak one. */
  const crossed = toLines(
    rows.map(({ known }) => ({ known, y: Number(known.a) > 0 === Number(known.b) > 0 ? "yes" : "no" })),
    ({ known }) => ({ k: Number(known.a) + 3 * random.normal() }),
  );
  it.each<[what: string, base: Parameters<typeof findLeaks>[1], head: Parameters<typeof findLeaks>[2]]>([
    [
      "a good feature",
      { lines: plain, experiment },
      {
        lines: toLines(rows, ({ y }) => ({ k: (y === "yes" ? 0.9 : 0) + random.normal() })),
        experiment,
      },
    ],
    [
      "two features that help only together",
      { lines: plain, experiment },
      {
        lines: toLines(rows, ({ y }) => {
          const k = random.normal();
          return { k, l: (y === "yes" ? 0.5 : -0.5) * Math.sign(k) + random.normal() };
        }),
        experiment,
      },
    ],
    [
      "features that say nothing",
      { lines: plain, experiment },
      { lines: toLines(rows, () => ({ k: random.normal(), l: "x" })), experiment },
    ],
    [
      "a better estimator, with a feature that helps little",
      { lines: crossed, experiment: { target: "y", model: logistic, exclude: ["k"] } },
      { lines: crossed, experiment },
    ],
    [
      "the same rows in another order",
      { lines: plain, experiment },
      {
        lines: [
          plain[0]!,
          ...shuffled.sort((a, b) => a.u - b.u).map(({ row }) => Object.values({ ...row.known, y: row.y }).join(",")),
        ],
        experiment,
      },
    ],
  ])("%s", async (_, base, head) => {
    expect(told(await findLeaks(folder, base, head))).toEqual([]);
  });
});

it("tells a feature that was there and was written anew as the target with noise", async () => {
  const random = createRandom("anew");
  const anew = tables.binary.map(({ known, y }) => ({
    known: { ...known, e: Number((y === "yes") !== random.uniform() < 0.02) },
    y,
  }));
  const experiment = { target: "y", model: logistic };
  const found = await findLeaks(
    folder,
    { lines: toLines(tables.binary), experiment },
    { lines: toLines(anew), experiment },
  );
  expect(found.filter(({ kind }) => kind === "near-perfect")).toEqual([
    expect.objectContaining({ column: "e", columns: ["e"], isNew: true, baseValue: null }),
  ]);
});

it("names only the features that explain the score", async () => {
  const random = createRandom("several");
  const head = toLines(tables.binary, ({ y }) => ({
    m: random.normal(),
    k: Number((y === "yes") !== random.uniform() < 0.02),
    n: random.normal(),
  }));
  const experiment = { target: "y", model: logistic };
  const found = await findLeaks(folder, { lines: toLines(tables.binary), experiment }, { lines: head, experiment });
  expect(told(found)).toEqual(["near-perfect k"]);
});
