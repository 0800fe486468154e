import { fenceWrites } from "../github/fence-writes.ts";
import type { PullRequestKey } from "../store/pull-requests.ts";
import { holdsReview, takeReview } from "../store/review-owners.ts";
import { forgetStarted, recordStarted, type StartedCheckRun } from "../store/started-check-runs.ts";
import type { ReviewPorts } from "./review-ports.ts";

const createCheckRun = "/repos/{owner}/{repo}/check-runs";

export interface OwnedReview {
  /** Their clients write to GitHub only while this process owns the review. */
  ports: ReviewPorts;
  /** Another process took it over. What this one may have begun is left to a review that looks for it. */
  wasReplaced(): Promise<boolean>;
  /** Nothing is left behind. */
  end(): Promise<void>;
}

/** Takes a review: from now on a process that had it before, perhaps frozen for a while, publishes nothing more. */
export async function ownReview(ports: ReviewPorts, key: PullRequestKey): Promise<OwnedReview> {
  const { database, queue } = ports;
  const token = await takeReview(database, key);
  const started: StartedCheckRun[] = [];
  const forRepository: ReviewPorts["github"]["forRepository"] = async (...place) => {
    const client = await ports.github.forRepository(...place);
    fenceWrites(client.octokit, async ({ method, url, fields }) => {
      if (!(await holdsReview(database, key, token))) return false;
      if (method !== "POST" || url !== createCheckRun) return true;
      const run = { headSha: String(fields.head_sha), name: String(fields.name) };
      started.push(run);
      await recordStarted(database, key, run);
      return true;
    });
    return client;
  };
  return {
    ports: { ...ports, github: { ...ports.github, forRepository } },
    async wasReplaced() {
      if (await holdsReview(database, key, token)) return false;
      if (started.length === 0) return true;
      await database.transaction(async (transaction) => {
        for (const run of started) await recordStarted(transaction, key, run);
        await queue.sendReview(transaction, key);
      });
      return true;
    },
    async end() {
      if (await holdsReview(database, key, token)) await forgetStarted(database, key);
    },
  };
}
