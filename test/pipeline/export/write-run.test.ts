import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { writeRun } from "../../../pipeline/export/write-run.ts";
import { readTable } from "../../../pipeline/read/read-table.ts";
import type { Run } from "../../../pipeline/run.ts";
import { anExperiment, aRun } from "../../support/runs.ts";

const root = mkdtempSync(join(tmpdir(), "modelsync-test-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Three rows of two classes, one named like a formula, and a model that fits them. */
const run: Run = {
  ...aRun(
    [
      { key: "b", actual: "=yes", says: [0.125, 0.875], row: 4 },
      { key: "a", actual: "Yes", says: [0.25, 0.75], row: 9 },
      { key: "c", actual: "Yes", says: [0.5, 0.5], row: 0 },
    ],
    { classes: ["=yes", "Yes"] },
  ),
};
run.model = {
  format: "modelsync-model",
  version: 1,
  task: "binary",
  target: "target",
  classes: ["=yes", "Yes"],
  positive: "Yes",
  preprocessor: { features: [{ name: "age", type: "numeric", median: 40, mean: 41, scale: 3 }] },
  estimator: { type: "baseline", columns: 1, output: [0.25, 0.75] },
};
const withoutOnnx: Run = { ...run, model: { ...run.model, estimator: { type: "nearest-neighbors" } } };

const allFiles = [
  "lineage.json",
  "metrics.json",
  "model.json",
  "model.onnx",
  "predictions.csv",
  "predictions.parquet",
  "profile.json",
];

let count = 0;
let folder: string;
beforeEach(() => {
  folder = join(root, String(count++), "out");
});
const read = (name: string) => readFileSync(join(folder, name));
const readJson = (name: string) => JSON.parse(read(name).toString());

describe("a run in a folder", () => {
  it("has every file, and nothing else", async () => {
    expect(await writeRun(folder, run)).toEqual({ ok: true, value: allFiles, notes: [] });
    expect(readdirSync(folder)).toEqual(allFiles);
  });

  it("has the digest of every file in its lineage", async () => {
    await writeRun(folder, run);
    const { format, version, key, dataBlob, files } = readJson("lineage.json");
    const digests = allFiles
      .slice(1)
      .map((name) => [name, { sha256: createHash("sha256").update(read(name)).digest("hex") }]);
    expect({ format, version, key, dataBlob, files }).toEqual({
      format: "modelsync-lineage",
      version: 1,
      key: run.key,
      dataBlob: run.lineage.dataBlob,
      files: Object.fromEntries(digests),
    });
  });

  it("has its metrics, profile and model as they are", async () => {
    await writeRun(folder, run);
    const { task, target, classes, positive, rows, features, metrics, confusion, notes } = run;
    const format = { format: "modelsync-metrics", version: 1 };
    expect([readJson("metrics.json"), readJson("profile.json"), readJson("model.json")]).toEqual([
      { ...format, task, target, classes, positive, rows, features, metrics, confusion, notes },
      run.profile,
      run.model,
    ]);
  });

  it("has its predictions as CSV in file order, where no text is a formula", async () => {
    await writeRun(folder, run);
    expect(read("predictions.csv").toString()).toBe(
      [
        "row,actual,predicted,probability of =yes,probability of Yes",
        "1,Yes,'=yes,0.5,0.5",
        "5,'=yes,Yes,0.125,0.875",
        "10,Yes,Yes,0.25,0.75",
        "",
      ].join("\n"),
    );
  });

  it("has the same predictions as Parquet, with types and the text as it is", async () => {
    await writeRun(folder, run);
    const { format } = anExperiment();
    const table = await readTable(join(folder, "predictions.parquet"), "p", format, { missing: [], columns: {} });
    expect(table.ok && table.value.table.columns).toEqual([
      { name: "row", type: "numeric", values: Float64Array.of(1, 5, 10) },
      { name: "actual", type: "categorical", codes: Int32Array.of(1, 0, 1), categories: ["=yes", "Yes"] },
      { name: "predicted", type: "categorical", codes: Int32Array.of(0, 1, 1), categories: ["=yes", "Yes"] },
      { name: "probability of =yes", type: "numeric", values: Float64Array.of(0.5, 0.125, 0.25) },
      { name: "probability of Yes", type: "numeric", values: Float64Array.of(0.5, 0.875, 0.75) },
    ]);
  });

  it("has the predicted values of a regression", async () => {
    const regression = aRun([{ key: "a", actual: 1.5, says: 2 }], { classes: [] });
    await writeRun(folder, regression);
    expect(read("predictions.csv").toString()).toBe("row,actual,predicted\n1,1.5,2\n");
  });

  it("replaces an earlier run, leaves other files alone, and keeps no model of the earlier one", async () => {
    await writeRun(folder, run);
    writeFileSync(join(folder, "notes.txt"), "mine");
    const written = await writeRun(folder, withoutOnnx);
    const left = allFiles.filter((name) => name !== "model.onnx");
    expect(written).toEqual({
      ok: true,
      value: left,
      notes: [
        {
          code: "no-onnx-form",
          where: { path: "model.onnx" },
          message: "The model cannot be written as ONNX: the estimator nearest-neighbors has no ONNX form.",
          remedy: "Use model.json with modelsync predict.",
        },
      ],
    });
    expect([readdirSync(folder), Object.keys(readJson("lineage.json").files)]).toEqual([
      [...left, "notes.txt"].sort(),
      left.slice(1),
    ]);
  });

  it("can be written again after it was stopped in between", async () => {
    await writeRun(folder, run);
    for (const name of allFiles.slice(2)) rmSync(join(folder, name));
    mkdirSync(join(folder, ".partial-x1y2z3"));
    expect(await writeRun(folder, run)).toEqual({ ok: true, value: allFiles, notes: [] });
  });
});

describe("a folder that cannot take a run", () => {
  const taken = (written: string) => ({
    code: "output-taken",
    message: "The folder has files that would be overwritten and that no earlier run wrote.",
    written,
    allowed: "a folder without them, or one with the lineage.json of an earlier run",
    remedy: "Name another folder, or remove these files.",
  });

  it.each([
    ["somebody's model", { "model.json": "{}", "experiment.yml": "" }, taken("model.json")],
    ["a lineage of something else", { "lineage.json": '{"format":"x"}' }, taken("lineage.json")],
    ["a lineage that is not JSON", { "lineage.json": "{", "metrics.json": "" }, taken("lineage.json, metrics.json")],
    ["a lineage that is null", { "lineage.json": "null" }, taken("lineage.json")],
    [
      "a huge lineage",
      { "lineage.json": `{"format":"modelsync-lineage"}${" ".repeat(1_048_576)}` },
      taken("lineage.json"),
    ],
  ])("has %s, and keeps it", async (_, files, problem) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    expect(await writeRun(folder, run)).toEqual({ ok: false, problems: [{ ...problem, where: { path: folder } }] });
    const kept = readdirSync(folder).map((name) => [name, read(name).toString()]);
    expect(Object.fromEntries(kept)).toEqual(files);
  });

  it.each([
    ["is a file", "out", "This is a file, not a folder."],
    ["is inside a file", "out/deeper/still", null],
  ])("%s", async (_, path, message) => {
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "mine");
    const place = join(folder, "..", path);
    expect(await writeRun(place, run)).toEqual({
      ok: false,
      problems: [
        {
          code: "output-not-a-folder",
          where: { path: place },
          message: message ?? `${folder} is a file, not a folder.`,
          allowed: "a folder, or a path where one can be made",
          remedy: "Name another folder.",
        },
      ],
    });
    expect(readFileSync(folder, "utf8")).toBe("mine");
  });

  it.each(["/proc/modelsync-test/out", "a\0b"])("may not be written to: %j", async (path) => {
    const written = await writeRun(path, run);
    expect(written.ok || written.problems.map(({ code, where }) => [code, where.path])).toEqual([
      ["output-not-writable", path],
    ]);
    expect(existsSync("/proc/modelsync-test")).toBe(false);
  });

  it("has a folder where a file belongs: nothing is left half written beside it", async () => {
    await writeRun(folder, run);
    rmSync(join(folder, "model.json"));
    mkdirSync(join(folder, "model.json"));
    const written = await writeRun(folder, run);
    expect([written.ok, readdirSync(folder)]).toEqual([false, allFiles]);
  });
});
