import { canSee } from "../actor.ts";
import { listRefs, resolveObject } from "../git/repository.ts";
import type { Issue, PullIssue, Repository } from "../model.ts";
import { htmlUrl } from "../present/repository.ts";
import { fullName, isPull, nodeId, pullsOf } from "../state.ts";
import { showAccount } from "./actors.ts";
import { connect, type PageArguments } from "./connection.ts";
import { type Context, need, resolved } from "./context.ts";
import { findRef, showObject, showRef } from "./git-objects.ts";
import { showIssue, showLabel } from "./issues.ts";
import { pullState, showPull } from "./pulls.ts";

interface Order {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

interface PullArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: Order | null;
}

function sorted<Item extends Issue>(issues: readonly Item[], order: Order | null | undefined): Item[] {
  const key = order?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const up = [...issues].sort((a, b) => a[key].localeCompare(b[key]) || a.number - b.number);
  return order?.direction === "DESC" ? up.reverse() : up;
}

function hasLabels(issue: Issue, labels: readonly string[] | null | undefined): boolean {
  return !labels || labels.some((name) => issue.labels.some((label) => label.name === name));
}

/** A repository as GraphQL shows it; what needs git or a permission is worked out when asked for. */
export function showRepository(context: Context, repository: Repository): Record<string, unknown> {
  const find = (number: number, kind: string, matches: (issue: Issue) => boolean) => {
    const issue = repository.issues.get(number);
    return resolved(issue && matches(issue) && issue, `${kind} with the number of ${number}.`);
  };
  const showAny = (issue: Issue) => {
    need(context, repository, isPull(issue) ? "pull_requests" : "issues");
    return isPull(issue) ? showPull(context, issue) : showIssue(context, issue);
  };
  return {
    __typename: "Repository",
    id: nodeId("R", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    description: repository.description,
    owner: () => showAccount(context, repository.owner),
    url: htmlUrl(context.world, repository),
    isPrivate: repository.private,
    isArchived: repository.archived,
    isDisabled: false,
    isFork: repository.parent !== null,
    hasIssuesEnabled: repository.hasIssues,
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
    parent: () =>
      repository.parent && canSee(context, repository.parent) ? showRepository(context, repository.parent) : null,
    defaultBranchRef: () => showRef(context, repository, `refs/heads/${repository.defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) => findRef(context, repository, qualifiedName),
    refs: async (args: PageArguments & { refPrefix: string }) => {
      need(context, repository, "contents");
      const names = [...(await listRefs(repository.directory, args.refPrefix)).keys()];
      return connect("refs", names, args, (name) => showRef(context, repository, name));
    },
    object: async ({ expression, oid }: { expression?: string; oid?: string }) => {
      need(context, repository, "contents");
      const found = await resolveObject(repository.directory, oid ?? expression ?? "");
      return found ? showObject(context, repository, found) : null;
    },
    pullRequest: ({ number }: { number: number }) => showAny(find(number, "a PullRequest", isPull)),
    issue: ({ number }: { number: number }) => showAny(find(number, "an Issue", (issue) => !isPull(issue))),
    issueOrPullRequest: ({ number }: { number: number }) =>
      showAny(find(number, "an issue or pull request", () => true)),
    pullRequests: (args: PullArguments) => {
      need(context, repository, "pull_requests");
      const pulls = pullsOf(repository)
        .filter((issue) => !args.states || args.states.includes(pullState(issue)))
        .filter(({ pull }) => !args.baseRefName || pull.base.ref === args.baseRefName)
        .filter(({ pull }) => !args.headRefName || pull.head.ref === args.headRefName)
        .filter((issue) => hasLabels(issue, args.labels));
      return connect("pullRequests", sorted<PullIssue>(pulls, args.orderBy), args, (issue) => showPull(context, issue));
    },
    issues: (args: PageArguments & { states?: readonly string[]; labels?: readonly string[]; orderBy?: Order }) => {
      need(context, repository, "issues");
      const issues = [...repository.issues.values()]
        .filter((issue) => !isPull(issue))
        .filter((issue) => !args.states || args.states.includes(issue.state.toUpperCase()))
        .filter((issue) => hasLabels(issue, args.labels));
      return connect("issues", sorted(issues, args.orderBy), args, (issue) => showIssue(context, issue));
    },
    label: ({ name }: { name: string }) => {
      const label = repository.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
      return label ? showLabel(label) : null;
    },
    labels: (args: PageArguments) => connect("labels", repository.labels, args, showLabel),
  };
}
