import type { WaiverRules } from "../policy/policy.ts";
import { describeEntitled, describeGaps } from "./describe-entitled.ts";
import { isEntitled } from "./is-entitled.ts";
import type { Person } from "./role.ts";
import type { Standing } from "./standing.ts";

/** A finding, and the files that it is about. */
interface AboutFiles {
  fingerprint: string;
  paths: readonly string[];
}

/** Why somebody may not waive what was found, as sentences with code between backticks; null: they may. */
export function whyNotWaive(
  { by, neverAuthor }: WaiverRules,
  person: Person,
  standing: Standing,
  findings: readonly AboutFiles[],
): string[] | null {
  const barred = findings.filter(({ paths }) => !isEntitled(by, person, standing, paths));
  const own = person.isAuthor && neverAuthor;
  if (barred.length === 0 && !own) return null;
  const open = findings.filter((finding) => !barred.includes(finding));
  const paths = [...new Set((barred.length > 0 ? barred : findings).flatMap((finding) => finding.paths))];
  const who = describeEntitled(by, standing, paths);
  const gaps = describeGaps(by, standing, paths);
  if (barred.length === 0 || (own && who === null)) {
    return [
      `Nobody waives on a pull request of their own. Ask ${who ?? "somebody else"} who did not open it to write the same.`,
      ...gaps,
    ];
  }
  if (who === null) return ["Nobody may waive this.", ...gaps];
  const part = open.length === 0 || own ? "" : ` all of this. You may waive ${names(open)}, each by its fingerprint`;
  return [`Only ${who} may waive${part}. Ask one of them to write the same.`, ...gaps];
}

function names(findings: readonly AboutFiles[]): string {
  const first = findings.slice(0, 5).map(({ fingerprint }) => `\`${fingerprint}\``);
  return `${first.join(", ")}${findings.length > 5 ? ` and ${findings.length - 5} more` : ""}`;
}
