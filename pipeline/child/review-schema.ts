import { z } from "zod";
import { integrityKinds } from "../integrity/integrity-report.ts";

/**
 * The shape of a `ModelReview` as it comes back from a child or from a saved file.
 *
 * It guards a boundary: what passes can be shown and judged without a crash. Unknown keys are kept, so a field added to
 * the type needs no change here unless something relies on it.
 */
const count = z.number().int().nonnegative();
const names = z.array(z.string());
const numberOrNull = z.number().nullable();
const columnType = z.enum(["numeric", "categorical"]);
const object = z.looseObject;

export const problemSchema = object({
  code: z.string(),
  where: object({
    path: z.string(),
    line: z.number().optional(),
    column: z.number().optional(),
    key: z.string().optional(),
  }),
  message: z.string(),
  written: z.string().optional(),
  allowed: z.string().optional(),
  remedy: z.string(),
});
const problems = z.array(problemSchema);

const profile = object({
  rows: count,
  columns: z.array(
    z.discriminatedUnion("type", [
      object({
        name: z.string(),
        type: z.literal("numeric"),
        missing: count,
        distinct: count,
        summary: object({
          min: z.number(),
          q25: z.number(),
          median: z.number(),
          q75: z.number(),
          max: z.number(),
          mean: z.number(),
          sd: z.number(),
        }).nullable(),
      }),
      object({
        name: z.string(),
        type: z.literal("categorical"),
        missing: count,
        distinct: count,
        top: z.array(object({ value: z.string(), count })),
      }),
    ]),
  ),
  format: object({
    delimiter: z.string(),
    encoding: z.string(),
    lineEnding: z.enum(["lf", "crlf", "cr", "mixed"]),
    bom: z.boolean(),
  }),
});

const metricValue = z.union([object({ value: z.number() }), object({ value: z.null(), reason: z.string() })]);

export const runSummarySchema = object({
  key: z.string(),
  task: z.enum(["binary", "multiclass", "regression"]),
  target: z.string(),
  classes: names,
  positive: z.string().nullable(),
  rows: object({ total: count, train: count, holdout: count, dropped: count }),
  features: z.array(object({ name: z.string(), type: columnType })),
  metrics: z.record(z.string(), metricValue),
  confusion: z.array(z.array(z.number())).nullable(),
  profile,
  lineage: object({
    engine: z.string(),
    dataPath: z.string(),
    dataBlob: z.string(),
    dataFiles: z.array(object({ path: z.string(), blob: z.string() })).optional(),
    dataPaths: names.optional(),
    experimentDigest: z.string(),
    modelDigest: z.string(),
    seed: z.number(),
    estimator: z.string(),
    fit: object({ iterations: z.number(), converged: z.boolean(), objective: numberOrNull }),
    timings: z.record(z.string(), z.number()),
  }),
  notes: problems,
});

const side = z.discriminatedUnion("state", [
  object({ state: z.literal("ran"), commit: z.string(), run: runSummarySchema, cached: z.boolean() }),
  object({ state: z.literal("problems"), commit: z.string(), problems }),
  object({ state: z.literal("absent"), commit: z.string() }),
]);

const interval = object({ low: z.number(), high: z.number(), level: z.number() }).nullable();

const caution = z.discriminatedUnion("kind", [
  object({
    kind: z.literal("few-rows"),
    unit: z.enum(["row", "group"]),
    count,
    of: count,
    share: z.number(),
  }),
  object({ kind: z.literal("few-groups"), groups: count }),
  object({ kind: z.literal("uneven-groups"), groups: count, alike: count }),
  object({ kind: z.literal("class-in-few-groups"), alike: count }),
  object({ kind: z.literal("rare-class"), rows: count }),
  object({ kind: z.literal("few-disagreements"), rows: count }),
  object({ kind: z.literal("biased"), rows: count }),
]);

const metricComparison = object({
  metric: z.string(),
  title: z.string(),
  direction: z.enum(["higher", "lower"]),
  base: numberOrNull,
  head: numberOrNull,
  difference: numberOrNull,
  interval,
  test: z.string(),
  p: numberOrNull,
  adjustedP: numberOrNull,
  q: z.number().optional(),
  tolerance: z.number(),
  gated: z.boolean(),
  smallestDetectable: numberOrNull,
  caution: caution.optional(),
  verdict: z.enum(["improved", "regressed", "no-detectable-change", "underpowered", "incomparable"]),
  reason: z.string().nullable(),
});

