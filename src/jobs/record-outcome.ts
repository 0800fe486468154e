import type { PullRequest } from "../facts/facts.ts";
import { recordPolicy, recordVerdict } from "../ledger/record-news.ts";
import type { Judged } from "../ledger/verdict-data.ts";
import type { Queryable } from "../store/database.ts";
import { type Evaluated, type PullRequestRecord, recordEvaluation } from "../store/pull-requests.ts";

/**
 * The verdict of a generation is out: remembers it, and appends to the ledger what is new in it. A verdict
 * that stands as it was, for the same commit, is no news.
 *
 * @param base of the pull request, when its policy was looked at
 */
export async function recordOutcome(
  transaction: Queryable,
  record: PullRequestRecord,
  done: Evaluated & { engine: string; policyOid: string | null },
  judged: Pick<Judged, "title" | "verdict" | "mergeBase">,
  base: PullRequest["base"] | null,
): Promise<void> {
  const repository = { id: record.repositoryId, name: `${record.owner}/${record.name}` };
  const { headSha, baseRef, conclusion, engine, policyOid: policy } = done;
  await recordEvaluation(transaction, record, done);
  if (base !== null && policy !== null) {
    await recordPolicy(transaction, repository, { baseRef, commit: base.sha, policy });
  }
  if (conclusion === null) return;
  const place = { repository, number: record.number, headSha };
  await recordVerdict(transaction, place, { ...judged, conclusion, baseRef, policy, engine });
}
