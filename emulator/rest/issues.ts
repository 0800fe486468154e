import { editIssue, labelsNamed, openIssue, setIssueState } from "../actions/issues.ts";
import { editPull, setPullState } from "../actions/pulls.ts";
import { setLabels } from "../actions/set-labels.ts";
import { refuseIf } from "../errors.ts";
import { presentIssue } from "../present/issue.ts";
import { atLeast, isPull } from "../state.ts";
import { type Answer, type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["issues:read", "pull_requests:read"] } as const;
const writing = { app: ["issues:write", "pull_requests:write"], person: "triage" } as const;

function list(call: Call) {
  const { query, repository } = call;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter(Boolean);
  const since = query.get("since") ?? "";
  const ascending = query.get("direction") === "asc";
  const issues = [...repository.issues.values()]
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => labels.every((name) => issue.labels.some((label) => label.name === name)))
    .filter((issue) => issue.updatedAt >= since)
    .sort((a, b) => (ascending ? a.number - b.number : b.number - a.number));
  return call.page(issues, (issue) => presentIssue(call.world, issue));
}

function open(call: Call): Answer {
  const { body, world, repository, account } = call;
  const mayLabel = call.actor.kind !== "user" || atLeast(world.state.roleOf(account, repository), "triage");
  const labels = mayLabel ? (body.labels ?? []) : [];
  const issue = openIssue(world, repository, account, String(body.title), body.body ?? null, labels);
  return created(presentIssue(world, issue));
}

async function edit(call: Call): Promise<Answer> {
  const { body, world, account } = call;
  const issue = call.issue();
  const role = world.state.roleOf(account, call.repository);
  refuseIf(
    call.actor.kind === "user" && issue.author !== account && !atLeast(role, "triage"),
    403,
    "Must have admin rights to Repository.",
  );
  if (isPull(issue)) {
    await editPull(world, issue, account, textOf(body));
    await setPullState(world, issue, account, body.state);
  } else {
    editIssue(world, issue, account, textOf(body));
    if (body.state) setIssueState(world, issue, account, body.state, body.state_reason ?? null);
  }
  if (body.labels) await setLabels(world, issue, account, labelsNamed(world, issue.repository, body.labels));
  return ok(presentIssue(world, issue));
}

function textOf(body: { title?: string | number; body?: string | null }) {
  return {
    ...(body.title === undefined || body.title === null ? {} : { title: String(body.title) }),
    ...(body.body === undefined ? {} : { body: body.body }),
  };
}

export const issueRoutes = [
  route("GET /repos/{owner}/{repo}/issues", reading, list),
  route("POST /repos/{owner}/{repo}/issues", { app: ["issues:write"], person: "read" }, open),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}", reading, (call) =>
    ok(presentIssue(call.world, call.issue())),
  ),
  route(
    "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
    { app: ["issues:write", "pull_requests:write"], person: "read" },
    edit,
  ),
  route("PUT /repos/{owner}/{repo}/issues/{issue_number}/lock", writing, (call) => {
    call.issue().locked = true;
    return noContent;
  }),
  route("DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock", writing, (call) => {
    call.issue().locked = false;
    return noContent;
  }),
];
