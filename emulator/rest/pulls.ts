import { mergePull, updateBranch } from "../actions/merge.ts";
import { pullDetails } from "../actions/mergeability.ts";
import { changesSince, pullCommits, pullFiles } from "../actions/pull-changes.ts";
import { editPull, openPull, setPullState } from "../actions/pulls.ts";
import { type Reviewer, requestReview, withdrawReview } from "../actions/review-requests.ts";
import { checkMayDismiss, dismissReview, submitReview } from "../actions/reviews.ts";
import { askMergeable } from "../actions/test-merge.ts";
import { found, invalid, refuseIf } from "../errors.ts";
import { diffText } from "../git/diff.ts";
import type { PullIssue, Repository, Review } from "../model.ts";
import { presentAccount } from "../present/account.ts";
import { presentCommit, presentFile } from "../present/commit.ts";
import { presentPull, presentPullDetails, presentReview } from "../present/pull.ts";
import { presentTeam } from "../present/team.ts";
import { atLeast, fullName, pullsOf } from "../state.ts";
import { type Answer, type Call, created, noContent, ok, raw, route } from "./route.ts";

const reading = { app: ["pull_requests:read"] } as const;
const writing = { app: ["pull_requests:write"], person: "write" } as const;

async function detailed(call: Call, issue: PullIssue) {
  const details = await pullDetails(call.world.state, issue, await askMergeable(call.world, issue));
  return presentPullDetails(call.world, issue, details);
}

async function show(call: Call): Promise<Answer> {
  const issue = call.pull();
  if (/\bdiff\b/.test(call.accept)) {
    const text = await diffText(call.repository.directory, await changesSince(issue), issue.pull.head.sha);
    return raw("diff", Buffer.from(text));
  }
  return ok(await detailed(call, issue));
}

function list(call: Call) {
  const { query, repository } = call;
  const state = query.get("state") ?? "open";
  const [base, head] = [query.get("base"), query.get("head")];
  const newest = (query.get("direction") ?? "desc") === "desc";
  const by = (query.get("sort") ?? "created") === "updated" ? "updatedAt" : "createdAt";
  const pulls = pullsOf(repository)
    .filter((issue) => state === "all" || issue.state === state)
    .filter(({ pull }) => base === null || pull.base.ref === base)
    .filter(({ pull }) => head === null || `${pull.head.owner?.login}:${pull.head.ref}` === head)
    .sort((a, b) => a[by].localeCompare(b[by]) || a.number - b.number);
  return call.page(newest ? pulls.reverse() : pulls, (issue) => presentPull(call.world, issue));
}

/** `branch`, or `owner:branch` for a fork. */
function headOf(call: Call, text: string): { headRepository: Repository; headRef: string } {
  const { repository, world, body } = call;
  const colon = text.indexOf(":");
  if (colon === -1) return { headRepository: repository, headRef: text };
  const login = text.slice(0, colon);
  const headRepository = [repository, ...world.state.forksOf(repository)].find(
    (one) => one.owner.login === login && (body.head_repo === undefined || one.name === body.head_repo),
  );
  if (!headRepository) throw invalid("PullRequest", "head");
  return { headRepository, headRef: text.slice(colon + 1) };
}

async function open(call: Call): Promise<Answer> {
  const { body, world, repository, account } = call;
  const issue = await openPull(world, repository, account, {
    title: body.title,
    body: body.body ?? null,
    base: body.base,
    draft: body.draft ?? false,
    ...headOf(call, body.head),
  });
  return created(await detailed(call, issue));
}

async function edit(call: Call): Promise<Answer> {
  const { body, world, account } = call;
  const issue = call.pull();
  const may = issue.author === account || atLeast(world.state.roleOf(account, call.repository), "write");
  refuseIf(!may && call.actor.kind === "user", 403, "Must have write access to the repository.");
  await editPull(world, issue, account, body);
  await setPullState(world, issue, account, body.state);
  return ok(await detailed(call, issue));
}

function reviewOf(call: Call): Review {
  return found(call.pull().pull.reviews.find(({ id }) => id === call.number("review_id")));
}

