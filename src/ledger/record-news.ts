import type { Queryable } from "../store/database.ts";
import { lockLedger, readNewestPolicyData, readNewestVerdictData } from "../store/ledger-rows.ts";
import { appendRow } from "./append-row.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { LedgerRow } from "./row.ts";
import { type Judged, verdictData } from "./verdict-data.ts";

type Repository = NonNullable<LedgerRow["repository"]>;

/**
 * Appends the verdict on a commit of a pull request, unless the last one recorded for it says the same.
 *
 * @returns whether it was news
 */
export async function recordVerdict(
  transaction: Queryable,
  place: { repository: Repository; number: number; headSha: string },
  judged: Judged,
): Promise<boolean> {
  await lockLedger(transaction);
  const data = verdictData(judged);
  if ((await readNewestVerdictData(transaction, place)) === canonicalJson(data)) return false;
  await appendRow(transaction, { ...place, kind: "verdict", person: null, data });
  return true;
}

/**
 * Appends which policy judges the pull requests of a base branch, unless that is the last one recorded for it. Of a branch that
 * never had one nothing is told.
 *
 * @param base the branch, its tip, and the policy's object id there or what stands for it; empty: it has none
 * @returns whether it was news
 */
export async function recordPolicy(
  transaction: Queryable,
  repository: Repository,
  base: { baseRef: string; commit: string; policy: string },
): Promise<boolean> {
  await lockLedger(transaction);
  const newest = await readNewestPolicyData(transaction, repository.id, base.baseRef);
  const before = newest === null ? "" : (JSON.parse(newest) as { policy: string }).policy;
  if (before === base.policy) return false;
  await appendRow(transaction, {
    kind: "policy",
    repository,
    number: null,
    headSha: null,
    person: null,
    data: { ...base, before },
  });
  return true;
}
