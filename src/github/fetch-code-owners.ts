import { z } from "zod";
import { type CodeOwnersFile, type OwnerError, parseCodeOwners } from "../entitlement/code-owners.ts";
import { isStatus } from "./is-status.ts";
import type { RepositoryReader } from "./octokit.ts";
import { queryGraphql } from "./query-graphql.ts";

/** Where GitHub looks, in this order; the first one that is there counts. */
const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** GitHub loads no file that is not under 3 MB. */
const tooLarge = 3_000_000;

const query = `
query CodeOwners($owner: String!, $name: String!, ${places.map((_, at) => `$place${at}: String!`).join(", ")}) {
  repository(owner: $owner, name: $name) {
    ${places.map((_, at) => `place${at}: object(expression: $place${at}) { ... on Blob { oid byteSize isTruncated text } }`).join("\n    ")}
  }
}`;

const blob = z.object({
  oid: z.string().optional(),
  byteSize: z.number().optional(),
  isTruncated: z.boolean().optional(),
  text: z.string().nullish(),
});

const answer = z.object({ repository: z.record(z.string(), blob.nullable()).nullable() });

/** The CODEOWNERS file of a commit, with what GitHub can't follow in it. */
export async function fetchCodeOwners(client: RepositoryReader, commit: string): Promise<CodeOwnersFile> {
  const { octokit, owner, name } = client;
  const expressions = Object.fromEntries(places.map((path, at) => [`place${at}`, `${commit}:${path}`]));
  const { data } = await queryGraphql(octokit, query, { owner, name, ...expressions }, answer);
  // A folder of that name has no object id of a blob, and is none.
  const at = places.findIndex((_, place) => data?.repository?.[`place${place}`]?.oid !== undefined);
  const path = places[at];
  const found = data?.repository?.[`place${at}`];
  if (path === undefined || found?.oid === undefined) return { state: "absent" };
  if ((found.byteSize ?? 0) >= tooLarge) return { state: "too-large", path };
  const text = found.isTruncated ? await fetchWhole(client, found.oid) : (found.text ?? null);
  if (text === null) return { state: "no-text", path };
  return { state: "read", ...parseCodeOwners(path, text, await fetchErrors(client, commit)) };
}

/** GraphQL gives half a megabyte of a text. */
async function fetchWhole({ octokit, owner, name }: RepositoryReader, oid: string): Promise<string> {
  const { data } = await octokit.rest.git.getBlob({ owner, repo: name, file_sha: oid });
  return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8").toString("utf8");
}

async function fetchErrors({ octokit, owner, name }: RepositoryReader, commit: string): Promise<OwnerError[]> {
  try {
    const { data } = await octokit.rest.repos.codeownersErrors({ owner, repo: name, ref: commit });
    return data.errors.map(({ line, column, kind }) => ({ line, column, kind }));
  } catch (error) {
    if (isStatus(error, 404)) return [];
    throw error;
  }
}
