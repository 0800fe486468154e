import type { Command } from "../commands/command.ts";
import { type Result, refused } from "../commands/conversation.ts";
import { renderReply } from "../commands/render-reply.ts";
import { standingWaiver } from "../commands/waive.ts";
import { isAtLeast } from "../entitlement/role.ts";
import type { FanOut } from "../events/effect.ts";
import { replyTo } from "../github/answer-comment.ts";
import { fetchOwnComment, type OwnComment } from "../github/fetch-own-comment.ts";
import { type Box, readBoxes } from "../report/waive-boxes.ts";
import type { Queryable } from "../store/database.ts";
import { lockRepository } from "../store/lock-repository.ts";
import {
  markCommentEdited,
  type PullRequestKey,
  readPullRequest,
  wasEdited,
  writtenHash,
} from "../store/pull-requests.ts";
import { readSeenFindings } from "../store/seen-findings.ts";
import { nextPosition, waiversOf } from "../store/waivers.ts";
import type { Waiver } from "../verdict/waiver.ts";
import { digest } from "./hash-inputs.ts";
import { requestReview } from "./request-review.ts";
import { type CommandPorts, lookAtPlace, type Place, performAll } from "./run-commands.ts";

type Request = Extract<FanOut, { kind: "boxes" }>;

/** What a waiver by a tick says in the place of a reason: GitHub keeps who ticked, and when. */
export const tickedReason = "ticked in the comment of ModelSync, whose edit history shows it";

/**
 * Somebody else edited our comment. A box that they ticked, or emptied, does what the command does; whatever else they changed
 * is undone, because the next review writes the comment again.
 *
 * A tick counts when the comment is to the letter what was written, but for boxes, and one person alone changed it since. So a
 * box can't be given another meaning, and nobody's tick passes for another one's.
 */
export async function takeTicks(ports: CommandPorts, request: Request): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (await takeOnce(ports, request)) return;
  }
  throw new Error("The comment was written anew each time that it was read");
}

const mostAttempts = 5;

/** False: while the comment was read, it may have been written anew. */
async function takeOnce(ports: CommandPorts, request: Request): Promise<boolean> {
  const { database, queue } = ports;
  const record = await readPullRequest(database, request);
  if (record === null || record.commentId !== request.commentId) return true;
  const place = { ...request, id: request.repositoryId };
  const client = await ports.github.forRepository(request.installationId, place);
  const comment = await fetchOwnComment(client, request.nodeId);
  if (comment === null || comment.id !== request.commentId || comment.editedBy === "nobody") return true;
  const { asDrawn, changed } = readBoxes(comment.body);
  const isGenuine = digest(asDrawn) === writtenHash(record);
  if (isGenuine && changed.length === 0) return true;
  const { editedBy } = comment;
  const scene =
    isGenuine && typeof editedBy === "object"
      ? await lookAtPlace(ports, client, request, editedBy, [{ name: "waive" }, { name: "unwaive" }])
      : null;
  const reply = await database.transaction(async (transaction) => {
    await lockRepository(transaction, request.repositoryId);
    const now = await readPullRequest(transaction, request);
    if (now?.commentHash !== record.commentHash || now.desiredGeneration !== record.desiredGeneration) return "again";
    await markCommentEdited(transaction, request);
    const results = scene === null ? [] : await carryOut(ports, transaction, request, { ...scene, comment, changed });
    if (scene?.seen.state !== "closed" && record.open) await requestReview(transaction, queue, record);
    // Said once: the same edit may be delivered again before the comment is written.
    if (wasEdited(record)) return null;
    if (editedBy === "several" && isGenuine) return renderReply([severalPeople]);
    return typeof editedBy === "object" ? refusalsOf(editedBy.login, results) : null;
  });
  if (reply === "again") return false;
  if (reply !== null) await replyTo(client, request.number, reply);
  return true;
}

const severalPeople = refused(
  "Several people changed boxes of the report before it was written again, so that nobody's tick counts. Tick it again.",
);

/** Strangers get no words, as with commands. */
function refusalsOf(login: string, results: readonly Result[]): string | null {
  const refusals = results.filter(({ kind }) => kind === "refused");
  if (refusals.length === 0) return null;
  const what = refusals.length === results.length ? "What" : "Part of what";
  const first = refused(`${what} \`${login}\` ticked or emptied in the report was not done:`);
  return renderReply([first, ...refusals]);
}

interface Scene extends Place {
  comment: OwnComment;
  changed: readonly Box[];
}

async function carryOut(
  ports: CommandPorts,
  transaction: Queryable,
  request: Request,
  { comment, changed, ...place }: Scene,
): Promise<Result[]> {
  const { seen, person } = place;
  if (typeof comment.editedBy !== "object") return [];
  if (!person.isAuthor && !isAtLeast(person.role, "write")) return [];
  if (seen.state === "closed") return [refused("This pull request is closed. Reopen it, then tick the box again.")];
  if (seen.archived) return [refused("This repository is archived, so nothing is reviewed here.")];
  const head = seen.pullRequest.head.sha;
  const outdated = changed.find(({ headSha }) => headSha !== head);
  if (outdated !== undefined) {
    const [old, now] = [outdated.headSha, head].map((sha) => sha.slice(0, 7));
    return [refused(`The box is of \`${old}\`, and the newest commit is \`${now}\`. Look at what is found there.`)];
  }
  const commands = await toCommands(transaction, request, seen.pullRequest.base.ref, changed);
  const firstPosition = await nextPosition(transaction, request.repositoryId, request.commentId);
  const scene = { ...place, commands, comment: { createdAt: comment.editedBy.at } };
  return commands.length === 0 ? [] : performAll(ports, transaction, request, scene, firstPosition);
}

/** What boxes ask for that is not so already: an edit may be delivered twice, and be read with an earlier one. */
async function toCommands(
  transaction: Queryable,
  key: PullRequestKey,
  baseRef: string,
  changed: readonly Box[],
): Promise<Command[]> {
  const waivers = await waiversOf(transaction, key);
  const seen = await readSeenFindings(transaction, key);
  const now = new Date().toISOString();
  const isWaived = (fingerprint: string) => {
    const finding = seen?.findings.find((one) => one.fingerprint === fingerprint);
    return finding !== undefined && standingWaiver(finding, { waivers, now, baseRef }) !== undefined;
  };
  const wanted = (does: Box["does"]) =>
    new Set(changed.filter((box) => box.does === does).flatMap(({ fingerprints }) => fingerprints));
  const standing = waivers.filter(({ withdrawnBy }) => withdrawnBy === null);
  const names = ({ findings }: Waiver, wanted: string) => findings.some(({ fingerprint }) => fingerprint === wanted);
  // Each takes back every waiver that names it, so that a second finding of one asks for nothing more.
  const withdrawn: string[] = [];
  for (const one of wanted("unwaive")) {
    const left = standing.filter((waiver) => !withdrawn.some((taken) => names(waiver, taken)));
    if (left.some((waiver) => names(waiver, one))) withdrawn.push(one);
  }
  return [
    ...[...wanted("waive")]
      .filter((fingerprint) => !isWaived(fingerprint))
      .map((target) => ({ name: "waive" as const, target, reason: tickedReason, until: null, ticked: true as const })),
    ...withdrawn.map((target) => ({ name: "unwaive" as const, target })),
  ];
}
