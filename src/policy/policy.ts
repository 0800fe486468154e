import { z } from "zod";
import { driftOptionsSchema } from "../../pipeline/drift/drift-report.ts";

/** The versions of the file's format, the newest last. An older one keeps its defaults for ever. */
export const policyVersions = [1, 2] as const;
export type PolicyVersion = (typeof policyVersions)[number];

export const newestVersion: PolicyVersion = 2;

const levelSchema = z.enum(["block", "warn", "off"]);
export type Level = z.infer<typeof levelSchema>;

/** Who may accept what a check found, and for how long. */
export const waiverRulesSchema = z
  .object({
    /**
     * `maintainers`: whoever may maintain or administer the repository. `writers`: whoever may write to it.
     * `@organization/team`: its members. `CODEOWNERS`: the owners of the files that a finding is about.
     */
    by: z.array(z.string()),
    /** Whoever opened the pull request may not, whatever else they may. */
    neverAuthor: z.boolean(),
    /** A waiver holds for at most so many days. */
    maxDays: z.number(),
    /** A tick in the comment waives as well, without a written reason. */
    byTick: z.boolean().default(true),
  })
  .meta({ id: "WaiverRules" });
export type WaiverRules = z.infer<typeof waiverRulesSchema>;

export const usualWaiverRules: WaiverRules = { by: ["maintainers"], neverAuthor: true, maxDays: 90, byTick: true };

const modelPolicySchema = z
  .object({
    id: z.string(),
    /** Repository path of the experiment file. */
    experiment: z.string(),
    /** Gated metrics by id. `tolerance` in the metric's unit; `min` and `max` are absolute limits for the head. */
    metrics: z.record(
      z.string(),
      z.object({ tolerance: z.number(), min: z.number().nullable(), max: z.number().nullable() }),
    ),
    slices: z.array(z.string()),
    drift: driftOptionsSchema.extend({
      /** Repository path of the pinned data that drift is measured against; absent: the base's data. */
      reference: z.string().exactOptional(),
    }),
    /** Confidence level of intervals. */
    level: z.number(),
    /** A tag, a branch or a commit with which heads are compared as well; absent: none. */
    anchor: z.string().exactOptional(),
    /** From more pull requests on than this, the report warns that the hold-out was used too often. Absent: 50. */
    holdoutReuseWarning: z.number().exactOptional(),
  })
  .meta({ id: "ModelPolicy" });
export type ModelPolicy = z.infer<typeof modelPolicySchema>;

/** `.github/modelsync.yml` of the base branch, after defaults. */
export const loadedPolicySchema = z
  .object({
    version: z.literal(policyVersions),
    models: z.array(modelPolicySchema),
    /** By check id, every known check: its level and its validated options. */
    checks: z.record(
      z.string(),
      z.object({
        level: levelSchema,
        options: z.unknown(),
        /** Only there where nobody may waive what the check finds. */
        waivable: z.literal(false).exactOptional(),
        /** Kinds of finding that block although the level is `warn`; only there where there are some. */
        alsoBlock: z.array(z.string()).exactOptional(),
      }),
    ),
    exempt: z.object({ bots: z.array(z.string()) }),
    waivers: waiverRulesSchema.default(usualWaiverRules),
    /** Repositories, as `owner/name`, whose issues count beside those of the pull request's own. */
    issues: z.object({ repositories: z.array(z.string()) }).default({ repositories: [] }),
    /**
     * What the file does not say, as keys in it: `checks.data-drift.level`. Absent in facts that were saved before this was known.
     */
    defaults: z.array(z.string()).exactOptional(),
  })
  .meta({ id: "Policy" });
export type Policy = z.infer<typeof loadedPolicySchema>;

/**
 * Pull requests that one hold-out may judge before the report warns. When the best of k equally good models is kept, its
 * measured value is too high by about √(2 ln k) standard errors: 2.8 of them after 50, more than most tolerances.
 */
export const usualReuseWarning = 50;
