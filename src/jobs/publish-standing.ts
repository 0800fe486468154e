import { isDeepStrictEqual } from "node:util";
import type { RepositoryClient } from "../github/app-client.ts";
import { withTwins } from "../report/with-twins.ts";
import type { Database, Queryable } from "../store/database.ts";
import { overrideOf } from "../store/overrides.ts";
import { type Place, twinsOf } from "../store/twins.ts";
import { standingOf, waitsForTwins } from "../verdict/standing.ts";
import { publishCheckRun, shownRun, showPending, type Target, withdrawCheckRun } from "./publish-check-run.ts";
import type { Publishable } from "./review-ports.ts";

/** Twins whose verdicts come that fast after one another have somebody who publishes the last word. */
const mostRounds = 5;

/**
 * Publishes the check run of a commit that several pull requests may share. What the twins were found to be is read again
 * after each write, until it is what was written: two reviews that end at the same time must not leave the kinder word.
 *
 * @param report what the review of this pull request alone says; its conclusion is recorded already
 * @returns the comment that goes with it, null leaves what is there; and whether it waits for the verdict of a twin
 */
export async function publishStanding(
  database: Database,
  client: RepositoryClient,
  target: Target,
  report: Publishable,
  insider: boolean,
): Promise<{ comment: string | null; waits: boolean }> {
  const { record, headSha, baseRef } = target;
  if (report.silent) {
    await withdrawCheckRun(database, client, target, report.checkRun);
    return { comment: record.commentId === null ? null : report.comment, waits: false };
  }
  const own = { insider, passes: report.checkRun.conclusion === "success" };
  const place = { repositoryId: record.repositoryId, headSha, baseRef };
  let shared = await sharedBy(database, record, place);
  let standing = standingOf(own, ...shared);
  for (let round = 0; round < mostRounds; round++) {
    if (standing.says === "waiting") await showPending(database, client, target);
    else if (standing.says !== "theirs") {
      await publishCheckRun(database, client, target, withTwins(report, standing).checkRun);
    }
    shared = await sharedBy(database, record, place);
    const now = standingOf(own, ...shared);
    if (isDeepStrictEqual(now, standing)) break;
    standing = now;
  }
  return { comment: withTwins(report, standing).comment, waits: waitsForTwins(own, ...shared) };
}

/** What decides beside its own verdict what the check of a pull request says. */
async function sharedBy(database: Queryable, record: Target["record"], place: Place) {
  return [await twinsOf(database, record, place), await overrideOf(database, place)] as const;
}

/** Whether a pull request that passes has a twin without a verdict, which counts for its check. */
export async function waitsStill(
  database: Queryable,
  { record, headSha, baseRef }: Target,
  insider: boolean,
): Promise<boolean> {
  const shared = await sharedBy(database, record, { repositoryId: record.repositoryId, headSha, baseRef });
  return waitsForTwins({ insider, passes: true }, ...shared);
}

/** Whether the newest check run says what the recorded verdicts of all pull requests that share it add up to. */
export async function standsAsShown(database: Database, target: Target): Promise<boolean> {
  const { record, headSha, baseRef } = target;
  const shared = await sharedBy(database, record, { repositoryId: record.repositoryId, headSha, baseRef });
  const [twins] = shared;
  const { says } = standingOf({ insider: record.insider, passes: record.conclusion === "success" }, ...shared);
  if (says === "theirs") return true;
  const { conclusion: shown, writer } = await shownRun(database, target);
  // What a pull request wrote that has left since speaks of this one as of another.
  if (writer !== null && writer !== record.number && twins.every(({ number }) => number !== writer)) return false;
  if (record.conclusion === null) return shown === null || shown === "cancelled";
  return shown === { own: record.conclusion, overridden: "success", failing: "failure", waiting: null }[says];
}
