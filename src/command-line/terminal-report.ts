import { formatCount } from "../../pipeline/words.ts";
import type { Facts } from "../facts/facts.ts";
import { mergedModels } from "../facts/merged-models.ts";
import { reviewedModels } from "../facts/model-state.ts";
import type { Level } from "../policy/policy.ts";
import { mergeSlices } from "../report/merge-slices.ts";
import { levelsOf } from "../report/model-view.ts";
import type { CheckOutcome, Verdict } from "../verdict/verdict.ts";
import { describeEngineChange } from "../words/engine-change.ts";
import { groupWaived, type WaivedGroup } from "../words/waived-findings.ts";
import { plainText } from "./plain-text.ts";
import { showNumber } from "./show-number.ts";
import { showProblems } from "./show-problems.ts";
import { modelSection } from "./terminal-model.ts";
import { capped, mark, type Paint } from "./terminal-parts.ts";

/** A verdict for a person at a terminal: the sentence first, then the numbers of each model, then every check. */
export function terminalReport(verdict: Verdict, facts: Facts, paint: Paint): string {
  const slices: Level = verdict.outcomes.find(({ id }) => id === "slice-regression")?.level ?? "off";
  const levels = { ...levelsOf(verdict.outcomes), slices };
  const sections = [
    `${mark(verdict.conclusion === "pass" ? "pass" : "fail", paint)} ${paint("bold", `ModelSync: ${plainText(verdict.sentence.replaceAll("`", ""))}`)}\n` +
      `  ${whatWasCompared(facts)}`,
    verdict.engineChange === undefined
      ? ""
      : plainText(describeEngineChange(verdict.engineChange, verdict.conclusion).replaceAll("`", "")),
    ...reviewedModels(facts).flatMap((model) =>
      model.review === null ? [] : [modelSection(model, model.review, levels, paint)],
    ),
    policySection(facts),
    verdict.problems.length === 0 ? "" : showProblems(verdict.problems),
    verdict.outcomes.length === 0 ? "" : verdict.outcomes.map((outcome) => checkLines(outcome, paint)).join("\n"),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function whatWasCompared(facts: Facts): string {
  const { base, head, mergeBase } = facts.pullRequest;
  const merged = mergedModels(facts);
  const [ours, theirs] = [`${commit(head.sha)} (${plainText(head.ref)})`, plainText(base.ref)];
  const merge = `merged into ${commit(base.sha)} (${theirs}) with ${commit(base.sha)}`;
  const why = `because ${theirs} changed what is measured`;
  if (merged.length === 0) return `Compared ${ours} with ${commit(mergeBase)} (${theirs}).`;
  if (merged.length === facts.models.length) return `Compared ${ours} ${merge}, ${why} since this branch left it.`;
  const names = merged.map((id) => plainText(id)).join(", ");
  return `Compared ${ours} with ${commit(mergeBase)} (${theirs}), but for ${names} ${merge}, ${why} there since this branch left it.`;
}

function commit(sha: string): string {
  return plainText(sha.slice(0, 7));
}

function policySection({ policyChange }: Facts): string {
  if (policyChange.state === "removed") return "This change removes the policy. It was judged by the old one.";
  if (policyChange.state !== "changed") return "";
  const lines = capped(policyChange.preview.map((line) => `  ${plainText(line)}`));
  return ["This change edits the policy. It was judged by the old one. After the merge:", ...lines].join("\n");
}

function checkLines({ id, level, result, waived = [] }: CheckOutcome, paint: Paint): string {
  const bad = result.answer === "fail" || result.answer === "cannot-tell";
  const sign = bad ? (level === "block" ? "fail" : "warn") : result.answer === "pass" ? "pass" : "same";
  const lines = [`${mark(sign, paint)} ${paint("bold", id)}  ${plainText(result.summary)}`];
  if (bad) {
    const { shown, more } = mergeSlices(result.findings);
    const findings = shown.map(({ title, remedy }) => {
      const what = `    ${plainText(title)}`;
      return remedy === "" ? what : `${what}\n      ${paint("dim", plainText(remedy))}`;
    });
    lines.push(...findings, ...(more === null ? [] : [`    ${more}`]));
  }
  lines.push(...groupWaived(waived).map(waivedLine));
  return lines.join("\n");
}

/** What somebody accepted, and who, why and until when; or why it counts no longer. */
function waivedLine({ waiver, holds, worse, why, findings, more }: WaivedGroup): string {
  const { by, given, until, reason } = waiver;
  const numbers = ({ was, now, rows }: WaivedGroup["findings"][number]) => [
    ...(rows === undefined ? [] : [` (${rows})`]),
    ...(worse ? [` (${showNumber(was)} → ${showNumber(now)})`] : []),
  ];
  const what = findings.map((one) => plainText(one.title) + numbers(one).join("")).join("; ");
  const who = holds
    ? `waived by ${plainText(by)} until ${until}`
    : `the waiver of ${plainText(by)} of ${given.slice(0, 10)} holds no longer, because ${plainText(why)}`;
  const rest = more === 0 ? "" : ` and ${formatCount(more)} more`;
  return `    ${who}: ${what}${rest}\n      Reason: ${plainText(reason)}`;
}
