import type { Logger } from "pino";
import type { FanOut } from "../events/effect.ts";
import type { AppClient, RepositoryClient } from "../github/app-client.ts";
import { listOpenPullRequests } from "../github/list-open-pull-requests.ts";
import { RateLimited } from "../github/rate-limited.ts";
import type { Database, Queryable } from "../store/database.ts";
import { markProcessed } from "../store/deliveries.ts";
import type { Queue } from "../store/job-queue.ts";
import { pullRequestsLinkedTo } from "../store/linked-issues.ts";
import { type PullRequestHint, pullRequestsAtCommit, pullRequestsOf, readPullRequest } from "../store/pull-requests.ts";
import type { Check } from "../verdict/check.ts";
import { installationFor } from "./installation-for.ts";
import { refreshInstallation } from "./refresh-installation.ts";
import { requestReview } from "./request-review.ts";
import { runCommands } from "./run-commands.ts";
import { takeTicks } from "./take-ticks.ts";
import { asksForIssues, withoutVerdict } from "./without-verdict.ts";

type RepositoryPlace = Pick<PullRequestHint, "installationId" | "repositoryId" | "owner" | "name">;

export interface FanOutPorts {
  database: Database;
  queue: Queue;
  github: AppClient;
  checks: ReadonlyMap<string, Check>;
  log: Logger;
}

/** Finds the pull requests that an event concerns and asks for a review of each, or carries out what a comment asks for. */
export async function fanOut(ports: FanOutPorts, job: FanOut & { guid: string | null }): Promise<void> {
  try {
    await spread(ports, job);
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    const { guid, ...request } = job;
    await ports.queue.sendFanOut(ports.database, request, guid, error.until);
  }
}

async function spread(ports: FanOutPorts, request: FanOut & { guid: string | null }): Promise<void> {
  const { database, queue } = ports;
  const done = async (transaction: Queryable) => {
    if (request.guid !== null) await markProcessed(transaction, request.guid);
  };
  if (request.kind === "installation") {
    return refreshInstallation(ports, request.installationId, request.whole, done);
  }
  const installationId = await installationFor(ports, request);
  if (installationId === null) return done(database);
  if (request.kind === "command") {
    await runCommands(ports, { ...request, installationId });
    return done(database);
  }
  if (request.kind === "boxes") {
    await takeTicks(ports, { ...request, installationId });
    return done(database);
  }
  const hints = await findPullRequests(ports, { ...request, installationId });
  const forced = request.kind === "rerun";
  const background = request.kind === "base" || request.kind === "repository";
  await database.transaction(async (transaction) => {
    for (const hint of hints) await requestReview(transaction, queue, hint, { forced, background });
    await done(transaction);
  });
}

async function findPullRequests(
  { database, github }: FanOutPorts,
  request: Exclude<FanOut, { kind: "installation" | "command" | "boxes" }>,
): Promise<PullRequestHint[]> {
  switch (request.kind) {
    case "issue": {
      const keys = await pullRequestsLinkedTo(database, request);
      const records = await Promise.all(keys.map((key) => readPullRequest(database, key)));
      const known = records.filter((record) => record !== null);
      const asked = await Promise.all(known.map((record) => asksForIssues(database, record)));
      return known.filter((_, index) => asked[index]);
    }
    case "rerun": {
      const records = await pullRequestsAtCommit(database, request.repositoryId, request.headSha);
      const known: PullRequestHint[] = records.length > 0 ? records : await listHere(github, request, request.baseRef);
      return known.filter(
        ({ headSha, baseRef }) => headSha === request.headSha && (request.baseRef ?? baseRef) === baseRef,
      );
    }
    case "base":
      return listHere(github, request, request.baseRef);
    case "repository": {
      const client = await clientFor(github, request);
      const hints = await listOpenPullRequests(client, request.installationId, null);
      // Of what was closed while GitHub told nothing, only the review finds it, and tells those that shared its commit.
      const listed = new Set(hints.map(({ number }) => number));
      const gone = (await pullRequestsOf(database, request.repositoryId)).filter(({ number }) => !listed.has(number));
      return [...(request.missingOnly ? await withoutVerdict(database, client, hints) : hints), ...gone];
    }
  }
}

async function listHere(github: AppClient, place: RepositoryPlace, baseRef: string | null): Promise<PullRequestHint[]> {
  return listOpenPullRequests(await clientFor(github, place), place.installationId, baseRef);
}

function clientFor(github: AppClient, place: RepositoryPlace): Promise<RepositoryClient> {
  return github.forRepository(place.installationId, { ...place, id: place.repositoryId });
}
