import { describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { type PrepareOptions, preprocess } from "../../../pipeline/preprocess/preprocess.ts";
import { rowNames } from "../../../pipeline/split/row-names.ts";
import type { Table } from "../../../pipeline/table/table.ts";
import { anExperiment } from "../read/experiments.ts";
import { tableOfText } from "../read/read-text.ts";

const tasks = ["binary", "multiclass"] as const;

const lines = Array.from(
  { length: 200 },
  (_, i) => `${i},${(i * 37) % 83},${["u", "v", "w"][i % 3]},${i % 4 === 0 ? "yes" : "no"}`,
);
const header = "id,size,kind,y";
const text = [header, ...lines].join("\n");

function prepare(table: Table, changes: Partial<Experiment> = {}, options: Partial<PrepareOptions> = {}) {
  const outcome = preprocess(table, anExperiment(changes), { tasks, ...options });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

describe("preprocess", () => {
  it("gives both sides of a table", async () => {
    const prepared = prepare(await tableOfText(text), { key: "id" });
    expect(prepared).toMatchObject({
      task: "binary",
      classes: ["no", "yes"],
      positive: "yes",
      features: [
        { name: "size", type: "numeric" },
        { name: "kind", type: "categorical" },
      ],
      train: { classes: 2, task: "binary", features: { rows: prepared.rows.train, columns: 4 } },
      holdout: { features: { rows: prepared.rows.holdout, columns: 4 } },
    });
    expect(prepared.rows.train + prepared.rows.holdout).toBe(200);
    expect(prepared.holdout.keys).toEqual(prepared.holdout.keys.toSorted());
    expect(new Set([...prepared.trainRows, ...prepared.holdout.rows]).size).toBe(200);
    expect(Array.from(prepared.holdout.actual)).toEqual(
      Array.from(prepared.holdout.rows, (row) => (row % 4 === 0 ? 1 : 0)),
    );
    expect(Array.from(prepared.train.target)).toEqual(Array.from(prepared.trainRows, (row) => (row % 4 === 0 ? 1 : 0)));
  });

  it.each([null, "id"])("does not depend on the order of rows (key %s)", async (key) => {
    const before = prepare(await tableOfText(text), { key });
    const after = prepare(await tableOfText([header, ...lines.toReversed()].join("\n")), { key });
    const { trainRows: _, holdout, ...others } = after;
    expect({ ...before, ...others, holdout: { ...holdout, rows: before.holdout.rows } }).toEqual(before);
  });

  it("orders rows of one key by content, not by place", async () => {
    const groups = lines.map((line, i) => line.replace(/^\d+/, String(i % 20)));
    const before = prepare(await tableOfText([header, ...groups].join("\n")), { key: "id" });
    const after = prepare(await tableOfText([header, ...groups.toReversed()].join("\n")), { key: "id" });
    expect(after.holdout.features).toEqual(before.holdout.features);
    expect(after.train).toEqual(before.train);
  });

  it("leaves rows without target out and says so", async () => {
    const prepared = prepare(await tableOfText(`${text}\n900,1,u,\n901,2,v,NA\n`));
    expect(prepared.rows).toMatchObject({ total: 202, dropped: 2 });
    expect([...prepared.trainRows, ...prepared.holdout.rows].filter((row) => row >= 200)).toEqual([]);
  });

  it("numbers copies of one row, which are all on one side", async () => {
    const prepared = prepare(await tableOfText([header, ...lines, ...lines].join("\n")));
    const [first, second] = prepared.holdout.keys;
    expect([first!.slice(-2), second]).toEqual(["#0", `${first!.slice(0, -2)}#1`]);
    expect(prepared.rows.holdout % 2).toBe(0);
  });

  it("takes keys from outside instead of the experiment's", async () => {
    const table = await tableOfText(text);
    const keys = Array.from({ length: table.rowCount }, (_, row) => (row % 2 ? "odd" : "even"));
    const prepared = prepare(table, { key: "id", split: { holdout: 0.5, seed: 5 } }, { keys });
    expect(new Set(prepared.holdout.keys.map((key) => key.replace(/#.*/, ""))).size).toBe(1);
    expect(prepared.rows).toMatchObject({ train: 100, holdout: 100 });
  });

  it("encodes the hold-out with what training saw", async () => {
    const table = await tableOfText(text);
    const clean = prepare(table);
    const heldOut = clean.holdout.rows[0]!;
    const changed = [...lines];
    changed[heldOut] = changed[heldOut]!.replace(/,\d+,[uvw],/, ",999999,new,");
    const prepared = prepare(await tableOfText([header, ...changed].join("\n")), {}, { keys: rowNames(table, null) });
    expect(prepared.preprocessor).toEqual(clean.preprocessor);
    expect(Array.from(prepared.holdout.features.values.slice(2, 5))).toEqual([0, 0, 0]);
  });

  it.each<[string, string, Partial<Experiment>, string[]]>([
    ["an absent target", text, { target: "z" }, ["target-absent"]],
    ["a key with gaps", `${text}\n,1,u,no\n`, { key: "id" }, ["key-missing"]],
    ["a split without hold-out", text, { split: { holdout: 1e-9, seed: 1 } }, ["empty-holdout"]],
    [
      "copies of one row",
      [header, ...Array(30).fill("1,1,u,no"), ...Array(30).fill("1,1,u,no")].join("\n"),
      {},
      ["single-class"],
    ],
  ])("answers %s", async (_, content, changes, codes) => {
    const outcome = preprocess(await tableOfText(content), anExperiment(changes), { tasks });
    expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code)).toEqual(codes);
  });
});
