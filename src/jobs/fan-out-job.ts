import type { FanOut } from "../events/effect.ts";
import type { AppClient } from "../github/app-client.ts";
import { listInstallationRepositories, listOpenPullRequests } from "../github/list-open-pull-requests.ts";
import type { Database } from "../store/database.ts";
import { markProcessed } from "../store/deliveries.ts";
import { pullRequestsLinkedTo } from "../store/linked-issues.ts";
import { type PullRequestHint, pullRequestsAtCommit, readPullRequest } from "../store/pull-requests.ts";
import type { Queue } from "./queue.ts";
import { requestReview } from "./request-review.ts";

export interface FanOutPorts {
  database: Database;
  queue: Queue;
  github: AppClient;
}

/** Finds the pull requests that an event concerns and asks for a review of each. */
export async function fanOut(ports: FanOutPorts, request: FanOut & { guid: string | null }): Promise<void> {
  const { database, queue } = ports;
  if (request.kind === "installation") {
    const repositories = request.repositories ?? (await repositoriesOf(ports, request.installationId));
    const { installationId } = request;
    await database.transaction(async (transaction) => {
      for (const { id: repositoryId, owner, name } of repositories) {
        await queue.sendFanOut(transaction, { kind: "repository", installationId, repositoryId, owner, name }, null);
      }
      if (request.guid !== null) await markProcessed(transaction, request.guid);
    });
    return;
  }
  const hints = await findPullRequests(ports, request);
  const forced = request.kind === "rerun";
  const background = request.kind === "base" || request.kind === "repository";
  await database.transaction(async (transaction) => {
    for (const hint of hints) await requestReview(transaction, queue, hint, { forced, background });
    if (request.guid !== null) await markProcessed(transaction, request.guid);
  });
}

async function findPullRequests(
  { database, github }: FanOutPorts,
  request: Exclude<FanOut, { kind: "installation" }>,
): Promise<PullRequestHint[]> {
  switch (request.kind) {
    case "issue": {
      const keys = await pullRequestsLinkedTo(database, request);
      const records = await Promise.all(keys.map((key) => readPullRequest(database, key)));
      return records.filter((record) => record !== null);
    }
    case "rerun": {
      const records = await pullRequestsAtCommit(database, request.repositoryId, request.headSha);
      return records.filter(({ baseRef }) => request.baseRef === null || baseRef === request.baseRef);
    }
    default: {
      const { installationId, repositoryId: id, owner, name } = request;
      const client = await github.forRepository(installationId, { id, owner, name });
      return listOpenPullRequests(client, installationId, request.kind === "base" ? request.baseRef : null);
    }
  }
}

async function repositoriesOf({ github }: FanOutPorts, installationId: number) {
  return listInstallationRepositories(await github.asInstallation(installationId));
}
