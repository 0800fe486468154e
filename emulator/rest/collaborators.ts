import { found, notFound, refuseIf } from "../errors.ts";
import type { Account, Invitation, Repository, Role } from "../model.ts";
import { presentAccount } from "../present/account.ts";
import { apiUrl, htmlUrl, presentRepository } from "../present/repository.ts";
import { rightsOf, roles } from "../present/rights.ts";
import { atLeast, nodeId, type World } from "../state.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["administration:read"], person: "admin" } as const;
const writing = { app: ["administration:write"], person: "admin" } as const;

/** `permission` knows four words; the finer roles are told in `role_name`. */
const coarse: Readonly<Record<Role, string>> = {
  none: "none",
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

function presentInvitation(world: World, repository: Repository, invitation: Invitation) {
  const { id, invitee, inviter, role, createdAt } = invitation;
  return {
    id,
    node_id: nodeId("RI", id),
    repository: presentRepository(world, repository),
    invitee: presentAccount(world, invitee),
    inviter: presentAccount(world, inviter),
    permissions: role,
    created_at: createdAt,
    expired: false,
    url: `${apiUrl(world, repository)}/invitations/${id}`,
    html_url: `${htmlUrl(world, repository)}/invitations`,
  };
}

/** Whoever belongs to the organization or works here already gets the role at once; others are invited. */
function invite(call: Call) {
  const { world, repository, account: inviter } = call;
  const invitee = call.accountNamed("username");
  const role = roles[call.body?.permission ?? "push"] ?? "write";
  refuseIf(invitee === repository.owner, 422, "Repository owner cannot be a collaborator");
  if (repository.collaborators.has(invitee.id) || repository.owner.members.has(invitee.id)) {
    repository.collaborators.set(invitee.id, role);
    return noContent;
  }
  const known = repository.invitations.find((one) => one.invitee === invitee);
  const made = { id: world.state.id(), invitee, inviter, role, createdAt: world.state.now() };
  const invitation = Object.assign(known ?? made, { role });
  if (!known) repository.invitations.push(invitation);
  return created(presentInvitation(world, repository, invitation));
}

/** Everybody who has a role here beyond what any person has. */
function collaborators({ world, repository }: Call): Account[] {
  return [...world.state.accounts.values()].filter((account) => {
    if (account.type !== "User") return false;
    const role = world.state.roleOf(account, repository);
    return repository.collaborators.has(account.id) || atLeast(role, "triage");
  });
}

function presentCollaborator({ world, repository }: Call, account: Account) {
  const role = world.state.roleOf(account, repository);
  return { ...presentAccount(world, account), role_name: role, permissions: rightsOf(role) };
}

function withdraw(repository: Repository, invitation: Invitation) {
  repository.invitations.splice(repository.invitations.indexOf(invitation), 1);
}

/** The invitations of the person who calls, each with its repository. */
function received({ world, account }: Call) {
  return [...world.state.repositories.values()].flatMap((repository) =>
    repository.invitations
      .filter(({ invitee }) => invitee === account)
      .map((invitation) => ({ repository, invitation })),
  );
}

function receivedOne(call: Call) {
  return found(received(call).find(({ invitation }) => invitation.id === call.number("invitation_id")));
}

export const collaboratorRoutes = [
  route("GET /repos/{owner}/{repo}/collaborators", { app: ["metadata:read"], person: "write" }, (call) =>
    call.page(collaborators(call), (one) => presentCollaborator(call, one)),
  ),
  route("GET /repos/{owner}/{repo}/collaborators/{username}", { app: ["metadata:read"], person: "write" }, (call) => {
    if (!collaborators(call).includes(call.accountNamed("username"))) throw notFound();
    return noContent;
  }),
  route("PUT /repos/{owner}/{repo}/collaborators/{username}", writing, invite),
  route("DELETE /repos/{owner}/{repo}/collaborators/{username}", writing, (call) => {
    call.repository.collaborators.delete(call.accountNamed("username").id);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { app: ["metadata:read"] }, (call) => {
    const account = call.accountNamed("username");
    const role = call.world.state.roleOf(account, call.repository);
    return ok({ permission: coarse[role], role_name: role, user: presentCollaborator(call, account) });
  }),
  route("GET /repos/{owner}/{repo}/invitations", reading, (call) =>
    call.page(call.repository.invitations, (one) => presentInvitation(call.world, call.repository, one)),
  ),
  route("DELETE /repos/{owner}/{repo}/invitations/{invitation_id}", writing, (call) => {
    const { repository } = call;
    withdraw(repository, found(repository.invitations.find(({ id }) => id === call.number("invitation_id"))));
    return noContent;
  }),
  route("GET /user/repository_invitations", { app: "never" }, (call) =>
    call.page(received(call), ({ repository, invitation }) => presentInvitation(call.world, repository, invitation)),
  ),
  route("PATCH /user/repository_invitations/{invitation_id}", { app: "never" }, (call) => {
    const { repository, invitation } = receivedOne(call);
    repository.collaborators.set(invitation.invitee.id, invitation.role);
    withdraw(repository, invitation);
    return noContent;
  }),
  route("DELETE /user/repository_invitations/{invitation_id}", { app: "never" }, (call) => {
    const { repository, invitation } = receivedOne(call);
    withdraw(repository, invitation);
    return noContent;
  }),
];
