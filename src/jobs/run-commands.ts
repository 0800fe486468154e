import type { Command, Mistake } from "../commands/command.ts";
import type { Conversation, Result } from "../commands/conversation.ts";
import { parseCommands } from "../commands/parse-commands.ts";
import { perform } from "../commands/perform.ts";
import { renderReply } from "../commands/render-reply.ts";
import { isInNamedTeam } from "../entitlement/is-entitled.ts";
import { isAtLeast } from "../entitlement/role.ts";
import type { Standing } from "../entitlement/standing.ts";
import type { FanOut } from "../events/effect.ts";
import { reactToComment, replyTo } from "../github/answer-comment.ts";
import type { AppClient, RepositoryClient } from "../github/app-client.ts";
import { type FetchedComment, fetchComment } from "../github/fetch-comment.ts";
import { fetchOwnComment } from "../github/fetch-own-comment.ts";
import { type FetchedPullRequest, fetchPullRequest } from "../github/fetch-pull-request.ts";
import { fetchRole } from "../github/fetch-role.ts";
import { recordCommands } from "../ledger/record-commands.ts";
import { parsePolicy, policyPath } from "../policy/parse-policy.ts";
import { type CommandAnswer, markAnswered, readCommandAnswer, recordCommandAnswer } from "../store/commands.ts";
import type { Database, Queryable } from "../store/database.ts";
import type { Queue } from "../store/job-queue.ts";
import { type PullRequestHint, type PullRequestKey, readPullRequest } from "../store/pull-requests.ts";
import { readSeenFindings } from "../store/seen-findings.ts";
import { recordWaiver, waiversOf, withdrawWaivers } from "../store/waivers.ts";
import type { Check } from "../verdict/check.ts";
import { fetchStanding } from "./fetch-standing.ts";
import { requestReview } from "./request-review.ts";

export interface CommandPorts {
  database: Database;
  queue: Queue;
  github: AppClient;
  checks: ReadonlyMap<string, Check>;
}

type CommandRequest = Omit<Extract<FanOut, { kind: "command" }>, "kind">;

/** The pull request as GitHub shows it when commands are carried out, and who gives them. */
export interface Place {
  seen: FetchedPullRequest;
  person: Conversation["person"];
  policy: Conversation["policy"];
  standing: Standing;
}

interface Scene extends Place {
  comment: FetchedComment;
  commands: (Command | Mistake)[];
}

/**
 * Carries out the commands of a comment as GitHub shows it now, once however often it is delivered: reads the comment, asks
 * what its author may do, decides, stores what was decided together with the answer, then gives the answer.
 */
export async function runCommands(ports: CommandPorts, request: CommandRequest): Promise<void> {
  const { database } = ports;
  const { repositoryId, commentId } = request;
  const known = await readCommandAnswer(database, repositoryId, commentId);
  if (known?.answered) return;
  const client = await ports.github.forRepository(request.installationId, { ...request, id: repositoryId });
  const answer = known?.answer ?? (await carryOut(ports, client, request));
  if (answer === null) return;
  await reactToComment(client, commentId, answer.reaction);
  if (answer.reply !== null) await replyTo(client, request.number, answer.reply);
  await markAnswered(database, repositoryId, commentId);
}

/** Null: it is nobody's command, so that nothing is to be said. */
async function carryOut(
  ports: CommandPorts,
  client: RepositoryClient,
  request: CommandRequest,
): Promise<CommandAnswer | null> {
  const scene = await lookAt(ports, client, request);
  if (scene === null) return null;
  const { database } = ports;
  const refusal = refusalOf(scene);
  return database.transaction(async (transaction) => {
    const results = refusal === null ? await performAll(ports, transaction, request, scene) : null;
    const answer = results === null ? refusal! : answerTo(scene.commands, results);
    const first = await recordCommandAnswer(transaction, request.repositoryId, request.commentId, answer);
    if (!first) throw new Error("The commands of this comment were carried out at the same time");
    return answer;
  });
}

/** The payload of an event is only a hint: whose comment this is, what it says and who may do what is asked now. */
async function lookAt(ports: CommandPorts, client: RepositoryClient, request: CommandRequest): Promise<Scene | null> {
  const comment = await fetchComment(client, request.commentId);
  if (comment === null || comment.number !== request.number) return null;
  const { author } = comment;
  if (author === null || author.bot) return null;
  const commands = parseCommands(comment.body);
  if (commands.length === 0) return null;
  const place = await lookAtPlace(ports, client, request, author, commands);
  if (place === null) return null;
  // Asked after the text was read, so that no edit comes in between.
  const edited = comment.edited || (await fetchOwnComment(client, comment.nodeId))?.editedBy !== "nobody";
  return { ...place, comment: { ...comment, edited }, commands };
}

