import { type Level, type ModelPolicy, type Policy, usualReuseWarning } from "./policy.ts";

const strictness: Record<Level, number> = { off: 0, warn: 1, block: 2 };

type Gate = ModelPolicy["metrics"][string];

/**
 * What a changed policy would change, one sentence each, so that a reviewer sees a lowered bar at once.
 * The judging policy stays `before` until the change is merged. Empty when only comments or layout changed.
 *
 * @example diffPolicy(before, after); // ["roc_auc tolerance of income: 0.005 → 0.05 (looser)"]
 */
export function diffPolicy(before: Policy, after: Policy): string[] {
  return [
    ...changed("version of the policy", before.version, after.version),
    ...diffModels(before.models, after.models),
    ...diffChecks(before, after),
    ...changedList("exempt bots", before.exempt.bots, after.exempt.bots),
    ...changedList("who may waive", before.waivers.by, after.waivers.by),
    ...changed(
      "authors may waive on their own pull requests",
      yesNo(!before.waivers.neverAuthor),
      yesNo(!after.waivers.neverAuthor),
      (_, now) => (now === "yes" ? "looser" : "stricter"),
    ),
    ...changed("a tick waives", yesNo(before.waivers.byTick), yesNo(after.waivers.byTick), (_, now) =>
      now === "yes" ? "looser" : "stricter",
    ),
    ...changed("days that a waiver may hold", before.waivers.maxDays, after.waivers.maxDays, looserWhenHigher),
    ...changedList("repositories whose issues count", before.issues.repositories, after.issues.repositories),
  ];
}

/** Whether a sentence of `diffPolicy` says that a bar is lowered. */
export function isLooser(sentence: string): boolean {
  return sentence.endsWith(looserMark);
}

const looserMark = "(looser)";

function diffModels(before: ModelPolicy[], after: ModelPolicy[]): string[] {
  const old = new Map(before.map((model) => [model.id, model]));
  const kept = new Set(after.map((model) => model.id));
  return [
    ...before.filter(({ id }) => !kept.has(id)).map(({ id }) => `model ${id} is no longer reviewed (looser)`),
    ...after.flatMap((model) => {
      const earlier = old.get(model.id);
      return earlier === undefined
        ? [`model ${model.id} is reviewed from now on${gatesNothing(model) ? ", with nothing gated" : ""} (stricter)`]
        : diffModel(earlier, model);
    }),
  ];
}

function gatesNothing({ metrics }: ModelPolicy): boolean {
  return Object.keys(metrics).length === 0;
}

function diffModel(before: ModelPolicy, after: ModelPolicy): string[] {
  const { id } = after;
  const metrics = new Set([...Object.keys(before.metrics), ...Object.keys(after.metrics)]);
  return [
    ...changed(`experiment of ${id}`, before.experiment, after.experiment),
    ...[...metrics].flatMap((metric) => diffGate(id, metric, before.metrics[metric], after.metrics[metric])),
    ...changedList(`slices of ${id}`, before.slices, after.slices, "stricter"),
    ...changedList(`columns of ${id} that may drift`, before.drift.exclude, after.drift.exclude),
    ...changed(
      `drift threshold of ${id} for numeric columns`,
      before.drift.thresholds.numeric,
      after.drift.thresholds.numeric,
      looserWhenHigher,
    ),
    ...changed(
      `drift threshold of ${id} for categorical columns`,
      before.drift.thresholds.categorical,
      after.drift.thresholds.categorical,
      looserWhenHigher,
    ),
    ...changed(`rows of ${id} that drift looks at`, before.drift.current ?? "all", after.drift.current ?? "all"),
    ...changed(
      `reference of drift of ${id}`,
      before.drift.reference ?? "the base",
      after.drift.reference ?? "the base",
    ),
    ...changed(`drift share of ${id}`, before.drift.share, after.drift.share, looserWhenHigher),
    ...changed(`drift level of ${id}`, before.drift.level, after.drift.level, stricterWhenHigher),
    ...changed(`minimum rows for drift of ${id}`, before.drift.minimumRows, after.drift.minimumRows, looserWhenHigher),
    ...changed(`anchor of ${id}`, before.anchor ?? null, after.anchor ?? null, (_, now) =>
      now === null || before.anchor !== undefined ? "looser" : "stricter",
    ),
    ...changed(`confidence level of ${id}`, before.level, after.level, looserWhenHigher),
    ...changed(
      `uses of the hold-out of ${id} before a warning`,
      before.holdoutReuseWarning ?? usualReuseWarning,
      after.holdoutReuseWarning ?? usualReuseWarning,
      looserWhenHigher,
    ),
  ];
}

