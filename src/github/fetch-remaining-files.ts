import { z } from "zod";
import type { ChangedFile } from "../facts/facts.ts";
import type { RepositoryReader } from "./octokit.ts";
import { filesConnection } from "./pull-request-query.ts";
import { queryGraphql } from "./query-graphql.ts";

const filesQuery = `
query PullRequestFiles($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      files(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { path additions deletions changeType }
      }
    }
  }
}`;

const filesAnswer = z.object({ repository: z.object({ pullRequest: z.object({ files: filesConnection }) }) });

const statuses = {
  ADDED: "added",
  CHANGED: "changed",
  COPIED: "copied",
  DELETED: "removed",
  MODIFIED: "modified",
  RENAMED: "renamed",
} as const;

export function toChangedFiles(files: z.infer<typeof filesConnection>): ChangedFile[] {
  return (files.nodes ?? []).flatMap((file) =>
    file === null
      ? []
      : [{ path: file.path, status: statuses[file.changeType], additions: file.additions, deletions: file.deletions }],
  );
}

/** The changed files after the first page, at most 29 more pages. */
export async function fetchRemainingFiles(
  client: RepositoryReader,
  number: number,
  after: string,
): Promise<ChangedFile[]> {
  const files: ChangedFile[] = [];
  for (let cursor: string | null = after; cursor !== null; ) {
    const variables: Record<string, unknown> = { owner: client.owner, name: client.name, number, after: cursor };
    const { data } = await queryGraphql(client.octokit, filesQuery, variables, filesAnswer);
    if (data === null) throw new Error(`GitHub stopped listing the files of pull request ${number}`);
    const page: z.infer<typeof filesConnection> = data.repository.pullRequest.files;
    files.push(...toChangedFiles(page));
    cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  }
  return files;
}
