import type { Effect, FanOut } from "../events/effect.ts";
import { toEffect } from "../events/to-effect.ts";
import type { Delivery } from "../github/receive-webhooks.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { touchesAny } from "../prepare/match-path.ts";
import { readBasePolicy } from "../store/base-policies.ts";
import type { Database, Queryable } from "../store/database.ts";
import { markProcessed, recordDelivery } from "../store/deliveries.ts";
import type { Queue } from "../store/job-queue.ts";
import { pullRequestsLinkedTo } from "../store/linked-issues.ts";
import { pullRequestsOfBase, readPullRequest } from "../store/pull-requests.ts";
import { closeAndTellTwins } from "./close-and-tell-twins.ts";
import { requestReview } from "./request-review.ts";

/** `queued`: there is work. `done`: nothing to do. `replayed`: it was worked off before. */
export type Accepted = "queued" | "done" | "replayed";

/**
 * Stores a verified webhook together with the job that it asks for, in one transaction: after the acknowledgment
 * neither can be lost, and without it GitHub keeps the delivery for us to ask for again.
 */
export async function acceptDelivery(
  ports: { database: Database; queue: Queue; appId: number },
  { guid, event, payload }: Delivery,
): Promise<Accepted> {
  const effect = toEffect(event, payload, ports.appId);
  return ports.database.transaction(async (transaction) => {
    if ((await recordDelivery(transaction, guid, event)) === "processed") return "replayed";
    if (effect !== null && (await apply(transaction, ports.queue, effect, guid))) return "queued";
    await markProcessed(transaction, guid);
    return "done";
  });
}

/** Returns whether a job was put into the queue. */
async function apply(transaction: Queryable, queue: Queue, effect: Effect, guid: string): Promise<boolean> {
  const spread = async (fanOut: FanOut | null) => {
    if (fanOut !== null) await queue.sendFanOut(transaction, fanOut, guid);
    return fanOut !== null;
  };
  switch (effect.kind) {
    case "review": {
      if (!(await matters(transaction, effect))) return false;
      await requestReview(transaction, queue, effect.pullRequest, { guid });
      return true;
    }
    case "close": {
      const known = await readPullRequest(transaction, effect.pullRequest);
      if (!known?.open) return false;
      if (await closeAndTellTwins(transaction, queue, known, { updatedAt: effect.pullRequest.updatedAt })) return false;
      // It was reopened since, or in the same second: GitHub knows which.
      await requestReview(transaction, queue, effect.pullRequest, { guid });
      return true;
    }
    case "push":
      return spread((await concernsReviews(transaction, effect)) ? effect.fanOut : null);
    case "fan-out": {
      const { fanOut } = effect;
      const concernsNone = fanOut.kind === "issue" && (await pullRequestsLinkedTo(transaction, fanOut)).length === 0;
      return spread(concernsNone ? null : fanOut);
    }
  }
}

/** An event that no enabled check names changes no answer. Before the first review nobody knows, so it counts. */
async function matters(transaction: Queryable, effect: Effect & { kind: "review" }): Promise<boolean> {
  if (effect.always) return true;
  const { repositoryId, baseRef } = effect.pullRequest;
  const known = (await readPullRequest(transaction, effect.pullRequest))?.evaluatedHeadSha;
  const policy = await readBasePolicy(transaction, repositoryId, baseRef);
  if (!policy || known !== effect.pullRequest.headSha) return true;
  return effect.triggers.some((trigger) => policy.triggers.includes(trigger));
}

/** Whether a push touches what reviews against that branch depend on. */
async function concernsReviews(transaction: Queryable, effect: Effect & { kind: "push" }): Promise<boolean> {
  const { repositoryId, baseRef } = effect.fanOut;
  const open = await pullRequestsOfBase(transaction, repositoryId, baseRef);
  if (open.length === 0) return false;
  // Of a review under way nobody knows yet what it reads, nor which tip of the base it saw.
  const isUnderWay = open.some(({ doneGeneration, desiredGeneration }) => doneGeneration < desiredGeneration);
  if (effect.changed === null || isUnderWay) return true;
  const watched = (await readBasePolicy(transaction, repositoryId, baseRef))?.watched ?? [policyPath];
  return touchesAny(effect.changed, watched);
}