/** Null: there is no such pull request any more. */
export async function lookAtPlace(
  { database, checks }: CommandPorts,
  client: RepositoryClient,
  key: PullRequestKey,
  author: { login: string; id: number },
  commands: readonly Pick<Command | Mistake, "name">[],
): Promise<Place | null> {
  const record = await readPullRequest(database, key);
  const seen = await fetchPullRequest(client, key.number, record?.baseRef ?? "main");
  if (seen === null) return null;
  const opener = seen.pullRequest.author;
  const isAuthor = opener !== null && (opener.id === null ? opener.login === author.login : opener.id === author.id);
  const person = { login: author.login, role: await fetchRole(client, author.login), isAuthor };
  const policy = seen.policy === null ? null : parsePolicy(seen.policy.text ?? "", policyPath, checks);
  const groups = policy?.ok ? policy.value.waivers.by : [];
  // Which files are concerned; what is waived is read again when the commands are carried out.
  const found = await readSeenFindings(database, key);
  const asked = { person, commands, groups, findings: found?.findings ?? [] };
  return { seen, person, policy, standing: await fetchStanding(client, seen, asked) };
}

/** Why none of the commands is looked at. Strangers get no words: they could make the App write as much as they like. */
function refusalOf({ comment, seen, person, policy, standing }: Scene): CommandAnswer | null {
  const isNamed = policy?.ok === true && isInNamedTeam(policy.value.waivers.by, standing);
  if (!person.isAuthor && !isAtLeast(person.role, "write") && !isNamed) return { reaction: "-1", reply: null };
  const refuse = (...says: string[]) => ({
    reaction: "-1" as const,
    reply: renderReply([{ kind: "refused", says }]),
  });
  if (comment.edited) {
    return refuse("An edited comment is not carried out, because others may edit it. Write a new one.");
  }
  if (seen.state === "closed") return refuse("This pull request is closed. Reopen it, then write this again.");
  return seen.archived ? refuse("This repository is archived, so nothing is reviewed here.") : null;
}

/**
 * Carries out commands, in their order, and asks for a review where that changes something.
 *
 * @param firstPosition of the commands among all that came with this comment
 */
export async function performAll(
  { queue, checks }: CommandPorts,
  transaction: Queryable,
  request: CommandRequest,
  {
    comment,
    commands,
    seen,
    person,
    policy,
    standing,
  }: Place & { comment: { createdAt: string }; commands: (Command | Mistake)[] },
  firstPosition = 0,
): Promise<Result[]> {
  const key: PullRequestKey = { repositoryId: request.repositoryId, number: request.number };
  const { ref: baseRef } = seen.pullRequest.base;
  const hint: PullRequestHint = {
    ...key,
    installationId: request.installationId,
    owner: seen.repository.owner,
    name: seen.repository.name,
    baseRef,
    headSha: seen.pullRequest.head.sha,
    updatedAt: seen.updatedAt,
  };
  const found = await readSeenFindings(transaction, key);
  const conversation = {
    person,
    standing,
    policy,
    baseRef,
    checks,
    // What was found against another branch is no verdict on this one.
    seen: found?.baseRef === baseRef ? found : null,
    comment: { id: request.commentId, createdAt: comment.createdAt },
    now: new Date().toISOString(),
  };
  const results: Result[] = [];
  for (const [position, command] of commands.entries()) {
    const result = perform(command, { ...conversation, waivers: await waiversOf(transaction, key) });
    results.push(result);
    if (result.kind === "waived") await recordWaiver(transaction, key, result.waiver, firstPosition + position);
    if (result.kind === "withdrawn") await withdrawWaivers(transaction, key, { ...result, by: person.login });
  }
  const kinds = new Set(results.map(({ kind }) => kind));
  if (kinds.has("waived") || kinds.has("withdrawn") || kinds.has("rerun")) {
    await requestReview(transaction, queue, hint, { forced: kinds.has("rerun") });
  }
  const { repository } = seen;
  const place = {
    repository: { id: key.repositoryId, name: `${repository.owner}/${repository.name}` },
    ...{ number: key.number, headSha: hint.headSha, person: person.login, comment: request.commentId },
  };
  await recordCommands(
    transaction,
    place,
    commands.map((command, index) => [command, results[index]!] as const),
  );
  return results;
}

function answerTo(commands: readonly (Command | Mistake)[], results: readonly Result[]): CommandAnswer {
  const refusals = results.filter(({ kind }) => kind === "refused");
  const allMistakes = commands.every(({ name }) => name === "mistake");
  const reaction = refusals.length === 0 ? "+1" : allMistakes ? "confused" : "-1";
  return { reaction, reply: renderReply(results) };
}
