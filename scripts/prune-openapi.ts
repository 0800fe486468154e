/**
 * Writes `emulator/schema/openapi.json.gz`: the operations of GitHub's OpenAPI description that the local GitHub has,
 * with the schemas they refer to, as plain JSON Schema.
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *     node scripts/prune-openapi.ts package/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { RateLimits } from "../emulator/rate-limits.ts";
import { restRoutes } from "../emulator/rest/routes.ts";
import { corrections } from "../emulator/schema/corrections.ts";
import { State } from "../emulator/state.ts";
import { Hookshot } from "../emulator/webhooks/hookshot.ts";
import { servedEvents } from "../emulator/webhooks/served-events.ts";

type Json = Record<string, unknown>;

const [source] = process.argv.slice(2);
if (!source) {
  console.error("usage: node scripts/prune-openapi.ts PATH/api.github.com.json");
  process.exit(2);
}
const description = JSON.parse(readFileSync(source, "utf8")) as Json;
const needed = new Set<string>();
const operations: Record<string, Json> = {};

for (const { operation } of restRoutes(new Hookshot(new State()), new RateLimits()))
  operations[operation] = pruneOperation(operation);
const webhooks = Object.fromEntries(servedEvents.map((event) => [event, pruneWebhook(event)]));
const schemas: Json = {};
for (const name of needed) schemas[name] = toJsonSchema(at(description, ["components", "schemas", name]));
const pruned = { operations, webhooks, schemas };
for (const { path, change } of corrections) {
  const parent = at(pruned, path.slice(0, -1)) as Json;
  const last = path.at(-1) ?? "";
  parent[last] = change(parent[last]);
}

const target = new URL("../emulator/schema/openapi.json.gz", import.meta.url);
const text = JSON.stringify(pruned);
// Level 9 and no time stamp: the same input gives the same file.
writeFileSync(target, gzipSync(text, { level: 9 }));
console.log(
  `${Object.keys(operations).length} operations, ${servedEvents.length} webhooks, ${needed.size} schemas, ${text.length} characters`,
);

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, key) => (found as Json | undefined)?.[key], value);
}

function pruneOperation(operation: string): Json {
  const [method = "", path = ""] = operation.split(" ");
  const found = at(description, ["paths", path, method.toLowerCase()]) as Json | undefined;
  if (!found) throw new Error(`GitHub has no ${operation}`);
  const shared = (at(description, ["paths", path, "parameters"]) ?? []) as Json[];
  const parameters = [...shared, ...((found.parameters ?? []) as Json[])].map(resolve).map((one) => ({
    name: one.name,
    in: one.in,
    required: one.required ?? false,
    schema: toJsonSchema(one.schema),
  }));
  const body = found.requestBody && jsonContent(resolve(found.requestBody as Json));
  const required = found.requestBody ? (resolve(found.requestBody as Json).required ?? false) : false;
  const responses = Object.entries(found.responses as Record<string, Json>).map(([status, response]) => {
    const schema = jsonContent(resolve(response));
    return [status, schema ? toJsonSchema(schema) : null];
  });
  return {
    parameters,
    ...(body ? { body: toJsonSchema(body), bodyRequired: required } : {}),
    responses: Object.fromEntries(responses),
  };
}

function pruneWebhook(event: string): unknown {
  const name = event.replaceAll(/[_.]/g, "-");
  const body = at(description, ["x-webhooks", name, "post", "requestBody"]);
  if (!body) throw new Error(`GitHub sends no ${event}`);
  return toJsonSchema(jsonContent(body as Json));
}

function resolve(value: Json): Json {
  const reference = value.$ref;
  return typeof reference === "string" ? (at(description, reference.slice(2).split("/")) as Json) : value;
}

function jsonContent(value: Json): unknown {
  return at(value, ["content", "application/json", "schema"]);
}

/** OpenAPI 3.0 → JSON Schema: `nullable` becomes a type, words for people go, references become short. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== "object" || value === null) return value;
  const { $ref, nullable } = value as { $ref?: string; nullable?: boolean };
  if ($ref) {
    const name = $ref.split("/").at(-1) ?? "";
    if (!needed.has(name)) {
      needed.add(name);
      collect(at(description, ["components", "schemas", name]));
    }
    return { $ref: `#/schemas/${name}` };
  }
  const dropped = new Set([
    "description",
    "example",
    "examples",
    "title",
    "nullable",
    "deprecated",
    "discriminator",
    "default",
    "externalDocs",
    "readOnly",
  ]);
  const kept: Json = {};
  for (const [key, child] of Object.entries(value)) {
    if (key === "properties") {
      const entries = Object.entries(child as Json).map(([name, one]) => [name, toJsonSchema(one)]);
      kept[key] = Object.fromEntries(entries);
    } else if (!dropped.has(key) && !key.startsWith("x-")) {
      // The variants of many a `oneOf` overlap: answers of GitHub itself match two of them.
      kept[key === "oneOf" ? "anyOf" : key] = key === "enum" || key === "required" ? child : toJsonSchema(child);
    }
  }
  return nullable ? allowNull(kept) : kept;
}

function allowNull(schema: Json): Json {
  if (schema.enum) schema = { ...schema, enum: [...new Set([...(schema.enum as unknown[]), null])] };
  if (typeof schema.type === "string") return { ...schema, type: [schema.type, "null"] };
  return { anyOf: [schema, { type: "null" }] };
}

/** Walks a schema only to note what it refers to. */
function collect(value: unknown): void {
  toJsonSchema(value);
}
