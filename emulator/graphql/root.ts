import { deleteIssue, transferIssue } from "../actions/issues.ts";
import { setDraft } from "../actions/pulls.ts";
import { type Actor, accountOf, describeActor } from "../actor.ts";
import type { Issue, PullIssue, Repository } from "../model.ts";
import type { RateLimits } from "../rate-limits.ts";
import { atLeast, isPull, parseNodeId, type World } from "../state.ts";
import { showAccount } from "./actors.ts";
import { type Context, canSee, failure } from "./context.ts";
import { showIssue } from "./issues.ts";
import { showPull } from "./pulls.ts";
import { showRepository } from "./repository.ts";

interface RepositoryArguments {
  readonly owner: string;
  readonly name: string;
  readonly followRenames?: boolean | null;
}

function findRepository(context: Context, args: RepositoryArguments): Repository {
  const asked = `${args.owner}/${args.name}`;
  const repository = context.world.state.repository(args.owner, args.name);
  const renamed = repository?.formerNames.includes(asked.toLowerCase()) ?? false;
  if (!repository || !canSee(context, repository) || (renamed && args.followRenames === false)) {
    throw failure("NOT_FOUND", `Could not resolve to a Repository with the name '${asked}'.`);
  }
  return repository;
}

/** The issue or pull request with a global id, if the caller may see it. */
function findIssue(context: Context, id: string): Issue | undefined {
  const parsed = parseNodeId(id);
  for (const repository of context.world.state.repositories.values()) {
    if (!canSee(context, repository)) continue;
    for (const issue of repository.issues.values()) {
      const own = parsed?.kind === "PR" ? issue.pull?.id : parsed?.kind === "I" && !issue.pull ? issue.id : undefined;
      if (own !== undefined && String(own) === parsed?.id) return issue;
    }
  }
  return undefined;
}

function showNode(context: Context, id: string): unknown {
  const issue = findIssue(context, id);
  if (issue) return isPull(issue) ? showPull(context, issue) : showIssue(context, issue);
  const parsed = parseNodeId(id);
  const repository = parsed?.kind === "R" ? context.world.state.repositories.get(Number(parsed.id)) : undefined;
  if (repository && canSee(context, repository)) return showRepository(context, repository);
  throw failure("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}

function issueToChange(context: Context, id: string): Issue {
  const issue = findIssue(context, id);
  if (!issue) throw failure("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  const account = accountOf(context.actor);
  const role = context.world.state.roleOf(account, issue.repository);
  if (context.actor.kind === "user" && issue.author !== account && !atLeast(role, "write")) {
    throw failure("FORBIDDEN", `${account.login} does not have the correct permissions to execute this mutation.`);
  }
  return issue;
}

function pullToChange(context: Context, id: string): PullIssue {
  const issue = issueToChange(context, id);
  if (!isPull(issue)) throw failure("NOT_FOUND", `Could not resolve to a PullRequest with the global id of '${id}'`);
  return issue;
}

interface Input<Fields> {
  readonly input: Fields & { readonly clientMutationId?: string | null };
}

/** The queries and mutations, for one caller. */
export function rootFor(world: World, actor: Actor, limits: RateLimits) {
  const context: Context = {
    ...{ world, actor },
    show: {
      repository: (repository) => showRepository(context, repository),
      pull: (issue) => showPull(context, issue),
    },
  };
  const redraft = async (id: string, draft: boolean, clientMutationId: string | null | undefined) => {
    const issue = pullToChange(context, id);
    await setDraft(world, issue, accountOf(actor), draft);
    return { clientMutationId, pullRequest: showPull(context, issue) };
  };
  return {
    viewer: () => showAccount(context, accountOf(actor)),
    repository: (args: RepositoryArguments) => showRepository(context, findRepository(context, args)),
    node: ({ id }: { id: string }) => showNode(context, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => showNode(context, id)),
    rateLimit: () => {
      const { limit, remaining, used, reset } = limits.status(describeActor(actor), "graphql");
      const resetAt = new Date(reset * 1000).toISOString();
      return { cost: 1, nodeCount: 0, limit, remaining, used, resetAt };
    },
    markPullRequestReadyForReview: ({ input }: Input<{ pullRequestId: string }>) =>
      redraft(input.pullRequestId, false, input.clientMutationId),
    convertPullRequestToDraft: ({ input }: Input<{ pullRequestId: string }>) =>
      redraft(input.pullRequestId, true, input.clientMutationId),
    deleteIssue: ({ input }: Input<{ issueId: string }>) => {
      const issue = issueToChange(context, input.issueId);
      deleteIssue(world, issue, accountOf(actor));
      return { clientMutationId: input.clientMutationId, repository: showRepository(context, issue.repository) };
    },
    transferIssue: ({ input }: Input<{ issueId: string; repositoryId: string }>) => {
      const issue = issueToChange(context, input.issueId);
      const target = world.state.repositories.get(Number(parseNodeId(input.repositoryId)?.id));
      if (!target) throw failure("NOT_FOUND", "Could not resolve to a Repository.");
      const moved = transferIssue(world, issue, target, accountOf(actor));
      return { clientMutationId: input.clientMutationId, issue: showIssue(context, moved) };
    },
  };
}
