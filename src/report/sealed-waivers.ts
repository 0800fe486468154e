import { z } from "zod";
import { type Waiver, waiverSchema, withoutRowNames } from "../verdict/waiver.ts";
import { sizeOf } from "./fit-markdown.ts";
import { openSeal, seal } from "./seal.ts";

/** Which pull request a seal is for. */
interface Place {
  repositoryId: number;
  number: number;
}

/** GitHub refuses a longer comment. */
const commentLimit = 65_536;
/** So few rows of a finding are a line of a kilobyte. */
const fewNames = 100;

/**
 * The comment with its waivers in a hidden line, so that an App without its database finds them again. The line is signed,
 * because everybody who may write to the repository may edit the App's comment. Where the comment has no room for the names of
 * all accepted rows, their digest stands for them; where it has none for that either, the line is left out.
 */
export function withSealedWaivers(comment: string, waivers: readonly Waiver[], place: Place, key: Buffer): string {
  if (waivers.length === 0) return comment;
  for (const mostNames of [Number.POSITIVE_INFINITY, fewNames, 0]) {
    const kept = waivers.map(({ findings, ...waiver }) => ({
      ...waiver,
      findings: findings.map((finding) => withoutRowNames(finding, mostNames)),
    }));
    const sealed = `${comment}${seal("waivers", kept, nameOf(place), key)}`;
    if (sizeOf(sealed) <= commentLimit) return sealed;
  }
  return comment;
}

/** The waivers of a comment of ours; empty when it has none, or when anybody else wrote that line. */
export function openSealedWaivers(comment: string, place: Place, key: Buffer): Waiver[] {
  // An older version may have written another form.
  const waivers = z.array(waiverSchema).safeParse(openSeal("waivers", comment, nameOf(place), key));
  return waivers.success ? waivers.data : [];
}

function nameOf({ repositoryId, number }: Place): string {
  return `${repositoryId}#${number}`;
}
