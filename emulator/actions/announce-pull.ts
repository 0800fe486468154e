import type { Account, PullIssue } from "../model.ts";
import { presentPullDetails } from "../present/pull.ts";
import type { World } from "../state.ts";
import { announce } from "../webhooks/announce.ts";
import { pullDetails } from "./mergeability.ts";
import { knownMergeable } from "./test-merge.ts";

/** Tells listeners about a pull request, with its full form. */
export async function announcePull(
  world: World,
  issue: PullIssue,
  sender: Account,
  action: string,
  extra: Record<string, unknown> = {},
): Promise<void> {
  const pull_request = presentPullDetails(
    world,
    issue,
    await pullDetails(world.state, issue, await knownMergeable(issue)),
  );
  const payload = { number: issue.number, pull_request, ...extra };
  announce(world, { event: "pull_request", action, repository: issue.repository, sender, payload });
}
