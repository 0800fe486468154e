import { z } from "zod";

/** The part of a JSON Schema that error messages use. */
export interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  description?: string;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** The JSON Schema of what people write, before defaults. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

/** The schemas that apply at a key path: several when a union is on the way, none when nothing is allowed there. */
export function schemasAt(root: JsonSchema, keyPath: readonly PropertyKey[]): JsonSchema[] {
  let current = alternatives(root);
  for (const key of keyPath) current = current.flatMap((schema) => child(schema, key)).flatMap(alternatives);
  return current;
}

/**
 * What a schema allows, in words.
 *
 * @example describeSchemas([{ type: "integer", minimum: 1, maximum: 3 }]); // "a whole number, at least 1, at most 3"
 */
export function describeSchemas(schemas: readonly JsonSchema[]): string {
  const words = new Set(schemas.map(describe).filter((text) => text !== ""));
  return [...words].join(" or ");
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  return parts === undefined ? [schema] : parts.flatMap(alternatives);
}

function child(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  if (typeof key === "number") return [schema.prefixItems?.[key] ?? schema.items].filter((item) => item !== undefined);
  const name = String(key);
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, name)) return [schema.properties[name]!];
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}

function describe(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map(quote).join(", ");
  if (schema.const !== undefined) return quote(schema.const);
  switch (schema.type) {
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    case "string":
      return `text${lengths(schema.minLength, schema.maxLength, "characters")}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "array":
      return `a list${lengths(schema.minItems, schema.maxItems, "entries")}`;
    case "object": {
      const keys = Object.keys(schema.properties ?? {});
      return keys.length > 0 ? `a mapping with the keys ${keys.join(", ")}` : "a mapping";
    }
    default:
      return "";
  }
}

function range(schema: JsonSchema): string {
  // Zod writes the safe-integer limits into every integer schema; they tell a reader nothing.
  const limits: [string, number | undefined][] = [
    ["at least", schema.minimum === Number.MIN_SAFE_INTEGER ? undefined : schema.minimum],
    ["over", schema.exclusiveMinimum],
    ["at most", schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum],
    ["under", schema.exclusiveMaximum],
  ];
  return limits.map(([words, limit]) => (limit === undefined ? "" : `, ${words} ${limit}`)).join("");
}

function lengths(least: number | undefined, most: number | undefined, unit: string): string {
  const lower = least === 1 ? ", not empty" : least !== undefined && least > 1 ? `, at least ${least} ${unit}` : "";
  return most === undefined ? lower : `${lower}, at most ${most} ${unit}`;
}

function quote(value: unknown): string {
  return typeof value === "string" && !/^[\w.-]+$/.test(value) ? JSON.stringify(value) : String(value);
}
