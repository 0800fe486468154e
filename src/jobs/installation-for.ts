import type { Logger } from "pino";
import type { AppClient } from "../github/app-client.ts";
import { coveringInstallation } from "../store/covered-repositories.ts";
import type { Database } from "../store/database.ts";
import { countDropped } from "../store/installations.ts";
import type { Queue } from "../store/job-queue.ts";
import { refreshInstallation } from "./refresh-installation.ts";

/**
 * The installation by which the App may work for a repository. When the database knows the one that an event named, that
 * is the answer. Else GitHub is asked: the event may be older than a new installation or a transfer.
 *
 * Null leaves a line in the log: a job that is dropped in silence looks like an App that is well.
 */
export async function installationFor(
  ports: { database: Database; queue: Queue; github: AppClient; log: Logger },
  { installationId, repositoryId }: { installationId: number; repositoryId: number },
): Promise<number | null> {
  const { database, log } = ports;
  if ((await coveringInstallation(database, repositoryId)) === installationId) return installationId;
  await refreshInstallation(ports, installationId, false);
  const present = await coveringInstallation(database, repositoryId);
  if (present !== null) return present;
  const dropped = await countDropped(database, installationId);
  log.warn({ installationId, repositoryId, dropped }, "dropped a job: the App is not installed there, or suspended");
  return null;
}
