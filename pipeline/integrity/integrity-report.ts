import { z } from "zod";
import { rowSetSchema } from "../match/row-set.ts";

/** What is looked for, with the kind of harm it does. The order is the order of reports. */
export const integrityKinds = {
  /** Hold-out rows that the model has seen in training. */
  "holdout-in-training": "leakage",
  /** Hold-out rows of a period that the model has seen in training. */
  "date-overlap": "leakage",
  /** A feature with other names for the target's values. */
  "target-copy": "leakage",
  /** A feature that alone predicts the target. */
  "single-predictor": "leakage",
  /** Two features that together predict the target, and not alone. */
  "pair-predictor": "leakage",
  /** Features of which the target is a linear combination. */
  "linear-combination": "leakage",
  /** Added features with which a model is near-perfect that was not without them. */
  "near-perfect": "leakage",
  "id-like": "integrity",
  constant: "integrity",
  /** Fewer rows than the base has. */
  "rows-lost": "integrity",
  /** A key of which hardly any value is on both sides. */
  "keys-replaced": "integrity",
  /** Rows that had a label in the base and have none. */
  "labels-lost": "integrity",
  "repeated-rows": "integrity",
  "conflicting-labels": "integrity",
  "mixed-types": "integrity",
  "missing-marker": "integrity",
  "missing-rate": "integrity",
  "class-balance": "integrity",
  "new-categories": "integrity",
  "vanished-categories": "integrity",
  "scale-change": "integrity",
} as const satisfies Record<string, Severity>;

/** leakage: the measured quality is too good to be true. integrity: the data is probably not what it should be. */
const severitySchema = z.enum(["leakage", "integrity"]);
export type Severity = z.infer<typeof severitySchema>;

const kindSchema = z.enum(Object.keys(integrityKinds) as (keyof typeof integrityKinds)[]);
export type IntegrityKind = z.infer<typeof kindSchema>;

/** One thing that is wrong with the head's data. */
const integrityEntrySchema = z
  .object({
    kind: kindSchema,
    severity: severitySchema,
    /** Null when it is about rows or several columns. */
    column: z.string().nullable(),
    /** The features it is about together; `column` is null when they are several. Absent for other kinds. */
    columns: z.array(z.string()).exactOptional(),
    /** How bad, in the unit of its kind (mostly a share): what a threshold is compared with. Larger is worse. */
    value: z.number(),
    /** The base's value; null when the base has no such thing, or there is no base to look at. */
    baseValue: z.number().nullable(),
    /** Null: there is no base to look at. */
    isNew: z.boolean().nullable(),
    /** Numbers and names by field. May hold data text: escape it. */
    evidence: z.record(z.string(), z.union([z.number(), z.string()])),
    /** One sentence without its full stop. May hold data text: escape it. */
    description: z.string(),
    /** The rows it is about: of the head, or for `rows-lost` of the base. Absent when it is about a column or the whole. */
    rows: rowSetSchema.exactOptional(),
  })
  .meta({ id: "IntegrityEntry" });
export type IntegrityEntry = z.infer<typeof integrityEntrySchema>;

/** What is wrong with the head's data, measured against the base's where there is one. Plain data. */
export const integrityReportSchema = z
  .object({
    /** Whether a base was looked at; without one nothing is known to be old, and changes cannot be seen. */
    compared: z.boolean(),
    /** By kind, the worst first; at most `mostEntries` of a kind. */
    entries: z.array(integrityEntrySchema),
    /** Entries that were left out, by kind; kinds without any are absent. */
    omitted: z.partialRecord(kindSchema, z.int().nonnegative()),
  })
  .meta({ id: "IntegrityReport" });
export type IntegrityReport = z.infer<typeof integrityReportSchema>;

/** Entries of one kind in a report: nobody reads more, and a table may have thousands of columns. */
export const mostEntries = 50;
