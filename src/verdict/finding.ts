import { z } from "zod";
import { rowSetSchema } from "../../pipeline/match/row-set.ts";

/** One thing a check says. */
export const findingSchema = z
  .object({
    check: z.string(),
    /** Stable across pushes: a digest of check, model, metric, slice, column … but not of the measured numbers. */
    fingerprint: z.string(),
    title: z.string(),
    /** Numbers and names by field; tests compare this. */
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    remedy: z.string(),
    /** In a check that fails for other findings: of this one it can't tell. */
    unclear: z.literal(true).exactOptional(),
    /** The base has it already, and nothing that it is about changed: alone it only warns. */
    inherited: z.literal(true).exactOptional(),
    path: z.string().exactOptional(),
    line: z.int().positive().exactOptional(),
    model: z.string().exactOptional(),
    metric: z.string().exactOptional(),
    slice: z.string().exactOptional(),
    column: z.string().exactOptional(),
    /** The rows that it is about, where it is about rows: a waiver holds for these. */
    rows: rowSetSchema.exactOptional(),
  })
  .meta({ id: "Finding" });
export type Finding = z.infer<typeof findingSchema>;

/** Larger is worse. Numbers of two units can't be compared. */
export interface Badness {
  value: number;
  unit: string;
}

/** How bad the findings of a check are, where that is a number: a waiver holds until it grows. */
export interface BadnessRule {
  /** What grows, in words, for the documentation: `the effect size`. */
  docs: string;
  /** Null: for this finding it is no number, and a waiver holds while its evidence stays the same. */
  of(finding: Finding): Badness | null;
}

/** What kinds of finding a check tells apart. */
export interface FindingKinds {
  names: readonly string[];
  /** Null: it is of none of these. */
  of(finding: Finding): string | null;
}
