import { describeSchemas, type JsonSchema, toJsonSchema } from "../pipeline/experiment/describe-schema.ts";
import { experimentSchema } from "../pipeline/experiment/experiment-schema.ts";
import type { EstimatorOptions } from "../pipeline/experiment/parse-experiment.ts";
import { fillSections } from "./fill-sections.ts";

/** What of a data format is told. */
export interface DescribedFormat {
  title: string;
  hint?: string;
  options: readonly string[];
}

type Described = JsonSchema & { default?: unknown; required?: string[] };

/**
 * The page `docs/experiment.md` with its tables of fields, formats and estimators made anew from the code.
 */
export function experimentDocs(
  page: string,
  estimators: EstimatorOptions,
  formats: readonly DescribedFormat[],
): string {
  return fillSections(page, {
    fields: fieldsTable(),
    formats: formatsTable(formats),
    estimators: estimatorsTable(estimators),
  });
}

function fieldsTable(): string {
  const root: Described = toJsonSchema(experimentSchema);
  return table("field", fieldRows(root, ""));
}

function fieldRows({ properties = {}, required = [] }: Described, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]: [string, Described]) => {
    const field = `${prefix}${name}`;
    const inner = Object.keys(schema.properties ?? {});
    // What a model may be told is the estimator's to say.
    if (inner.length > 0 && name !== "model") return fieldRows(schema, `${field}.`);
    if (!required.includes(name)) return [row(field, schema)];
    return [row(field, schema, prefix === "" ? "required" : `needed in \`${prefix.slice(0, -1)}\``)];
  });
}

function estimatorsTable(estimators: EstimatorOptions): string {
  const rows = [...estimators].flatMap(([type, { options }]) =>
    Object.entries(toJsonSchema(options).properties ?? {}).map(([name, schema]) => row(`${type}: ${name}`, schema)),
  );
  return table("estimator and option", rows);
}

function formatsTable(formats: readonly DescribedFormat[]): string {
  const rows = formats.map(({ title, hint, options }) => {
    const taken = options.map((option) => `\`format.${option}\``).join(", ");
    return `| ${hint === undefined ? title : `${title}: ${hint}`} | ${taken} |`;
  });
  return ["| a file in the format | takes |", "|---|---|", ...rows].join("\n");
}

function table(title: string, rows: string[]): string {
  return [`| ${title} | allowed | default | |`, "|---|---|---|---|", ...rows].join("\n");
}

function row(name: string, schema: Described, instead?: string): string {
  const written = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
  return `| \`${name}\` | ${cell(describeSchemas(alternatives(schema)))} | ${cell(instead ?? written)} | ${cell(schema.description ?? "")} |`;
}

function alternatives(schema: Described): JsonSchema[] {
  return schema.anyOf ?? [schema];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
