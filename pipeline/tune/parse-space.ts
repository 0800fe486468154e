import type { z } from "zod";
import { suggestName } from "../experiment/closest-name.ts";
import { describeSchemas, type JsonSchema, schemasAt, toJsonSchema } from "../experiment/describe-schema.ts";
import { estimators } from "../models/registry.ts";
import { type Outcome, type Problem, refused } from "../problem.ts";
import { formatCount } from "../words.ts";
import { defaultSpaces } from "./default-spaces.ts";
import { type Dimension, list, type OptionValue, range, type SearchSpace } from "./search-space.ts";

const path = "--space";
const maxValues = 100;

/**
 * The space to search for one estimator: its default one, each dimension replaced by what was written for it. An option
 * that the default space does not have is added.
 *
 * Written as `name=low..high` or `name=value,value`; one value alone fixes the option. Every end and every value must be
 * one that the estimator itself would take.
 *
 * @param type an estimator of the registry
 */
export function parseSpace(type: string, written: readonly string[]): Outcome<SearchSpace> {
  const options = toJsonSchema(estimators.get(type)!.options);
  const known = Object.keys(options.properties ?? {});
  if (known.length === 0) return { ok: false, problems: [spaceProblem.nothingToTune(type)] };
  const problems: Problem[] = [];
  const space = new Map((defaultSpaces[type] ?? []).map((dimension) => [dimension.name, dimension]));
  const seen = new Set<string>();
  for (const text of written) {
    const parsed = parseDimension(text, type, options, known);
    if (!parsed.ok) problems.push(...parsed.problems);
    else if (seen.has(parsed.value.name)) problems.push(spaceProblem.repeated(text));
    else {
      seen.add(parsed.value.name);
      space.set(parsed.value.name, parsed.value);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: [...space.values()], notes: [] };
}

function parseDimension(text: string, type: string, options: JsonSchema, known: string[]): Outcome<Dimension> {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(equals, 0)).trim();
  const values = text.slice(equals + 1).trim();
  if (equals < 1 || name === "") return refused(spaceProblem.misspelled(text));
  if (!known.includes(name)) return refused(spaceProblem.unknownOption(name, type, known));
  const allowed = describeSchemas(schemasAt(options, [name]));
  if (values === "") return refused(spaceProblem.empty(text, name, allowed));

  const ends = /^(.+?)\.\.(.+)$/.exec(values);
  const parts = ends === null ? values.split(",").map((part) => part.trim()) : [ends[1]!.trim(), ends[2]!.trim()];
  if (parts.length > maxValues) return refused(spaceProblem.tooMany(name, parts.length));
  const read = parts.map(readValue);
  const problems = parts.flatMap((part, at) =>
    takes(type, name, read[at]!) ? [] : [spaceProblem.notAllowed(name, part, allowed)],
  );
  if (problems.length > 0) return { ok: false, problems };
  if (ends === null) return { ok: true, value: list(name, [...new Set(read)]), notes: [] };

  const [low, high] = read;
  if (typeof low !== "number" || typeof high !== "number") return refused(spaceProblem.notARange(text, name, allowed));
  if (low > high) return refused(spaceProblem.empty(text, name, allowed));
  const integer = schemasAt(options, [name]).some((schema) => schema.type === "integer");
  return { ok: true, value: low === high ? list(name, [low]) : range(name, low, high, integer), notes: [] };
}

/** Words are read as an experiment file would read them. */
function readValue(text: string): OptionValue {
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** True when the estimator's own schema takes this value for this option. */
function takes(type: string, name: string, value: OptionValue): boolean {
  return (estimators.get(type)!.options as z.ZodType).safeParse({ [name]: value }).success;
}

/** Mistakes in how a search space is written. */
const spaceProblem = {
  nothingToTune: (type: string): Problem => ({
    code: "nothing-to-tune",
    where: { path: "--estimator" },
    message: "This estimator has no options, so there is nothing to tune.",
    written: type,
    allowed: Object.keys(defaultSpaces).join(", "),
    remedy: "Name one of the allowed estimators with --estimator.",
  }),
  misspelled: (text: string): Problem => ({
    code: "space-misspelled",
    where: { path },
    message: "This is no search space.",
    written: text.slice(0, 80),
    allowed: "name=low..high, or name=value,value",
    remedy: "Write it as, for example, c=0.01..100.",
  }),
  unknownOption: (name: string, type: string, known: string[]): Problem => ({
    code: "unknown-option",
    where: { path },
    message: `The estimator ${type} has no option of this name.`,
    written: name.slice(0, 80),
    allowed: known.join(", "),
    remedy: suggestName(name, known, "Use one of the allowed names."),
  }),
  empty: (text: string, name: string, allowed: string): Problem => ({
    code: "search-space-empty",
    where: { path },
    message: `The search space of ${name} is empty.`,
    written: text.slice(0, 80),
    allowed: "at least one value, and a range whose low is not above its high",
    remedy: `Write values of ${name} that the estimator takes: ${allowed}.`,
  }),
  notAllowed: (name: string, part: string, allowed: string): Problem => ({
    code: "invalid-option-value",
    where: { path },
    message: `The estimator does not take this value of ${name}.`,
    written: part === "" ? "(nothing)" : part.slice(0, 80),
    allowed,
    remedy: "Write values that are allowed.",
  }),
  notARange: (text: string, name: string, allowed: string): Problem => ({
    code: "space-not-a-range",
    where: { path },
    message: `A range needs two numbers, and ${name} was given something else.`,
    written: text.slice(0, 80),
    allowed,
    remedy: `List the values instead: ${name}=value,value.`,
  }),
  tooMany: (name: string, count: number): Problem => ({
    code: "too-many-values",
    where: { path },
    message: `${formatCount(count)} values are listed for ${name}.`,
    allowed: `at most ${formatCount(maxValues)} values`,
    remedy: "Write a range instead.",
  }),
  repeated: (text: string): Problem => ({
    code: "option-repeated",
    where: { path },
    message: "The search space of this option is written twice.",
    written: text.slice(0, 80),
    remedy: "Keep one of the two.",
  }),
};
