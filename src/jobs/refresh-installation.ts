import type { AppClient } from "../github/app-client.ts";
import { isInstalled, listInstallationRepositories } from "../github/app-installations.ts";
import { recordCoverage } from "../store/covered-repositories.ts";
import type { Database, Queryable } from "../store/database.ts";
import { recordInstallation } from "../store/installations.ts";
import type { Queue } from "../store/job-queue.ts";

/**
 * Asks GitHub whether the App may work for an installation and which repositories it covers, and records the answer.
 * Events about installations come late, twice and in any order, so none of them decides by itself.
 *
 * Repositories that are new, or all when `whole` says so, get a job that looks at their open pull requests.
 *
 * @param also runs in the same transaction
 */
export async function refreshInstallation(
  { database, queue, github }: { database: Database; queue: Queue; github: AppClient },
  installationId: number,
  whole: boolean,
  also: (transaction: Queryable) => Promise<void> = async () => {},
): Promise<void> {
  const active = await isInstalled(await github.asApp(), installationId);
  const listed = active ? await listInstallationRepositories(await github.asInstallation(installationId)) : [];
  await database.transaction(async (transaction) => {
    await recordInstallation(transaction, installationId, active);
    const added = await recordCoverage(transaction, installationId, listed);
    for (const { id: repositoryId, owner, name } of whole ? listed : added) {
      const request = { kind: "repository", installationId, repositoryId, owner, name, missingOnly: false } as const;
      await queue.sendFanOut(transaction, request, null);
    }
    await also(transaction);
  });
}
