import { z } from "zod";
import type { LinkedIssue } from "../facts/facts.ts";
import type { RepositoryReader } from "./octokit.ts";
import { issueNode, namesOf } from "./pull-request-query.ts";
import { queryGraphql } from "./query-graphql.ts";

/** A text can name any number of issues; more than this is noise, and each costs. */
const mostIssues = 20;

const issueAnswer = z.object({ repository: z.record(z.string(), issueNode.nullable()).nullable() });

/**
 * Reads issues that a text names and that GitHub did not list itself.
 *
 * An issue of another repository is out of reach on purpose: the token speaks for one repository, and the text of a
 * private issue must not appear elsewhere. It is told as an issue that can't be read.
 */
export async function fetchIssues(
  client: RepositoryReader,
  names: readonly { owner: string; repo: string; number: number }[],
): Promise<LinkedIssue[]> {
  const wanted = names.slice(0, mostIssues);
  const here = wanted.filter((issue) => isHere(client, issue));
  const numbers = [...new Set(here.map(({ number }) => number))].filter((number) => number <= 2 ** 31 - 1);
  const found = numbers.length > 0 ? await fetchByNumber(client, numbers) : {};
  return wanted.map((name) => {
    const node = isHere(client, name) ? (found[`issue${name.number}`] ?? null) : null;
    return { ...name, issue: node && toIssue(node), source: "keyword" };
  });
}

async function fetchByNumber(client: RepositoryReader, numbers: readonly number[]) {
  const fields = "number title body state url labels(first: 50) { nodes { name } }";
  const parts = numbers.map((number) => `issue${number}: issue(number: ${number}) { ${fields} }`).join("\n");
  const query = `query NamedIssues($owner: String!, $name: String!) {\n  repository(owner: $owner, name: $name) {\n${parts}\n  }\n}`;
  const variables = { owner: client.owner, name: client.name };
  const { data } = await queryGraphql(client.octokit, query, variables, issueAnswer);
  return data?.repository ?? {};
}

function isHere(client: RepositoryReader, { owner, repo }: { owner: string; repo: string }): boolean {
  return owner.toLowerCase() === client.owner.toLowerCase() && repo.toLowerCase() === client.name.toLowerCase();
}

export function toIssue(node: z.infer<typeof issueNode>): NonNullable<LinkedIssue["issue"]> {
  return {
    title: node.title,
    body: node.body,
    state: node.state === "OPEN" ? "open" : "closed",
    labels: namesOf(node.labels),
    url: node.url,
  };
}
