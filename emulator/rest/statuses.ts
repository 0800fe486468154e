import { appOf } from "../actor.ts";
import { refuseIf } from "../errors.ts";
import { checkText } from "../field-rules.ts";
import type { CommitStatus } from "../model.ts";
import { presentStatus } from "../present/checks.ts";
import { apiUrl, presentRepository } from "../present/repository.ts";
import { type Call, created, ok, route } from "./route.ts";

/** GitHub keeps this many statuses of one context on one commit. */
const mostStatuses = 1000;

/** The newest status of each context on a commit. */
function newest(statuses: readonly CommitStatus[], sha: string): CommitStatus[] {
  return [...new Map(statuses.filter((one) => one.sha === sha).map((one) => [one.context, one])).values()];
}

async function combined(call: Call) {
  const { world, repository } = call;
  const sha = await call.commit(call.param("ref"));
  const statuses = newest(repository.statuses, sha);
  const has = (...states: string[]) => statuses.some(({ state }) => states.includes(state));
  const state = has("failure", "error") ? "failure" : statuses.length === 0 || has("pending") ? "pending" : "success";
  const api = apiUrl(world, repository);
  return ok({
    state,
    statuses: statuses.map((one) => presentStatus(world, repository, one)),
    sha,
    total_count: statuses.length,
    repository: presentRepository(world, repository),
    commit_url: `${api}/commits/${sha}`,
    url: `${api}/commits/${sha}/status`,
  });
}

export const statusRoutes = [
  route("POST /repos/{owner}/{repo}/statuses/{sha}", { app: ["statuses:write"], person: "write" }, async (call) => {
    const { world, repository, body } = call;
    checkText("Status context", body.context);
    checkText("Status description", body.description);
    const sha = await call.commit(call.param("sha"));
    const context = body.context ?? "default";
    const earlier = repository.statuses.filter((one) => one.sha === sha && one.context === context).length;
    refuseIf(earlier >= mostStatuses, 422, "Validation Failed", [
      { message: "This SHA and context has reached the maximum number of statuses." },
    ]);
    const status: CommitStatus = {
      id: world.state.id(),
      sha,
      context,
      state: body.state,
      description: body.description ?? null,
      targetUrl: body.target_url ?? null,
      creator: call.account,
      app: appOf(call.actor),
      createdAt: world.state.now(),
    };
    repository.statuses.push(status);
    return created(presentStatus(world, repository, status));
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}/status", { app: ["statuses:read"] }, combined),
  route("GET /repos/{owner}/{repo}/commits/{ref}/statuses", { app: ["statuses:read"] }, async (call) => {
    const sha = await call.commit(call.param("ref"));
    const statuses = call.repository.statuses.filter((one) => one.sha === sha).toReversed();
    return call.page(statuses, (one) => presentStatus(call.world, call.repository, one));
  }),
];
