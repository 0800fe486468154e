import { z } from "zod";
import { defaultDriftOptions } from "../../pipeline/drift/default-drift-options.ts";
import { repositoryPath } from "../../pipeline/experiment/repository-path.ts";
import type { RefinementParams } from "../../pipeline/experiment/zod-problems.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import type { Check } from "../verdict/check.ts";
import { defaultInWords } from "./check-defaults.ts";
import { groupSchema } from "./group.ts";
import { newestVersion, policyVersions, usualReuseWarning, usualWaiverRules } from "./policy.ts";

/** What a policy file needs to know of a check. */
export type KnownCheck = Pick<Check, "id" | "title" | "defaultLevel" | "defaultsSince" | "kinds" | "options" | "docs">;

/** The checks that exist, by id: they decide which keys `checks` may have and which options each takes. */
export type KnownChecks = ReadonlyMap<string, KnownCheck>;

const columnName = z.string().min(1).max(500);

const modelId = z
  .string()
  .max(64)
  .refine((id) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id), {
    message: "The id of a model is not a plain name.",
    params: {
      code: "bad-model-id",
      allowed: "letters, digits, dots, underscores and hyphens, starting with a letter or digit",
      remedy: "Rename the model, for example to income or churn-v2.",
    } satisfies RefinementParams,
  })
  .meta({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" });

const isRevision = /^(?![-/])(?!.*(?:\.\.|@\{|\/\/))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u;

const revisionName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => isRevision.test(name), {
    message: "The anchor is not the name of a tag, a branch or a commit.",
    params: {
      code: "bad-anchor",
      allowed: "a name as git has them: no blanks, no .., none of ~^:?*[ and no hyphen at the start",
      remedy: "Name a tag, a branch or a commit, for example v1.4.",
    } satisfies RefinementParams,
  });

const metricGate = z
  .strictObject({
    tolerance: z.number().min(0).default(0).describe("Largest worsening that is accepted, in the metric's own unit."),
    min: z.number().nullable().default(null).describe("The head's value may not be below this."),
    max: z.number().nullable().default(null).describe("The head's value may not be above this."),
  })
  .describe("A gate on one metric.");

const driftOptions = z.strictObject({
  exclude: z.array(columnName).max(10_000).default([]).describe("Columns that may drift."),
  share: z
    .number()
    .gt(0)
    .max(1)
    .default(defaultDriftOptions.share)
    .describe("Share of drifted columns from which the data set as a whole counts as drifted."),
  level: z
    .number()
    .gt(0)
    .lt(1)
    .default(defaultDriftOptions.level)
    .describe("Corrected q below this, with the effect at or over its threshold, means drift."),
  minimum_rows: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(defaultDriftOptions.minimumRows)
    .describe("With fewer rows on either side there is not enough data to tell."),
  thresholds: z
    .strictObject({
      numeric: z
        .number()
        .gt(0)
        .default(defaultDriftOptions.thresholds.numeric)
        .describe("Effect size from which a numeric column drifts."),
      categorical: z
        .number()
        .gt(0)
        .default(defaultDriftOptions.thresholds.categorical)
        .describe("Effect size from which a categorical column drifts."),
    })
    .prefault({})
    .describe("Effect sizes that count."),
  current: z
    .enum(["all", "added"])
    .optional()
    .describe(
      "What is compared: all of the head's rows, or only those that the base's data does not have. Unless told otherwise: all.",
    ),
  reference: repositoryPath
    .optional()
    .describe(
      "A data file at the base that drift is measured against, for example what the accepted model was trained on. Without it, the base's data.",
    ),
});

const modelSchema = z.strictObject({
  id: modelId.describe("Name of the model in comments and criteria."),
  experiment: repositoryPath.describe("The model's experiment file, relative to the repository root."),
  metrics: z
    .strictObject(
      Object.fromEntries(
        [...metrics.values()].map((metric) => [
          metric.id,
          metricGate.optional().describe(`${metric.title}: ${metric.direction} is better.`),
        ]),
      ),
    )
    .prefault({})
    .describe("Metrics that gate a change, with how much worse each may get."),
  slices: z.array(columnName).max(50).default([]).describe("Columns whose values are also measured one by one."),
  drift: driftOptions.prefault({}).describe("What counts as drift of this model's data."),
  level: z.number().gt(0.5).lt(1).default(0.95).describe("Confidence level of intervals."),
  anchor: revisionName
    .optional()
    .describe(
      "A tag, a branch or a commit with which the head is compared as well, so that small losses don't add up. Without it, the sum of the last changes is only shown.",
    ),
  holdout_reuse_warning: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      `When more different models than this were judged on one hold-out, holdout-reuse finds it worn out. Unless told otherwise: ${usualReuseWarning}.`,
    ),
});

const levels = "block: a failure blocks the merge. warn: it is only shown. off: the check does not run.";

/** What may be written in a policy file, given the checks that exist. */
export function policySchema(checks: KnownChecks) {
  return z.strictObject({
    version: z
      .literal(policyVersions)
      .describe("Version of this file's format. Newer ones have other defaults.")
      .meta({ examples: [newestVersion] }),
    models: z.array(modelSchema).max(50).default([]).describe("The models of this repository."),
    checks: z
      .strictObject(Object.fromEntries([...checks.values()].map((check) => [check.id, checkSchema(check)])))
      .prefault({})
      .describe("Level and options of each check."),
    exempt: z
      .strictObject({
        bots: z
          .array(z.string().min(1).max(100))
          .max(50)
          .default([])
          .describe(
            "Bot accounts whose pull requests need no linked issue, checklist or labels, for example dependabot.",
          ),
      })
      .prefault({})
      .describe("Who is exempt from the collaboration checks."),
    waivers: z
      .strictObject({
        by: z
          .array(groupSchema)
          .min(1)
          .max(10)
          .default(usualWaiverRules.by)
          .describe(
            'Who may: maintainers (roles maintain and admin), writers (everybody who may write to the repository), "@organization/team" (its members) or CODEOWNERS (the owners of the files that a finding is about).',
          ),
        never_author: z
          .boolean()
          .default(usualWaiverRules.neverAuthor)
          .describe("Whoever opened a pull request waives nothing on it."),
        max_days: z
          .int()
          .min(1)
          .max(3650)
          .default(usualWaiverRules.maxDays)
          .describe("Days for which a waiver may hold, and for which it holds without `until:`."),
        by_tick: z
          .boolean()
          .default(usualWaiverRules.byTick)
          .describe("A tick in ModelSync's comment waives as well. `false` where every waiver needs a written reason."),
      })
      .prefault({})
      .describe("Who may accept what a check found on a pull request, by the comment `/modelsync waive`."),
    issues: z
      .strictObject({
        repositories: z
          .array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, "expected OWNER/NAME"))
          .max(20)
          .default([])
          .describe(
            "Public repositories, as OWNER/NAME, whose issues count as well. Whoever may edit those issues sets labels and acceptance criteria.",
          ),
      })
      .prefault({})
      .describe("Which issues count when a pull request is linked to them: those of its own repository, and these."),
  });
}

/** Levels have no default here: it depends on the version, which is another key of the file. */
function checkSchema(check: KnownCheck) {
  const options = check.options as z.ZodObject;
  const level = defaultInWords(check, (defaults) => defaults.level);
  return z
    .strictObject({
      level: z.enum(["block", "warn", "off"]).optional().describe(`${levels} Unless told otherwise: ${level}.`),
      waivable: z.boolean().default(true).describe("Whether what it finds may be waived."),
      ...(check.kinds === undefined ? {} : { also_block: alsoBlockSchema(check, check.kinds.names) }),
      ...options.shape,
    })
    .prefault({})
    .describe(check.docs.summary);
}

function alsoBlockSchema(check: KnownCheck, kinds: readonly string[]) {
  const words = defaultInWords(check, ({ alsoBlock }) => (alsoBlock.length === 0 ? "none" : alsoBlock.join(", ")));
  return z
    .array(z.enum(kinds))
    .max(kinds.length)
    .optional()
    .describe(`Kinds of finding that block also where the level is warn. Unless told otherwise: ${words}.`);
}

/** A policy file as the schema reads it: with defaults but for levels, and for kinds that also block. */
export type ParsedPolicy = z.infer<ReturnType<typeof policySchema>>;
