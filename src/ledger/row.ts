import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson, type Plain } from "./canonical-json.ts";
import type { RowKind } from "./row-kinds.ts";

/** SHA-256 as 64 hexadecimal digits. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** One row of the ledger. Its JSON, in canonical form, is a line of an exported file. */
export const ledgerRowSchema = z.strictObject({
  /** From 1, without a gap. */
  seq: z.int().positive(),
  /** When it was appended, as `Date` writes it: ISO 8601, UTC, milliseconds. */
  time: z.iso.datetime({ precision: 3 }),
  kind: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  /** Null where it is about no repository. `name` is `owner/name` at that time; the id stays when it is renamed. */
  repository: z.strictObject({ id: z.int().positive(), name: z.string() }).nullable(),
  /** Of the pull request. */
  number: z.int().positive().nullable(),
  headSha: z.string().nullable(),
  /** Who did it. Null: ModelSync by itself. */
  person: z.string().nullable(),
  data: z.record(z.string(), z.json()),
  /** Hash of the row before. */
  previous: hashSchema,
  /** SHA-256 of the canonical JSON of all other fields. */
  hash: hashSchema,
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;

/** What a caller says of a row; the chain gives it its place. */
export interface NewRow extends Pick<LedgerRow, "repository" | "number" | "headSha" | "person"> {
  kind: RowKind;
  /** Plain data; finite numbers only. */
  data: Readonly<Record<string, Plain>>;
}

/** What the first row of a chain has for a row before it. */
export const noPrevious = "0".repeat(64);

/** The hash that belongs to a row. */
export function hashRow({ hash: _, ...fields }: Omit<LedgerRow, "hash"> & { hash?: string }): string {
  return createHash("sha256")
    .update(canonicalJson(fields as Plain))
    .digest("hex");
}