function review(call: Call): Answer {
  const { body, world, account } = call;
  const issue = call.pull();
  const event = body?.event;
  const unmodelled = (body?.comments ?? []).length > 0 ? "comments on lines" : event ? undefined : "pending reviews";
  refuseIf(unmodelled, 422, `The local GitHub does not model ${unmodelled}.`);
  refuseIf(event !== "APPROVE" && !body?.body, 422, "Unprocessable Entity", ["Body cannot be blank"]);
  const made = submitReview(world, issue, account, event, body?.body ?? "", body?.commit_id ?? issue.pull.head.sha);
  return ok(presentReview(world, issue, made));
}

const notCollaborators = ({ repository }: Call) =>
  `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(repository)} repository.`;

/** The people and teams that a request names; undefined for those who don't belong to the repository. */
function namedReviewers({ world, repository, body }: Call): (Reviewer | undefined)[] {
  const { state } = world;
  const people = ((body?.reviewers ?? []) as string[]).map((login) => {
    const account = state.account(login);
    const known = account && (repository.collaborators.has(account.id) || repository.owner.members.has(account.id));
    const works = account && atLeast(state.roleOf(account, repository), repository.private ? "read" : "triage");
    return known || works ? account : undefined;
  });
  const teams = ((body?.team_reviewers ?? []) as string[]).map((slug) => {
    const team = state.team(repository.owner, slug);
    return team?.repositories.has(repository.id) ? team : undefined;
  });
  return [...people, ...teams];
}

export const pullRoutes = [
  route("GET /repos/{owner}/{repo}/pulls", reading, list),
  route("POST /repos/{owner}/{repo}/pulls", { app: ["pull_requests:write"], person: "read" }, open),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}", reading, show),
  route("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", { app: ["pull_requests:write"], person: "read" }, edit),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", reading, async (call) => {
    const issue = call.pull();
    const files = (await pullFiles(issue)).slice(0, 3000);
    return call.page(files, (file) => presentFile(call.world, call.repository, issue.pull.head.sha, file));
  }),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", reading, async (call) =>
    call.page(await pullCommits(call.pull()), (commit) => presentCommit(call.world, call.repository, commit)),
  ),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/merge", { app: ["contents:read"] }, (call) => {
    found(call.pull().pull.mergedAt);
    return noContent;
  }),
  route(
    "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
    { app: ["contents:write"], person: "write" },
    async (call) => {
      const { body, world, account } = call;
      const sha = await mergePull(world, call.pull(), account, {
        method: body?.merge_method ?? "merge",
        sha: body?.sha,
        title: body?.commit_title,
        message: body?.commit_message,
      });
      return ok({ sha, merged: true, message: "Pull Request successfully merged" });
    },
  ),
  route("PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch", writing, async (call) => {
    await updateBranch(call.world, call.pull(), call.account, call.body?.expected_head_sha);
    const url = `${call.world.url}/repos/${call.param("owner")}/${call.param("repo")}/pulls/${call.param("pull_number")}`;
    return { status: 202, body: { message: "Updating pull request branch.", url } };
  }),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", reading, (call) => {
    const issue = call.pull();
    return call.page(issue.pull.reviews, (one) => presentReview(call.world, issue, one));
  }),
  route(
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    { app: ["pull_requests:write"], person: "read" },
    review,
  ),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", reading, (call) =>
    ok(presentReview(call.world, call.pull(), reviewOf(call))),
  ),
  route("PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals", writing, (call) => {
    const one = reviewOf(call);
    checkMayDismiss(call.world, call.pull(), call.account);
    dismissReview(call.world, call.pull(), one, call.account);
    return ok(presentReview(call.world, call.pull(), one));
  }),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", reading, (call) => {
    const { requestedReviewers, requestedTeams } = call.pull().pull;
    return ok({
      users: requestedReviewers.map((account) => presentAccount(call.world, account)),
      teams: requestedTeams.map((team) => presentTeam(call.world, team)),
    });
  }),
  route("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", writing, async (call) => {
    const issue = call.pull();
    const reviewers = namedReviewers(call);
    refuseIf(reviewers.includes(undefined), 422, notCollaborators(call));
    refuseIf(
      issue.author && reviewers.includes(issue.author),
      422,
      "Review cannot be requested from pull request author.",
    );
    for (const reviewer of reviewers) if (reviewer) await requestReview(call.world, issue, call.account, reviewer);
    return created(presentPull(call.world, issue));
  }),
  route("DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", writing, async (call) => {
    const issue = call.pull();
    for (const reviewer of namedReviewers(call)) {
      if (reviewer) await withdrawReview(call.world, issue, call.account, reviewer);
    }
    return ok(presentPull(call.world, issue));
  }),
];
