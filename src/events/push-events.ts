import { pushPayload, translator } from "./payloads.ts";

const branch = "refs/heads/";

/** GitHub lists at most 2,048 commits of a push. */
const listedCommits = 2048;

/** Translates `push`: when a base branch moves, its policy or the data on it may have changed. */
export const pushEffect = translator(pushPayload, (payload) => {
  const { ref, after, forced, created, deleted, installation, repository, commits } = payload;
  if (!ref.startsWith(branch) || deleted) return null;
  // A list that lacks the newest commit was cut somewhere, whatever its length.
  const reachesHead = commits.some(({ id }) => id === after);
  const complete = !forced && !created && reachesHead && commits.length < listedCommits;
  return {
    kind: "push",
    fanOut: {
      kind: "base",
      installationId: installation.id,
      repositoryId: repository.id,
      owner: repository.owner.login ?? repository.owner.name ?? "",
      name: repository.name,
      baseRef: ref.slice(branch.length),
    },
    changed: complete ? changedPaths(commits) : null,
  };
});

function changedPaths(
  commits: { added?: string[] | undefined; modified?: string[] | undefined; removed?: string[] | undefined }[],
): string[] {
  const all = commits.flatMap(({ added = [], modified = [], removed = [] }) => [...added, ...modified, ...removed]);
  return [...new Set(all)].sort();
}
