import type { Account, App, Installation, Repository } from "../model.ts";
import { presentAccount, presentOrganization } from "../present/account.ts";
import { presentInstallation } from "../present/app.ts";
import { emailOf } from "../present/commit.ts";
import { presentRepository } from "../present/repository.ts";
import { covers, fullName, type World } from "../state.ts";

/** A repository event: what happened, where, and who did it. */
export interface Announcement {
  readonly event: string;
  readonly action?: string;
  readonly repository: Repository;
  readonly sender: Account;
  readonly onlyApp?: App;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Tells the installed Apps about an event of a repository, with the fields every payload carries. */
export function announce(world: World, announcement: Announcement): void {
  const { event, action, repository, sender, onlyApp, payload } = announcement;
  world.emit({
    event,
    repository,
    ...(action === undefined ? {} : { action }),
    ...(onlyApp === undefined ? {} : { onlyApp }),
    payload: {
      ...(action === undefined ? {} : { action }),
      ...payload,
      repository: event === "push" ? presentPushed(world, repository) : presentRepository(world, repository),
      ...(repository.owner.type === "Organization"
        ? { organization: presentOrganization(world, repository.owner) }
        : {}),
      sender: presentAccount(world, sender),
    },
  });
}

/** Push payloads show the repository in an older form, with a few names of its own. */
function presentPushed(world: World, repository: Repository): Record<string, unknown> {
  const { owner, defaultBranch } = repository;
  return {
    ...presentRepository(world, repository),
    owner: { ...presentAccount(world, owner), name: owner.login, email: emailOf(owner.login) },
    stargazers: 0,
    master_branch: defaultBranch,
  };
}

function shortRepository(repository: Repository): Record<string, unknown> {
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
  };
}

/** Tells an App that it was installed, removed, suspended or resumed. */
export function announceInstallation(
  world: World,
  installation: Installation,
  action: "created" | "deleted" | "suspend" | "unsuspend",
): void {
  const repositories = repositoriesOf(world, installation).map(shortRepository);
  const sender = presentAccount(world, installation.account);
  world.emit({
    event: "installation",
    action,
    installation,
    payload: { action, installation: presentInstallation(world, installation), repositories, requester: null, sender },
  });
}

/** Tells an App that the choice of repositories changed. */
export function announceRepositories(
  world: World,
  installation: Installation,
  added: readonly Repository[],
  removed: readonly Repository[],
): void {
  const action = added.length > 0 ? "added" : "removed";
  world.emit({
    event: "installation_repositories",
    action,
    installation,
    payload: {
      action,
      installation: presentInstallation(world, installation),
      repository_selection: installation.repositories ? "selected" : "all",
      repositories_added: added.map(shortRepository),
      repositories_removed: removed.map(shortRepository),
      requester: null,
      sender: presentAccount(world, installation.account),
    },
  });
}

/** The repositories that an installation can see. */
export function repositoriesOf(world: World, installation: Installation): Repository[] {
  return [...world.state.repositories.values()].filter((repository) => covers(installation, repository));
}
