import type { Problem } from "../../pipeline/problem.ts";
import type { Merged } from "../facts/moved-base.ts";

type Unmerged = Exclude<Merged, { state: "merged" }>;

/** Why what would be merged can't be judged. */
export function mergeProblem(unmerged: Unmerged, ref: string, experimentPath: string): Problem {
  const moved = `${ref} changed what this model reads since this branch left it`;
  const where = { path: experimentPath };
  const update = `merge ${ref} into it`;
  switch (unmerged.state) {
    case "conflict":
      return {
        code: "merge-conflict",
        where,
        message: `${moved}, and the two have a conflict, so there is nothing that could be merged.`,
        remedy: `Update the branch: ${update}, resolve the conflict and push.`,
      };
    case "not-ready":
      return {
        code: "merge-not-ready",
        where,
        message: `${moved}, and GitHub has not said yet what merging the two gives.`,
        remedy: `Ask again in a minute, or update the branch: ${update}.`,
      };
    case "failed":
      return {
        code: "merge-failed",
        where,
        message: `${moved}, and git could not merge the two here.`,
        written: unmerged.detail,
        allowed: "git 2.38 or newer, and the whole history",
        remedy: `Update the branch: ${update}.`,
      };
  }
}
