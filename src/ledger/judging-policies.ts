import { z } from "zod";
import type { StoredRow } from "../store/ledger-rows.ts";

const judgedBySchema = z.object({ baseRef: z.string(), policy: z.string() });

/**
 * The rows about policies that verdicts refer to: of each verdict, the last one before it about that base branch, if it is that policy.
 *
 * @param rows of policies and verdicts, in order; what can't be read refers to nothing
 * @param isWanted whether a verdict counts
 * @returns their numbers
 */
export function judgingPolicies(
  rows: Iterable<Pick<StoredRow, "seq" | "time" | "kind" | "data">>,
  isWanted: (time: string) => boolean,
): Set<number> {
  const newest = new Map<string, { seq: number; policy: string }>();
  const found = new Set<number>();
  for (const { seq, time, kind, data } of rows) {
    const judgedBy = readData(data);
    if (judgedBy === null) continue;
    const { baseRef, policy } = judgedBy;
    if (kind === "policy") newest.set(baseRef, { seq, policy });
    else if (newest.get(baseRef)?.policy === policy && isWanted(time)) found.add(newest.get(baseRef)!.seq);
  }
  return found;
}

function readData(text: string): z.infer<typeof judgedBySchema> | null {
  try {
    return judgedBySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
