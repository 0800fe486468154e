import type { LocalRepository } from "./repository.ts";

/** The commit that a branch, a tag or a commit's id names, of a branch also where only the remote has it. */
export async function findRevision(repository: LocalRepository, revision: string): Promise<string | null> {
  return (await repository.commit(revision)) ?? repository.commit(`origin/${revision}`);
}
