import { deleteIssue, transferIssue } from "../actions/issues.ts";
import { setDraft } from "../actions/pulls.ts";
import { type Actor, accountOf, canSee, describeActor } from "../actor.ts";
import type { Issue, PullIssue, Repository } from "../model.ts";
import type { RateLimits } from "../rate-limits.ts";
import { atLeast, isPull, nodeId, type World } from "../state.ts";
import { showAccount } from "./actors.ts";
import { type Context, failure, resolved } from "./context.ts";
import { showComment, showIssue } from "./issues.ts";
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
  const visible = repository && canSee(context, repository) && !(renamed && args.followRenames === false);
  return resolved(visible && repository, `a Repository with the name '${asked}'.`);
}

/** The issue or pull request with a global id, if the caller may see it. */
function findIssue(context: Context, id: string): Issue | undefined {
  return context.world.state
    .allIssues()
    .filter(({ repository }) => canSee(context, repository))
    .find((issue) => id === (issue.pull ? nodeId("PR", issue.pull.id) : nodeId("I", issue.id)));
}

function findComment(context: Context, id: string): unknown {
  const issues = context.world.state.allIssues().filter(({ repository }) => canSee(context, repository));
  for (const issue of issues) {
    const comment = issue.comments.find((one) => id === nodeId("IC", one.id));
    if (comment) return showComment(context, issue, comment);
  }
  return undefined;
}

function repositoryWithId(world: World, id: string): Repository | undefined {
  return [...world.state.repositories.values()].find((one) => id === nodeId("R", one.id));
}

function showNode(context: Context, id: string): unknown {
  const issue = findIssue(context, id);
  if (issue) return isPull(issue) ? showPull(context, issue) : showIssue(context, issue);
  const comment = findComment(context, id);
  if (comment) return comment;
  const repository = repositoryWithId(context.world, id);
  const visible = repository && canSee(context, repository) && repository;
  return showRepository(context, resolved(visible, `a node with the global id of '${id}'`));
}

function issueToChange(context: Context, id: string): Issue {
  const issue = resolved(findIssue(context, id), `a node with the global id of '${id}'`);
  const account = accountOf(context.actor);
  const role = context.world.state.roleOf(account, issue.repository);
  if (context.actor.kind === "user" && issue.author !== account && !atLeast(role, "write")) {
    throw failure("FORBIDDEN", `${account.login} does not have the correct permissions to execute this mutation.`);
  }
  return issue;
}

function pullToChange(context: Context, id: string): PullIssue {
  const issue = issueToChange(context, id);
  return resolved(isPull(issue) && issue, `a PullRequest with the global id of '${id}'`);
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
      const target = resolved(repositoryWithId(world, input.repositoryId), "a Repository.");
      const moved = transferIssue(world, issue, target, accountOf(actor));
      return { clientMutationId: input.clientMutationId, issue: showIssue(context, moved) };
    },
  };
}
