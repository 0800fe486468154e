import { join } from "node:path";
import { HttpError } from "../errors.ts";
import { checkText } from "../field-rules.ts";
import { writeCommit } from "../git/commits.ts";
import { RepositoryLock } from "../git/lock.ts";
import { writeBlob } from "../git/objects.ts";
import { forkRepository, initRepository, removeRepository, updateRef } from "../git/repository.ts";
import { writeTree } from "../git/write-tree.ts";
import type { Account, Repository } from "../model.ts";
import { signatureOf } from "../present/commit.ts";
import { fullName, type World } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

export interface NewRepository {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string | null;
  readonly defaultBranch?: string;
  /** Starts with a README commit on the default branch. */
  readonly autoInit?: boolean;
}

function add(world: World, owner: Account, wanted: NewRepository, parent: Repository | null): Repository {
  if (!/^[\w.-]{1,100}$/.test(wanted.name) || wanted.name.startsWith("..")) {
    throw new HttpError(422, "Repository creation failed.", [
      { resource: "Repository", field: "name", code: "invalid" },
    ]);
  }
  if ([...world.state.repositories.values()].some((one) => one.owner === owner && one.name === wanted.name)) {
    const message = "name already exists on this account";
    throw new HttpError(422, "Repository creation failed.", [
      { resource: "Repository", code: "custom", field: "name", message },
    ]);
  }
  checkText("Repository description", wanted.description);
  const now = world.state.now();
  const id = world.state.id();
  const repository: Repository = {
    ...{ id, owner, name: wanted.name, parent, formerNames: [], description: wanted.description ?? null },
    private: wanted.private ?? false,
    archived: false,
    hasIssues: parent === null,
    defaultBranch: wanted.defaultBranch ?? "main",
    directory: join(world.directory, `${id}.git`),
    collaborators: new Map(),
    invitations: [],
    labels: [],
    issues: new Map(),
    protections: new Map(),
    rulesets: [],
    mergeMethods: ["merge", "squash", "rebase"],
    deleteBranchOnMerge: false,
    suites: [],
    runs: [],
    statuses: [],
    nextNumber: 1,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    lock: new RepositoryLock(),
  };
  world.state.repositories.set(id, repository);
  return repository;
}

export async function createRepository(world: World, owner: Account, wanted: NewRepository): Promise<Repository> {
  const repository = add(world, owner, wanted, null);
  const { directory, defaultBranch } = repository;
  await initRepository(directory, defaultBranch);
  if (!wanted.autoInit) return repository;
  const sha = await writeBlob(directory, Buffer.from(`# ${repository.name}\n`));
  const tree = await writeTree(directory, undefined, [{ path: "README.md", sha }]);
  const message = "Initial commit\n";
  const commit = await writeCommit(directory, { tree, parents: [], message, author: signatureOf(owner) });
  await updateRef(directory, `refs/heads/${defaultBranch}`, commit);
  return repository;
}

/** Copies a repository to another owner; forking twice gives the fork that is there. */
export async function fork(world: World, parent: Repository, owner: Account, name: string): Promise<Repository> {
  const known = [...world.state.repositories.values()].find((one) => one.owner === owner && one.parent === parent);
  if (known) return known;
  const { private: hidden, description, defaultBranch } = parent;
  const repository = add(world, owner, { name, private: hidden, description, defaultBranch }, parent);
  await forkRepository(parent.directory, repository.directory, defaultBranch);
  return repository;
}

/** Deletes a repository. Pull requests from it stay, with a head repository of null. */
export async function deleteRepository(world: World, repository: Repository, sender: Account): Promise<void> {
  announce(world, { event: "repository", action: "deleted", repository, sender, payload: {} });
  world.state.repositories.delete(repository.id);
  for (const { pull } of world.state.allPulls()) {
    if (pull.head.repository === repository) pull.head.repository = null;
  }
  for (const other of world.state.forksOf(repository)) other.parent = null;
  await repository.lock.run(() => removeRepository(repository.directory));
}

export function renameRepository(world: World, repository: Repository, sender: Account, name: string): void {
  const from = repository.name;
  if (from === name) return;
  repository.formerNames.push(fullName(repository).toLowerCase());
  repository.name = name;
  const changes = { repository: { name: { from } } };
  announce(world, { event: "repository", action: "renamed", repository, sender, payload: { changes } });
}
