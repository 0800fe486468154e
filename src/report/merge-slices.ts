import { metrics } from "../../pipeline/metrics/registry.ts";
import { formatCount } from "../../pipeline/words.ts";
import type { Finding } from "../verdict/check.ts";
import { type Loss, largestFirst } from "../words/loss-size.ts";

/** What a list shows of a finding: those about one slice are one, with the numbers of each metric. */
export interface ShownFinding extends Finding {
  /** Of every finding that it stands for. */
  fingerprints: string[];
  metrics: { title: string; evidence: Finding["evidence"] }[];
}

const shownSlices = 3;
const shownFindings = 10;

/**
 * Findings as a reader should see them: one per slice that got worse, the three worst first, or at most ten of another
 * kind. A remedy that the next one has as well stands there only. `more` counts the slices or findings that are left out.
 */
export function mergeSlices(findings: Finding[]): { shown: ShownFinding[]; more: string | null } {
  const slices = findings.filter(isSlice);
  const merged = mergeAll(slices);
  const others = findings
    .filter((finding) => !isSlice(finding))
    .map((finding) => ({ ...finding, fingerprints: [finding.fingerprint], metrics: [] }));
  const shown = [...merged.slice(0, shownSlices), ...others.slice(0, shownFindings)];
  const left = merged.length + others.length - shown.length;
  const noun = others.length > shownFindings ? "" : left === 1 ? " slice" : " slices";
  return {
    shown: shown.map((finding, index) =>
      isSlice(finding) && shown[index + 1]?.remedy === finding.remedy ? { ...finding, remedy: "" } : finding,
    ),
    more: left === 0 ? null : `and ${formatCount(left)} more${noun}`,
  };
}

function isSlice({ slice, evidence }: Finding): boolean {
  return slice !== undefined && evidence.verdict === "regressed";
}

function mergeAll(findings: Finding[]): ShownFinding[] {
  const groups = Map.groupBy(findings, ({ model, slice, evidence }) =>
    JSON.stringify([model, slice, evidence.discovered]),
  );
  return [...groups.values()]
    .map((group) => group.toSorted((a, b) => largestFirst(lossOf(a), lossOf(b))))
    .toSorted((a, b) => Number(isFound(a[0]!)) - Number(isFound(b[0]!)) || largestFirst(lossOf(a[0]!), lossOf(b[0]!)))
    .map(mergeSlice);
}

function mergeSlice(group: Finding[]): ShownFinding {
  const [first] = group as [Finding, ...Finding[]];
  const measured = group.map(({ metric = "", evidence }) => ({
    title: metrics.get(metric)?.title ?? metric,
    evidence,
  }));
  const fingerprints = group.map(({ fingerprint }) => fingerprint);
  if (group.length === 1) return { ...first, fingerprints, metrics: measured };
  const titles = measured.map(({ title }) => title);
  const named = `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
  return {
    ...first,
    title: `${named} of ${first.model} got worse where ${first.slice}`,
    fingerprints,
    metrics: measured,
  };
}

function isFound({ evidence }: Finding): boolean {
  return evidence.discovered === true;
}

function lossOf({ metric = "", evidence: { base, difference } }: Finding): Loss {
  const numberOr = (value: unknown) => (typeof value === "number" ? value : null);
  return { metric, base: numberOr(base), difference: numberOr(difference) };
}
