import { createRepository, deleteRepository, fork, renameRepository } from "../actions/repositories.ts";
import { HttpError, notFound } from "../errors.ts";
import type { Account, Role } from "../model.ts";
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
  return created(withRights(call, presentRepository(world, repository), "admin"));
}

function withRights(call: Call, shown: Record<string, unknown>, role: Role) {
  const rights = (["admin", "maintain", "write", "triage", "read"] as const).map((name) => {
    const short = name === "write" ? "push" : name === "read" ? "pull" : name;
    return [short, atLeast(role, name)];
  });
  return call.actor.kind === "user" ? { ...shown, permissions: Object.fromEntries(rights) } : shown;
}

function show(call: Call) {
  const shown = presentRepository(call.world, call.repository);
  const { actor } = call;
  return ok(
    actor.kind === "user" ? withRights(call, shown, call.world.state.roleOf(actor.account, call.repository)) : shown,
  );
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

function namedAccount(call: Call): Account {
  const account = call.world.state.account(call.param("username"));
  if (!account) throw notFound();
  return account;
}

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
    const owner = call.world.state.account(call.param("org"));
    if (!owner) throw notFound();
    if (!owner.members.has(call.account.id)) throw new HttpError(403, "You need to be a member of the organization.");
    return create(call, owner);
  }),
  route("GET /repos/{owner}/{repo}", { app: ["metadata:read"] }, show),
  route("PATCH /repos/{owner}/{repo}", { app: ["administration:write"], person: "admin" }, edit),
  route("DELETE /repos/{owner}/{repo}", { app: ["administration:write"], person: "admin" }, async (call) => {
    await deleteRepository(call.world, call.repository, call.account);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/forks", { app: ["metadata:read"] }, (call) => {
    const forks = [...call.world.state.repositories.values()].filter(({ parent }) => parent === call.repository);
    return call.page(forks, (one) => presentRepository(call.world, one));
  }),
  route("POST /repos/{owner}/{repo}/forks", { app: ["administration:write"] }, async (call) => {
    const { world, body, repository } = call;
    const owner = body?.organization ? world.state.account(body.organization) : call.account;
    if (!owner) throw notFound();
    const made = await fork(world, repository, owner, body?.name ?? repository.name);
    return { status: 202, body: presentRepository(world, made) };
  }),
  route("GET /repos/{owner}/{repo}/collaborators/{username}", { app: ["metadata:read"], person: "write" }, (call) => {
    const role = call.world.state.roleOf(namedAccount(call), call.repository);
    if (role === "none" || (role === "read" && !call.repository.collaborators.has(namedAccount(call).id)))
      throw notFound();
    return noContent;
  }),
  route(
    "PUT /repos/{owner}/{repo}/collaborators/{username}",
    { app: ["administration:write"], person: "admin" },
    (call) => {
      const names: Record<string, Role> = {
        pull: "read",
        triage: "triage",
        push: "write",
        maintain: "maintain",
        admin: "admin",
      };
      call.repository.collaborators.set(namedAccount(call).id, names[call.body?.permission ?? "push"] ?? "write");
      return noContent;
    },
  ),
  route(
    "DELETE /repos/{owner}/{repo}/collaborators/{username}",
    { app: ["administration:write"], person: "admin" },
    (call) => {
      call.repository.collaborators.delete(namedAccount(call).id);
      return noContent;
    },
  ),
  route("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { app: ["metadata:read"] }, (call) => {
    const account = namedAccount(call);
    const role = call.world.state.roleOf(account, call.repository);
    const user = {
      ...presentAccount(call.world, account),
      role_name: role,
      permissions: {
        pull: atLeast(role, "read"),
        triage: atLeast(role, "triage"),
        push: atLeast(role, "write"),
        maintain: atLeast(role, "maintain"),
        admin: role === "admin",
      },
    };
    return ok({ permission: coarse[role], role_name: role, user });
  }),
];
