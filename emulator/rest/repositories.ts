import { ownerErrors, readCodeOwners } from "../actions/code-owners.ts";
import { createRepository, deleteRepository, fork, renameRepository } from "../actions/repositories.ts";
import { found, refuseIf } from "../errors.ts";
import { checkText } from "../field-rules.ts";
import type { Account, MergeMethod, Repository, Role } from "../model.ts";
import { presentAccount } from "../present/account.ts";
import { presentRepository } from "../present/repository.ts";
import { rightsOf } from "../present/rights.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

async function create(call: Call, owner: Account) {
  const { world, body } = call;
  const repository = await createRepository(world, owner, {
    name: body.name,
    private: body.private ?? false,
    description: body.description ?? null,
    autoInit: body.auto_init ?? false,
  });
  return created(withRights(call, repository, "admin"));
}

function withRights(call: Call, repository: Repository, given?: Role) {
  const { world, actor } = call;
  const { owner } = repository;
  const organization = owner.type === "Organization" ? { organization: presentAccount(world, owner) } : {};
  const shown = { ...presentRepository(world, repository), ...organization };
  if (actor.kind !== "user") return shown;
  return {
    ...shown,
    temp_clone_token: null,
    permissions: rightsOf(given ?? world.state.roleOf(actor.account, repository)),
  };
}

function show(call: Call) {
  return ok(withRights(call, call.repository));
}

/** The ways of merging after a change of the settings; one must remain. */
function methodsOf({ body, repository }: Call): MergeMethod[] {
  const wanted = { merge: body.allow_merge_commit, squash: body.allow_squash_merge, rebase: body.allow_rebase_merge };
  const methods = (Object.keys(wanted) as MergeMethod[]).filter(
    (method) => wanted[method] ?? repository.mergeMethods.includes(method),
  );
  refuseIf(methods.length === 0, 422, "Validation Failed", [
    {
      resource: "Repository",
      field: "merge_commit_allowed",
      code: "no_merge_method",
      message: "Sorry, you need to allow at least one merge strategy. (no_merge_method)",
    },
  ]);
  return methods;
}

function edit(call: Call) {
  const { world, body, repository } = call;
  checkText("Repository description", body.description);
  if (body.name) renameRepository(world, repository, call.account, body.name);
  if (body.archived !== undefined) repository.archived = body.archived;
  if (body.private !== undefined) repository.private = body.private;
  if (body.description !== undefined) repository.description = body.description;
  if (body.has_issues !== undefined) repository.hasIssues = body.has_issues;
  if (body.delete_branch_on_merge !== undefined) repository.deleteBranchOnMerge = body.delete_branch_on_merge;
  repository.mergeMethods = methodsOf(call);
  if (body.default_branch) repository.defaultBranch = body.default_branch;
  repository.updatedAt = world.state.now();
  return show(call);
}

/** What GitHub can't follow in the CODEOWNERS file of a branch. */
async function listOwnerErrors(call: Call) {
  const { world, repository } = call;
  const owners = found(await readCodeOwners(repository, call.query.get("ref") ?? repository.defaultBranch));
  return ok({ errors: ownerErrors(world.state, repository, owners) });
}

export const repositoryRoutes = [
  route("POST /user/repos", { app: "never" }, (call) => create(call, call.account)),
  route("POST /orgs/{org}/repos", { app: "never" }, (call) => {
    const owner = call.accountNamed("org");
    refuseIf(!owner.members.has(call.account.id), 403, "You need to be a member of the organization.");
    return create(call, owner);
  }),
  route("GET /repos/{owner}/{repo}", { app: ["metadata:read"] }, show),
  route("PATCH /repos/{owner}/{repo}", { app: ["administration:write"], person: "admin" }, edit),
  route("DELETE /repos/{owner}/{repo}", { app: ["administration:write"], person: "admin" }, async (call) => {
    await deleteRepository(call.world, call.repository, call.account);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/codeowners/errors", { app: ["contents:read"] }, listOwnerErrors),
  route("GET /repos/{owner}/{repo}/forks", { app: ["metadata:read"] }, (call) =>
    call.page(call.world.state.forksOf(call.repository), (one) => presentRepository(call.world, one)),
  ),
  route("POST /repos/{owner}/{repo}/forks", { app: ["administration:write"] }, async (call) => {
    const { world, body, repository } = call;
    const owner = body?.organization ? found(world.state.account(body.organization)) : call.account;
    const made = await fork(world, repository, owner, body?.name ?? repository.name);
    return { status: 202, body: presentRepository(world, made) };
  }),
];
