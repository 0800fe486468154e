import { createRepository, deleteRepository, fork, renameRepository } from "../actions/repositories.ts";
import { found, notFound, refuseIf } from "../errors.ts";
import type { Account, Repository, Role } from "../model.ts";
import { presentAccount } from "../present/account.ts";
import { presentRepository } from "../present/repository.ts";
import { atLeast } from "../state.ts";
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

/** What a role may do, in the words of the REST interface. */
function rightsOf(role: Role): Record<string, boolean> {
  return Object.fromEntries(Object.entries(roles).map(([name, least]) => [name, atLeast(role, least)]));
}

function withRights(call: Call, repository: Repository, given?: Role) {
  const { world, actor } = call;
  const shown = presentRepository(world, repository);
  if (actor.kind !== "user") return shown;
  return { ...shown, permissions: rightsOf(given ?? world.state.roleOf(actor.account, repository)) };
}

function show(call: Call) {
  return ok(withRights(call, call.repository));
}

function edit(call: Call) {
  const { world, body, repository } = call;
  if (body.name) renameRepository(world, repository, call.account, body.name);
  if (body.archived !== undefined) repository.archived = body.archived;
  if (body.private !== undefined) repository.private = body.private;
  if (body.description !== undefined) repository.description = body.description;
  if (body.has_issues !== undefined) repository.hasIssues = body.has_issues;
  if (body.default_branch) repository.defaultBranch = body.default_branch;
  repository.updatedAt = world.state.now();
  return show(call);
}

/** The role that each permission of the REST interface stands for. */
const roles: Record<string, Role> = {
  pull: "read",
  triage: "triage",
  push: "write",
  maintain: "maintain",
  admin: "admin",
};

/** `permission` knows four words; the finer roles are told in `role_name`. */
const coarse: Record<Role, string> = {
  none: "none",
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

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
  route("GET /repos/{owner}/{repo}/forks", { app: ["metadata:read"] }, (call) =>
    call.page(call.world.state.forksOf(call.repository), (one) => presentRepository(call.world, one)),
  ),
  route("POST /repos/{owner}/{repo}/forks", { app: ["administration:write"] }, async (call) => {
    const { world, body, repository } = call;
    const owner = body?.organization ? found(world.state.account(body.organization)) : call.account;
    const made = await fork(world, repository, owner, body?.name ?? repository.name);
    return { status: 202, body: presentRepository(world, made) };
  }),
  route("GET /repos/{owner}/{repo}/collaborators/{username}", { app: ["metadata:read"], person: "write" }, (call) => {
    const account = call.accountNamed("username");
    const invited = call.repository.collaborators.has(account.id);
    if (!atLeast(call.world.state.roleOf(account, call.repository), invited ? "read" : "triage")) throw notFound();
    return noContent;
  }),
  route(
    "PUT /repos/{owner}/{repo}/collaborators/{username}",
    { app: ["administration:write"], person: "admin" },
    (call) => {
      call.repository.collaborators.set(
        call.accountNamed("username").id,
        roles[call.body?.permission ?? "push"] ?? "write",
      );
      return noContent;
    },
  ),
  route(
    "DELETE /repos/{owner}/{repo}/collaborators/{username}",
    { app: ["administration:write"], person: "admin" },
    (call) => {
      call.repository.collaborators.delete(call.accountNamed("username").id);
      return noContent;
    },
  ),
  route("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { app: ["metadata:read"] }, (call) => {
    const account = call.accountNamed("username");
    const role = call.world.state.roleOf(account, call.repository);
    const user = { ...presentAccount(call.world, account), role_name: role, permissions: rightsOf(role) };
    return ok({ permission: coarse[role], role_name: role, user });
  }),
];
