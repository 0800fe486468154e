import { readYaml } from "../../pipeline/experiment/read-yaml.ts";
import { readablePart } from "../../pipeline/experiment/readable-part.ts";
import { zodProblems } from "../../pipeline/experiment/zod-problems.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { CheckDefaults } from "../verdict/check.ts";
import { checkDefaults } from "./check-defaults.ts";
import { defaultsOf } from "./defaults-of.ts";
import { type Level, type ModelPolicy, newestVersion, type Policy } from "./policy.ts";
import { policyContradictions } from "./policy-contradictions.ts";
import { type KnownChecks, type ParsedPolicy, policySchema } from "./policy-schema.ts";

/** What the schema of every check has beside its options, which no type knows. */
interface WrittenEntry {
  level?: Level;
  waivable: boolean;
  also_block?: readonly string[];
}

/** Repository path of the policy. */
export const policyPath = ".github/modelsync.yml";

/** What a message shows to somebody who has no policy: it gates a metric, because without a gate every model passes. */
export const smallestPolicy = `version: ${newestVersion}, models: [{ id: my-model, experiment: experiment.yml, metrics: { accuracy: { tolerance: 0.01 } } }]`;

/** A hostile file could hold ten thousand mistakes; a person repairs fifty before looking again. */
const maxProblems = 50;

/**
 * Reads a policy file into a complete policy, defaults filled in, or every problem in it.
 *
 * @param text content of the file; untrusted when it comes from a pull request's head
 * @param path repository path of the file, for the problems
 * @param checks the checks that exist; they decide which keys and options are known
 * @param owner whose repository it is, when teams of others are to be a problem: where a policy is proposed. One that judges
 *   goes on judging when the repository changed hands or was forked; those teams then entitle nobody.
 */
export function parsePolicy(
  text: string,
  path: string,
  checks: KnownChecks,
  owner: string | null = null,
): Outcome<Policy> {
  const read = readYaml(text, path);
  if (!read.ok) return read;
  if (read.value.value === null) return { ok: false, problems: [emptyPolicy(path)] };
  const schema = policySchema(checks);
  const parsed = schema.safeParse(read.value.value);
  const problems = parsed.success
    ? policyContradictions(parsed.data, read.value, owner)
    : zodProblems(parsed.error, schema, read.value);
  if (!parsed.success || problems.length > 0) return { ok: false, problems: problems.slice(0, maxProblems) };
  const policy = toPolicy(parsed.data, checks);
  return { ok: true, value: { ...policy, defaults: defaultsOf(policy, read.value.value) }, notes: [] };
}

/** The models of a policy with mistakes, as far as they can be read: what else is wrong with them can be told at the same time. */
export function readableModels(text: string, path: string, checks: KnownChecks): ModelPolicy[] {
  const read = readYaml(text, path);
  const written = read.ok ? (read.value.value as { models?: unknown } | null)?.models : undefined;
  return (readablePart(policySchema(checks).shape.models, written) ?? []).map(toModelPolicy);
}

function emptyPolicy(path: string): Problem {
  return {
    code: "empty-policy",
    where: { path, line: 1, column: 1 },
    message: "The policy is empty.",
    allowed: `a mapping with at least \`version: ${newestVersion}\``,
    remedy: `Write \`version: ${newestVersion}\` and the models to review, or delete the file.`,
  };
}

function toPolicy(parsed: ParsedPolicy, checks: KnownChecks): Policy {
  return {
    version: parsed.version,
    models: parsed.models.map(toModelPolicy),
    checks: Object.fromEntries(
      Object.entries(parsed.checks).map(([id, entry]) => [
        id,
        toEntry(entry, checkDefaults(checks.get(id)!, parsed.version)),
      ]),
    ),
    exempt: parsed.exempt,
    waivers: {
      by: parsed.waivers.by,
      neverAuthor: parsed.waivers.never_author,
      maxDays: parsed.waivers.max_days,
      byTick: parsed.waivers.by_tick,
    },
    issues: parsed.issues,
  };
}

/** Which kinds also block is said of a check that warns, and of no other: it would mean nothing there. */
function toEntry(entry: ParsedPolicy["checks"][string], defaults: CheckDefaults): Policy["checks"][string] {
  const {
    level = defaults.level,
    waivable,
    also_block: kinds = defaults.alsoBlock,
    ...options
  } = entry as WrittenEntry;
  return {
    level,
    options,
    ...(waivable ? {} : { waivable }),
    ...(level === "warn" && kinds.length > 0 ? { alsoBlock: [...kinds] } : {}),
  };
}

function toModelPolicy({
  drift,
  metrics,
  anchor,
  holdout_reuse_warning: warning,
  ...model
}: ParsedPolicy["models"][number]): ModelPolicy {
  const { minimum_rows: minimumRows, current, reference, ...rest } = drift;
  const gates = Object.entries(metrics).flatMap(([id, gate]) => (gate === undefined ? [] : [[id, gate] as const]));
  return {
    ...model,
    metrics: Object.fromEntries(gates),
    drift: {
      ...rest,
      minimumRows,
      ...(current === undefined ? {} : { current }),
      ...(reference === undefined ? {} : { reference }),
    },
    ...(anchor === undefined ? {} : { anchor }),
    ...(warning === undefined ? {} : { holdoutReuseWarning: warning }),
  };
}