const slice = object({ column: z.string(), value: z.string() });

const discovery = object({
  slices: z.array(object({ conditions: z.array(slice), rows: count, measuredOn: count, metric: metricComparison })),
  searched: count,
  measured: count,
  reason: z.string().nullable(),
});

const attributedPart = object({ difference: z.number(), interval }).nullable();

const attribution = object({
  rows: count,
  reason: z.string().nullable(),
  metrics: z.array(
    object({
      metric: z.string(),
      title: z.string(),
      total: numberOrNull,
      data: attributedPart,
      experiment: attributedPart,
      interaction: numberOrNull,
      reason: z.string().nullable(),
    }),
  ),
});

const comparison = object({
  status: z.enum(["compared", "incomparable"]),
  reasons: names,
  holdout: object({
    base: count,
    head: count,
    common: count,
    digest: z.string().optional(),
    lostHarder: z.boolean().optional(),
  }),
  level: z.number(),
  metrics: z.array(metricComparison),
  slices: z.array(
    object({
      slice,
      rows: count,
      metrics: z.array(metricComparison),
    }),
  ),
  discovery: discovery.optional(),
  attribution: attribution.optional(),
});

const schemaDiff = object({
  added: names,
  removed: names,
  renamed: z.array(object({ from: z.string(), to: z.string(), similarity: z.number() })),
  moved: z.array(object({ from: z.string(), to: z.string(), similarity: z.number() })).optional(),
  retyped: z.array(
    object({
      column: z.string(),
      from: columnType,
      to: columnType,
      texts: object({ cells: count, values: names }).optional(),
    }),
  ),
  target: object({ added: names, removed: names }).nullable(),
  rows: object({ base: count, head: count, added: count, removed: count, changed: count.optional(), common: count }),
  cells: z.array(object({ column: z.string(), changed: count })).optional(),
  rewritten: z.array(object({ column: z.string(), spelling: z.string().optional() })).optional(),
  resorted: z.literal(true).optional(),
  format: z.array(object({ what: z.string(), from: z.string(), to: z.string() })).optional(),
});

const driftAnswer = z.enum(["drifted", "stable", "not-enough-data", "not-comparable"]);
const bothSides = object({ base: z.number(), head: z.number() });

const multivariate = object({
  answer: driftAnswer,
  area: numberOrNull,
  interval,
  effect: numberOrNull,
  threshold: z.number(),
  rows: bothSides,
  columns: z.array(object({ column: z.string(), loss: z.number() })),
  description: z.string(),
});

const drift = object({
  answer: driftAnswer,
  rule: z.string(),
  columns: z.array(
    object({
      column: z.string(),
      type: columnType,
      role: z.enum(["feature", "target", "prediction"]),
      answer: driftAnswer,
      statistic: z.string(),
      effect: numberOrNull,
      threshold: z.number(),
      test: z.string(),
      p: numberOrNull,
      q: numberOrNull,
      statistics: z.record(z.string(), numberOrNull),
      rows: bothSides,
      missing: bothSides,
      description: z.string(),
    }),
  ),
  reference: z.string().optional(),
  multivariate: multivariate.optional(),
});

const integrity = object({
  compared: z.boolean(),
  entries: z.array(
    object({
      kind: z.enum(Object.keys(integrityKinds) as (keyof typeof integrityKinds)[]),
      severity: z.enum(["leakage", "integrity"]),
      column: z.string().nullable(),
      value: z.number(),
      baseValue: numberOrNull,
      isNew: z.boolean().nullable(),
      evidence: z.record(z.string(), z.union([z.number(), z.string()])),
      description: z.string(),
    }),
  ),
  omitted: z.record(z.string(), count),
});

const review = object({
  model: z.string(),
  experimentPath: z.string(),
  base: side,
  head: side,
  changed: object({ data: z.boolean(), experiment: z.boolean() }).nullable(),
  comparison: comparison.nullable(),
  schema: schemaDiff.nullable(),
  drift: drift.nullable(),
  integrity: integrity.nullable().optional(),
});

export const engineReviewSchema = object({ engine: z.string(), review });

export const modelReviewSchema = review.extend({ earlier: engineReviewSchema.optional() });
