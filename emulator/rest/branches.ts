import { found } from "../errors.ts";
import { readCommit } from "../git/commits.ts";
import { listRefs, resolveObject } from "../git/repository.ts";
import type { Protection, Repository } from "../model.ts";
import { presentCommit } from "../present/commit.ts";
import { apiUrl, htmlUrl, urlPath } from "../present/repository.ts";
import type { World } from "../state.ts";
import { type Call, noContent, ok, route } from "./route.ts";

function protectionUrl(world: World, repository: Repository, branch: string): string {
  return `${apiUrl(world, repository)}/branches/${encodeURIComponent(branch)}/protection`;
}

function presentChecks(url: string, protection: Protection) {
  const checks = (protection.checks ?? []).map(({ context, appId }) => ({ context, app_id: appId }));
  return {
    url: `${url}/required_status_checks`,
    strict: protection.strict,
    contexts: checks.map(({ context }) => context),
    contexts_url: `${url}/required_status_checks/contexts`,
    checks,
  };
}

function presentProtection(world: World, repository: Repository, branch: string, protection: Protection) {
  const url = protectionUrl(world, repository, branch);
  const { reviews } = protection;
  return {
    url,
    ...(protection.checks ? { required_status_checks: presentChecks(url, protection) } : {}),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    ...(reviews
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: reviews.dismissStale,
            require_code_owner_reviews: reviews.codeOwners,
            required_approving_review_count: reviews.count,
            require_last_push_approval: false,
          },
        }
      : {}),
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };
}

function protectionOf(call: Call): Protection {
  return found(call.repository.protections.get(call.param("branch")));
}

async function branchSha(call: Call): Promise<string> {
  return found(await resolveObject(call.repository.directory, `refs/heads/${call.param("branch")}`));
}

async function protect(call: Call) {
  await branchSha(call);
  const { body, repository } = call;
  const checks = body.required_status_checks;
  const reviews = body.required_pull_request_reviews;
  const named: { context: string; app_id?: number }[] =
    checks?.checks ?? (checks?.contexts ?? []).map((context: string) => ({ context }));
  const protection: Protection = {
    // An app id of -1 means any source, as on GitHub.
    checks: checks
      ? named.map(({ context, app_id }) => ({ context, appId: app_id === undefined || app_id < 0 ? null : app_id }))
      : null,
    strict: checks?.strict ?? false,
    enforceAdmins: body.enforce_admins ?? false,
    reviews: reviews && {
      count: reviews.required_approving_review_count ?? 1,
      dismissStale: reviews.dismiss_stale_reviews ?? false,
      codeOwners: reviews.require_code_owner_reviews ?? false,
    },
  };
  repository.protections.set(call.param("branch"), protection);
  return ok(presentProtection(call.world, repository, call.param("branch"), protection));
}

async function show(call: Call) {
  const { world, repository } = call;
  const branch = call.param("branch");
  const commit = await readCommit(repository.directory, await branchSha(call));
  const protection = repository.protections.get(branch);
  return ok({
    name: branch,
    commit: presentCommit(world, repository, commit),
    _links: {
      html: `${htmlUrl(world, repository)}/tree/${urlPath(branch)}`,
      self: `${apiUrl(world, repository)}/branches/${encodeURIComponent(branch)}`,
    },
    protected: protection !== undefined,
    protection: { enabled: protection !== undefined },
    protection_url: protectionUrl(world, repository, branch),
  });
}

export const branchRoutes = [
  route("GET /repos/{owner}/{repo}/branches", { app: ["contents:read"] }, async (call) => {
    const { world, repository } = call;
    const only = call.query.get("protected");
    const refs = [...(await listRefs(repository.directory, "refs/heads/"))]
      .map(([ref, sha]) => ({ name: ref.slice("refs/heads/".length), sha }))
      .filter(({ name }) => only === null || repository.protections.has(name) === (only === "true"));
    return call.page(refs, ({ name, sha }) => ({
      name,
      commit: { sha, url: `${apiUrl(world, repository)}/commits/${sha}` },
      protected: repository.protections.has(name),
    }));
  }),
  route("GET /repos/{owner}/{repo}/branches/{branch}", { app: ["contents:read"] }, show),
  route(
    "GET /repos/{owner}/{repo}/branches/{branch}/protection",
    { app: ["administration:read"], person: "admin" },
    (call) => ok(presentProtection(call.world, call.repository, call.param("branch"), protectionOf(call))),
  ),
  route(
    "PUT /repos/{owner}/{repo}/branches/{branch}/protection",
    { app: ["administration:write"], person: "admin" },
    protect,
  ),
  route(
    "DELETE /repos/{owner}/{repo}/branches/{branch}/protection",
    { app: ["administration:write"], person: "admin" },
    (call) => {
      protectionOf(call);
      call.repository.protections.delete(call.param("branch"));
      return noContent;
    },
  ),
  route(
    "GET /repos/{owner}/{repo}/branches/{branch}/protection/required_status_checks",
    { app: ["administration:read"], person: "admin" },
    (call) => ok(presentChecks(protectionUrl(call.world, call.repository, call.param("branch")), protectionOf(call))),
  ),
  route("GET /repos/{owner}/{repo}/rules/branches/{branch}", { app: ["metadata:read"] }, (call) =>
    call.page([], (one) => one),
  ),
];
