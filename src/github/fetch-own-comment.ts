import { z } from "zod";
import type { RepositoryClient } from "./app-client.ts";
import { queryGraphql } from "./query-graphql.ts";

/** A comment of ours as it is now, with who changed it since we wrote it last. */
export interface OwnComment {
  id: number;
  body: string;
  /** `several`: more than one, or who it was can't be told. A person comes with the time of their last change, ISO 8601. */
  editedBy: "nobody" | "several" | "bot" | { login: string; id: number; at: string };
}

/** GitHub lists edits with the newest first, the text that the comment was created with among them. Of more than these since our own, nobody is told to be the only one. */
const query = `query OwnComment($id: ID!) {
  node(id: $id) {
    ... on IssueComment {
      databaseId
      body
      userContentEdits(first: 50) {
        nodes { editedAt editor { __typename login ... on User { databaseId } ... on Bot { databaseId } } }
        pageInfo { hasNextPage }
      }
    }
  }
}`;

const editSchema = z.object({
  editedAt: z.string(),
  editor: z.object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() }).nullable(),
});
type Edit = z.infer<typeof editSchema>;

const commentSchema = z.object({
  databaseId: z.number(),
  body: z.string(),
  userContentEdits: z
    .object({ nodes: z.array(editSchema), pageInfo: z.object({ hasNextPage: z.boolean() }) })
    .nullable(),
});

const answerSchema = z.object({ node: commentSchema.or(z.strictObject({})).nullable() });

/**
 * Reads a comment of ours, or whether one of somebody else was ever edited. Who changed it is what GitHub's edit history says, never what an event does.
 *
 * @param nodeId from an event: what it names may be anything
 * @returns null when there is no such comment any more
 */
export async function fetchOwnComment(
  { octokit, botLogin }: RepositoryClient,
  nodeId: string,
): Promise<OwnComment | null> {
  const { data } = await queryGraphql(octokit, query, { id: nodeId }, answerSchema);
  const node = data?.node ?? null;
  if (node === null || !("databaseId" in node)) return null;
  const { nodes: edits = [], pageInfo } = node.userContentEdits ?? {};
  const isOwn = ({ editor }: Edit) => editor?.__typename === "Bot" && `${editor.login}[bot]` === botLogin;
  // Times are in seconds: of one second, the list says which came later.
  const newestFirst = edits.toSorted((a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt));
  const own = newestFirst.findIndex(isOwn);
  const isCut = own < 0 && pageInfo?.hasNextPage === true;
  const since = own < 0 ? newestFirst : newestFirst.slice(0, own);
  return { id: node.databaseId, body: node.body, editedBy: isCut ? "several" : whoOf(since) };
}

function whoOf(edits: readonly Edit[]): OwnComment["editedBy"] {
  const [first] = edits;
  if (first === undefined) return "nobody";
  const { editor } = first;
  const alone = edits.every((edit) => edit.editor?.databaseId === editor?.databaseId);
  if (alone && editor !== null && editor.__typename !== "User") return "bot";
  if (!alone || typeof editor?.databaseId !== "number") return "several";
  return { login: editor.login, id: editor.databaseId, at: first.editedAt };
}