function diffGate(id: string, metric: string, before: Gate | undefined, after: Gate | undefined): string[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [`${metric} of ${id} is gated from now on (stricter)`];
  if (after === undefined) return [`${metric} of ${id} is no longer gated (looser)`];
  return [
    ...changed(`${metric} tolerance of ${id}`, before.tolerance, after.tolerance, looserWhenHigher),
    ...changed(`${metric} minimum of ${id}`, before.min, after.min, stricterWhenHigher),
    ...changed(`${metric} maximum of ${id}`, before.max, after.max, looserWhenHigher),
  ];
}

function diffChecks(before: Policy, after: Policy): string[] {
  const ids = [...new Set([...Object.keys(before.checks), ...Object.keys(after.checks)])].sort();
  return ids.flatMap((id) => {
    const old = before.checks[id];
    const next = after.checks[id];
    if (old === undefined || next === undefined) return [];
    return [
      ...changed(`level of ${id}`, old.level, next.level, (a, b) =>
        strictness[a as Level] > strictness[b as Level] ? "looser" : "stricter",
      ),
      ...changedList(`what of ${id} blocks also where it warns`, old.alsoBlock ?? [], next.alsoBlock ?? [], "stricter"),
      ...changed(
        `what ${id} finds may be waived`,
        yesNo(old.waivable !== false),
        yesNo(next.waivable !== false),
        (_, now) => (now === "yes" ? "looser" : "stricter"),
      ),
      ...diffOptions(id, old.options as Record<string, unknown>, next.options as Record<string, unknown>),
    ];
  });
}

/** Which of two options is the stricter one is the check's own business, so it is not judged here. */
function diffOptions(id: string, before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return Object.keys(after).flatMap((key) => changed(`${key} of ${id}`, show(before[key]), show(after[key])));
}

function yesNo(is: boolean): string {
  return is ? "yes" : "no";
}

function show(option: unknown): string {
  return Array.isArray(option) ? list(option.map(String)) : String(option);
}

type Value = string | number | null;

function changed(what: string, before: Value, after: Value, judge?: (before: Value, after: Value) => string): string[] {
  if (before === after) return [];
  const judged = judge === undefined ? "" : ` (${judge(before, after)})`;
  return [`${what}: ${before ?? "none"} → ${after ?? "none"}${judged}`];
}

/** `more`: what a longer list is. A list that lost one and got another is both, which counts as looser. */
function changedList(
  what: string,
  before: string[],
  after: string[],
  more: "looser" | "stricter" = "looser",
): string[] {
  const [larger, smaller] = more === "looser" ? [after, before] : [before, after];
  const looser = larger.some((name) => !smaller.includes(name));
  const stricter = smaller.some((name) => !larger.includes(name));
  const judge = looser ? () => "looser" : stricter ? () => "stricter" : undefined;
  return changed(what, list(before), list(after), judge);
}

/** A limit that is gone limits nothing. */
function looserWhenHigher(before: Value, after: Value): string {
  return after === null || (before !== null && after > before) ? "looser" : "stricter";
}

function stricterWhenHigher(before: Value, after: Value): string {
  return after !== null && (before === null || after > before) ? "stricter" : "looser";
}

function list(names: string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
