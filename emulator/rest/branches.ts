import { requiredChecks, rulesOn } from "../actions/branch-rules.ts";
import { found } from "../errors.ts";
import { readCommit } from "../git/commits.ts";
import { listRefs, resolveObject } from "../git/repository.ts";
import { presentCommit } from "../present/commit.ts";
import { apiUrl, htmlUrl, urlPath } from "../present/repository.ts";
import { protectionUrl } from "./protection.ts";
import { type Call, ok, route } from "./route.ts";

async function branchSha(call: Call): Promise<string> {
  return found(await resolveObject(call.repository.directory, `refs/heads/${call.param("branch")}`));
}

async function show(call: Call) {
  const { world, repository } = call;
  const branch = call.param("branch");
  const commit = await readCommit(repository.directory, await branchSha(call));
  const protection = repository.protections.get(branch);
  const rules = rulesOn(repository, branch);
  const checks = requiredChecks(rules).map(({ context, appId }) => ({ context, app_id: appId }));
  const enforcement_level = checks.length === 0 ? "off" : protection?.enforceAdmins ? "everyone" : "non_admins";
  const contexts = checks.map(({ context }) => context);
  return ok({
    name: branch,
    commit: presentCommit(world, repository, commit),
    _links: {
      html: `${htmlUrl(world, repository)}/tree/${urlPath(branch)}`,
      self: `${apiUrl(world, repository)}/branches/${encodeURIComponent(branch)}`,
    },
    protected: rules.length > 0,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: { enforcement_level, contexts, checks },
    },
    protection_url: protectionUrl(world, repository, branch),
  });
}

export const branchRoutes = [
  route("GET /repos/{owner}/{repo}/branches", { app: ["contents:read"] }, async (call) => {
    const { world, repository } = call;
    const only = call.query.get("protected");
    const isProtected = (name: string) => rulesOn(repository, name).length > 0;
    const refs = [...(await listRefs(repository.directory, "refs/heads/"))]
      .map(([ref, sha]) => ({ name: ref.slice("refs/heads/".length), sha }))
      .filter(({ name }) => only === null || isProtected(name) === (only === "true"));
    return call.page(refs, ({ name, sha }) => ({
      name,
      commit: { sha, url: `${apiUrl(world, repository)}/commits/${sha}` },
      protected: isProtected(name),
    }));
  }),
  route("GET /repos/{owner}/{repo}/branches/{branch}", { app: ["contents:read"] }, show),
];
