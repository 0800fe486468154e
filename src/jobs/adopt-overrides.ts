import type { RepositoryClient } from "../github/app-client.ts";
import { checkRunName } from "../github/check-run-name.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { listCheckRuns } from "../github/list-check-runs.ts";
import { appendRow } from "../ledger/append-row.ts";
import { openSealedOverride } from "../report/sealed-override.ts";
import { recordOverride, unreadOverrides } from "../store/overrides.ts";
import { askTwins } from "./request-review.ts";
import type { ReviewPorts } from "./review-ports.ts";

/**
 * Reads the overrides that were published by hand on the head of a pull request while the server was away, or before its
 * database was lost: each is remembered and appended to the ledger once, and those that share the check are told. Costs a call
 * only where there is one that is not known.
 */
export async function adoptOverrides(
  { database, queue, sealKey }: Pick<ReviewPorts, "database" | "queue" | "sealKey">,
  client: RepositoryClient,
  { pullRequest, repository, overrides }: FetchedPullRequest,
): Promise<void> {
  if (overrides.length === 0) return;
  const unread = await unreadOverrides(database, client.repositoryId, overrides);
  if (unread.length === 0) return;
  const headSha = pullRequest.head.sha;
  const baseRef = pullRequest.base.ref;
  const place = { repositoryId: client.repositoryId, headSha, baseRef };
  const runs = await listCheckRuns(client, { headSha, name: checkRunName(baseRef) });
  for (const { id: checkRunId, reference, text } of runs.reverse()) {
    const override = unread.includes(reference) ? openSealedOverride(text, place, sealKey) : null;
    if (override === null) continue;
    const { number, by, reason, given } = override;
    await database.transaction(async (transaction) => {
      if (!(await recordOverride(transaction, { ...place, ...override, reference, checkRunId }))) return;
      await askTwins(transaction, queue, { ...place, number: pullRequest.number ?? number }, place);
      await appendRow(transaction, {
        kind: "override",
        repository: { id: client.repositoryId, name: `${repository.owner}/${repository.name}` },
        number,
        headSha,
        person: by,
        data: { baseRef, reason, given, checkRun: checkRunId },
      });
    });
  }
}
