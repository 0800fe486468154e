import type { z } from "zod";
import type { Problem, ProblemCode } from "../problem.ts";
import { shortenText } from "../words.ts";
import { suggestName } from "./closest-name.ts";
import { describeSchemas, type JsonSchema, schemasAt, toJsonSchema } from "./describe-schema.ts";
import type { YamlFile } from "./read-yaml.ts";

/** What a refinement may pass as `params` to word its own problem. */
export interface RefinementParams {
  code?: ProblemCode;
  allowed?: string;
  remedy?: string;
}

/**
 * Turns every issue of a failed parse into a problem with its place in the YAML file, what was written there and
 * what is allowed. An unknown key is answered with the closest known one.
 *
 * @param error what `schema.safeParse` returned
 * @param schema the schema that was applied
 * @param file the file that was read
 * @param prefix key path inside the file of the value that was parsed; empty for the whole file
 */
export function zodProblems(
  error: z.ZodError,
  schema: z.ZodType,
  file: YamlFile,
  prefix: readonly PropertyKey[] = [],
): Problem[] {
  const root = toJsonSchema(schema);
  return error.issues.flatMap((issue) => {
    const place = (path: readonly PropertyKey[]) => where(file, [...prefix, ...path]);
    if (issue.code === "unrecognized_keys") {
      const known = knownKeys(schemasAt(root, issue.path));
      return issue.keys.map((key) => unknownKey(place([...issue.path, key]), key, known));
    }
    return [invalidValue(issue, root, file, place(issue.path), [...prefix, ...issue.path])];
  });
}

function unknownKey(where: Problem["where"], key: string, known: string[]): Problem {
  return {
    code: "unknown-key",
    where,
    message: `There is no key ${shorten(key)} here.`,
    written: shorten(key),
    allowed: known.join(", "),
    remedy: suggestName(key, known, "Remove the key, or use one of the allowed ones."),
  };
}

function invalidValue(
  issue: z.core.$ZodIssue,
  root: JsonSchema,
  file: YamlFile,
  where: Problem["where"],
  keyPath: readonly PropertyKey[],
): Problem {
  const missing = file.locate(keyPath) === undefined;
  const params: RefinementParams = issue.code === "custom" ? (issue.params ?? {}) : {};
  const schemas = schemasAt(root, issue.path);
  const allowed = params.allowed ?? describeSchemas(schemas);
  const name = where.key === "" || where.key === undefined ? "the file" : where.key;
  const written = missing ? undefined : quoteWritten(file, keyPath);
  return {
    code: params.code ?? (missing ? "missing-key" : "invalid-value"),
    where,
    message: missing
      ? `The key ${name} is missing.`
      : issue.code === "custom"
        ? issue.message
        : `The value of ${name} is not allowed.`,
    ...(written === undefined ? {} : { written }),
    ...(allowed === "" ? {} : { allowed }),
    remedy:
      params.remedy ??
      (missing ? `Add ${name}: ${schemas[0]?.examples?.[0] ?? allowed}.` : `Write ${allowed || "an allowed value"}.`),
  };
}

function where(file: YamlFile, keyPath: readonly PropertyKey[]): Problem["where"] {
  for (let length = keyPath.length; length >= 0; length--) {
    const position = file.locate(keyPath.slice(0, length));
    if (position !== undefined) return { path: file.path, ...position, key: keyName(keyPath) };
  }
  return { path: file.path, key: keyName(keyPath) };
}

/** `models[0].metrics.roc_auc`: the way people point at a key. */
function keyName(keyPath: readonly PropertyKey[]): string {
  return shorten(
    keyPath.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i > 0 ? "." : ""}${String(part)}`)).join(""),
  );
}

function quoteWritten(file: YamlFile, keyPath: readonly PropertyKey[]): string {
  const source = file.written(keyPath);
  let value = file.value;
  for (const key of keyPath) value = (value as Record<PropertyKey, unknown> | null)?.[key];
  // Without its quotes nobody would see what is wrong with the text "2".
  if (source !== undefined && !(typeof value === "string" && readsAsOther.test(value))) return shorten(source);
  return shorten(JSON.stringify(value) ?? "");
}

/** A text that YAML would take for a number, a truth value or null if it stood there without quotes. */
const readsAsOther = /^(?:[-+]?\.?\d[\d._eExXoO+-]*|true|false|null|~)$/i;

function knownKeys(schemas: readonly JsonSchema[]): string[] {
  return [...new Set(schemas.flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function shorten(text: string): string {
  const cut = shortenText(text, 80);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return cut.replace(/[\u0000-\u001f\u007f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
