import { expect, it } from "vitest";
import { runFiles, whyNoParquet } from "../../../pipeline/export/run-files.ts";
import { problemName } from "../../../pipeline/problem.ts";
import { aRun } from "../../support/runs.ts";

const remedy = "Use predictions.csv, which holds the same.";

it("a run whose predictions DuckDB does not write has no Parquet file, and says why", async () => {
  const run = aRun([{ key: "a", actual: "yes", says: [0.25, 0.75] }], { classes: ["n\0", "yes"] });
  const { files, notes } = await runFiles(run);
  expect([Object.keys(files), notes.filter(({ where }) => where?.path === "predictions.parquet")]).toEqual([
    expect.not.arrayContaining(["predictions.parquet"]),
    [
      {
        code: "no-parquet",
        where: { path: "predictions.parquet" },
        message: "The predictions could not be written as Parquet.",
        written: expect.stringMatching(/\w/),
        remedy,
      },
    ],
  ]);
});

// What DuckDB throws in a table that outgrows its memory limit; to reach that of the engine takes seconds.
const outOfMemory = new Error(
  "Out of Memory Error: could not allocate block of size 256.0 KiB (3.8 MiB/3.8 MiB used)\n…",
);

it.each([
  ["larger than its memory", outOfMemory, "resource-limit/parquet-too-large"],
  ["refused for another reason", new Error("Parser Error: …"), "internal/no-parquet"],
])("predictions that are %s are a problem of whoever can solve it", (_, error, name) => {
  expect(problemName(whyNoParquet(error))).toBe(name);
});

it("a model of an estimator without an ONNX form is its author's choice, not a fault of ours", () => {
  expect(problemName({ code: "no-onnx-form" })).toBe("configuration/no-onnx-form");
});
