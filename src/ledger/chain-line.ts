import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson, type Plain } from "./canonical-json.ts";
import { hashSchema, type LedgerRow, ledgerRowSchema } from "./row.ts";

/** Stands in an exported file for rows that were not asked for: what comes after them can still be linked to what came before. */
const omittedSchema = z.strictObject({
  omitted: z.strictObject({ from: z.int().positive(), to: z.int().positive() }),
  /** Hash of the row before the first of them. */
  previous: hashSchema,
  /** Hash of the last of them. */
  last: hashSchema,
  /** SHA-256 of the canonical JSON of all other fields. */
  hash: hashSchema,
});
export type Omitted = z.infer<typeof omittedSchema>;

/** A row as a line of an exported file, without its end. */
export function rowLine(row: LedgerRow): string {
  return canonicalJson(row as Plain);
}

export function omittedLine(fields: Omit<Omitted, "hash">): string {
  return canonicalJson({ ...fields, hash: hashOmitted(fields) });
}

export function hashOmitted({ omitted, previous, last }: Omit<Omitted, "hash">): string {
  return createHash("sha256").update(canonicalJson({ omitted, previous, last })).digest("hex");
}

/** A line, if it is one to the byte: other white space, another order of keys or a field more is none. */
export function parseLine(line: string): { row: LedgerRow } | { omitted: Omitted } | null {
  try {
    const value = JSON.parse(line);
    if (canonicalJson(value) !== line) return null;
    // Not what the schema makes of it: that would lose a key named __proto__.
    if (ledgerRowSchema.safeParse(value).success) return { row: value };
    return omittedSchema.safeParse(value).success ? { omitted: value } : null;
  } catch {
    // No JSON, or nested so deeply that nothing can be said of it.
    return null;
  }
}
