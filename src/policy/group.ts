import { z } from "zod";
import { closestName } from "../../pipeline/experiment/closest-name.ts";
import type { RefinementParams } from "../../pipeline/experiment/zod-problems.ts";

/** The words that name people by what they may do or own. A team is named as `@organization/team`. */
const groupWords = ["maintainers", "writers", "CODEOWNERS"] as const;

/** What a path of a team holds, as GitHub makes it from the team's name. */
const teamPattern = "^@[A-Za-z0-9_-]{1,39}/[A-Za-z0-9_-]{1,100}$";
const team = new RegExp(teamPattern);

export interface TeamName {
  organization: string;
  slug: string;
}

/** Null: it names no team. */
export function parseTeam(written: string): TeamName | null {
  if (!team.test(written)) return null;
  const [organization = "", slug = ""] = written.slice(1).split("/");
  return { organization, slug };
}

/** Who a rule of the policy names. */
export const groupSchema = z
  .string()
  .superRefine((written, context) => {
    if (groupWords.some((word) => word === written) || team.test(written)) return;
    context.addIssue({
      code: "custom",
      message: `Nobody is named by ${describe(written)}.`,
      params: adviceOn(written),
    });
  })
  .meta({ anyOf: [{ enum: [...groupWords] }, { pattern: teamPattern }] });

const allowed = `${groupWords.join(", ")}, or a team as "@organization/team"`;

function adviceOn(written: string): RefinementParams {
  const closest = closestName(written, groupWords);
  if (closest !== null) return { allowed, remedy: `Did you mean ${closest}?` };
  if (/^[\w-]+\/[\w-]+$/.test(written)) return { allowed, remedy: `Did you mean "@${written}"?` };
  if (/^@[\w-]+$/.test(written)) return { allowed, remedy: "Single people can't be named; name a team they are in." };
  if (written.startsWith("@")) {
    return { allowed, remedy: "Write the team as its address at GitHub ends: letters, digits and hyphens." };
  }
  return { allowed, remedy: `Write ${allowed}.` };
}

function describe(written: string): string {
  return /^[\w@/-]{1,60}$/.test(written) ? written : "this value";
}
