import type { Effect } from "./effect.ts";
import { pushPayload } from "./payloads.ts";

const branch = "refs/heads/";

/** GitHub lists at most 2,048 commits of a push. */
const listedCommits = 2048;

/** Translates `push`: when a base branch moves, its policy or the data on it may have changed. */
export function pushEffect(payload: unknown): Effect | null {
  const parsed = pushPayload.safeParse(payload);
  if (!parsed.success || !parsed.data.ref.startsWith(branch) || parsed.data.deleted) return null;
  const { ref, forced, created, installation, repository, commits } = parsed.data;
  const complete = !forced && !created && commits.length > 0 && commits.length < listedCommits;
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
}

function changedPaths(
  commits: { added?: string[] | undefined; modified?: string[] | undefined; removed?: string[] | undefined }[],
): string[] {
  const all = commits.flatMap(({ added = [], modified = [], removed = [] }) => [...added, ...modified, ...removed]);
  return [...new Set(all)].sort();
}
