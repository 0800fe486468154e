import { toOnnx } from "../onnx/to-onnx.ts";
import type { Outcome, Problem } from "../problem.ts";
import { toParquet } from "../read/parquet/to-parquet.ts";
import type { Run } from "../run.ts";
import { predictionColumns } from "./prediction-columns.ts";
import { predictionsCsv } from "./predictions-csv.ts";

/** Every file that a run may be written as. `lineage.json` lists the others with their digests. */
export const runFileNames = [
  "lineage.json",
  "metrics.json",
  "model.json",
  "model.onnx",
  "predictions.csv",
  "predictions.parquet",
  "profile.json",
] as const;

export type RunFileName = (typeof runFileNames)[number];

/** What the files of a run but `lineage.json` hold, by name. A file that this run cannot have is left out, with a note. */
export type RunFiles = Partial<Record<Exclude<RunFileName, "lineage.json">, string | Uint8Array>>;

export async function runFiles(run: Run): Promise<{ files: RunFiles; notes: Problem[] }> {
  const columns = predictionColumns(run);
  const onnx = toOnnx(run.model, {
    experiment: run.lineage.experimentDigest,
    data: run.lineage.dataBlob,
    model: run.lineage.modelDigest,
  });
  const parquet = await parquetOrWhyNot(columns);
  return {
    files: {
      "metrics.json": json(metricsOf(run)),
      "model.json": json(run.model),
      ...(onnx.ok ? { "model.onnx": onnx.value } : {}),
      "predictions.csv": predictionsCsv(columns),
      ...(parquet.ok ? { "predictions.parquet": parquet.value } : {}),
      "profile.json": json(run.profile),
    },
    notes: [onnx, parquet].flatMap((part) => (part.ok ? [] : part.problems)),
  };
}

/** JSON for people: indented, ending in a line end. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function metricsOf({ task, target, classes, positive, rows, features, metrics, confusion, notes }: Run) {
  const format = { format: "modelsync-metrics", version: 1 };
  return { ...format, task, target, classes, positive, rows, features, metrics, confusion, notes };
}

async function parquetOrWhyNot(columns: Parameters<typeof toParquet>[0]): Promise<Outcome<Uint8Array>> {
  try {
    return { ok: true, value: await toParquet(columns), notes: [] };
  } catch (error) {
    return { ok: false, problems: [whyNoParquet(error)] };
  }
}

/** @param error what DuckDB threw */
export function whyNoParquet(error: unknown): Problem {
  const memory = /out of memory/i.test(String(error));
  return {
    code: memory ? "parquet-too-large" : "no-parquet",
    where: { path: "predictions.parquet" },
    message: memory
      ? "The predictions are too large to be written as Parquet."
      : "The predictions could not be written as Parquet.",
    written: String(error).slice(0, 200),
    remedy: "Use predictions.csv, which holds the same.",
  };
}
