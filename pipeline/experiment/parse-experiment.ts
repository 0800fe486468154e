import type { z } from "zod";
import type { Estimator } from "../models/estimator.ts";
import { estimators as registered } from "../models/registry.ts";
import type { Outcome, Problem } from "../problem.ts";
import { suggestName } from "./closest-name.ts";
import { contradictions } from "./contradictions.ts";
import type { Experiment, ModelOptions } from "./experiment.ts";
import { experimentSchema } from "./experiment-schema.ts";
import { readYaml, type YamlFile } from "./read-yaml.ts";
import { readablePart } from "./readable-part.ts";
import { zodProblems } from "./zod-problems.ts";

/** Known estimators by type, each with the schema of its options. */
export type EstimatorOptions = ReadonlyMap<string, Pick<Estimator, "options">>;

/** A hostile file could hold ten thousand mistakes; a person repairs fifty before looking again. */
const maxProblems = 50;

/**
 * Reads an experiment file into a complete experiment, defaults filled in, or every problem in it.
 *
 * @param text content of the file, from a pull request: untrusted
 * @param path repository path of the file, for the problems
 * @param estimators decides which `model.type` exist and which options each takes; by default those of the registry
 */
export function parseExperiment(
  text: string,
  path: string,
  estimators: EstimatorOptions = registered,
): Outcome<Experiment> {
  const read = readYaml(text, path);
  if (!read.ok) return read;
  const file = { ...read.value, value: withTextAsTyped(read.value) };
  const parsed = experimentSchema.safeParse(file.value);
  const problems = parsed.success ? [] : zodProblems(parsed.error, experimentSchema, file);
  const model = parseModel(file, estimators, problems);
  if (parsed.success) problems.push(...contradictions(parsed.data, file));
  if (!parsed.success || model === null || problems.length > 0) {
    return { ok: false, problems: problems.slice(0, maxProblems) };
  }
  return { ok: true, value: { ...parsed.data, exclude: excludedColumns(parsed.data), model }, notes: [] };
}

/**
 * An experiment with mistakes as far as it can be read, so that its names can be looked up in the data all the same; null where the data
 * could not be read as it says.
 */
export function readableExperiment(text: string, path: string): Experiment | null {
  const read = readYaml(text, path);
  if (!read.ok) return null;
  const part = readablePart(experimentSchema, withTextAsTyped(read.value), howDataIsRead);
  return part === null ? null : { ...part, exclude: excludedColumns(part) };
}

const howDataIsRead = ["data", "labels", "format", "missing", "columns"];

/** What splits the rows, dates them and finds their labels are no features, unless they are listed among them. */
function excludedColumns({ split, time, labels, exclude, features }: Omit<Experiment, "model">): string[] {
  const others = [split.column, time, labels?.key]
    .flat()
    .filter((name) => name !== undefined && !features?.includes(name));
  return [...new Set([...exclude, ...(others as string[])])];
}

/** The estimator's options are checked even when the rest is wrong, so that all mistakes are told at once. */
function parseModel(file: YamlFile, estimators: EstimatorOptions, problems: Problem[]): ModelOptions | null {
  const model = experimentSchema.shape.model.safeParse((file.value as { model?: unknown } | null)?.model);
  if (!model.success) return null;
  const { type, ...written } = model.data;
  const estimator = estimators.get(type);
  if (estimator === undefined) {
    problems.push(unknownEstimator(type, file, [...estimators.keys()]));
    return null;
  }
  const schema = estimator.options as z.ZodType<Record<string, unknown>>;
  const options = schema.safeParse(written);
  if (options.success) return { type, ...options.data };
  problems.push(...zodProblems(options.error, schema, file, ["model"]));
  return null;
}

function unknownEstimator(type: string, file: YamlFile, known: string[]): Problem {
  const position = file.locate(["model", "type"]) ?? file.locate([]);
  return {
    code: "unknown-estimator",
    where: { path: file.path, ...position, key: "model.type" },
    message: "There is no estimator of this name.",
    written: type,
    allowed: known.join(", "),
    remedy: suggestName(type, known, "Write one of the allowed names."),
  };
}

/** Where an experiment expects a text, and where a list of them. */
const texts = ["data", "target", "positive", "key", "time", "labels.data", "labels.key", "split.column"];
const lists = ["data", "exclude", "features", "missing", "labels.key", "format.names"];

/**
 * Where text is expected, `positive: 1.0`, `target: 2024` and `missing: [-200, null]` mean the characters that were
 * typed, not the number or the null that YAML makes of them.
 */
function withTextAsTyped(file: YamlFile, value = file.value, keyPath: readonly string[] = []): unknown {
  if (isMapping(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, withTextAsTyped(file, item, [...keyPath, key])]));
  }
  if (Array.isArray(value) && lists.includes(keyPath.join("."))) {
    return value.map((item, index) =>
      typeof item === "object" && item !== null ? item : (file.written([...keyPath, index]) ?? item),
    );
  }
  const isTyped = texts.includes(keyPath.join(".")) && (typeof value === "number" || typeof value === "boolean");
  return isTyped ? file.written(keyPath) : value;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
