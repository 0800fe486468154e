import { z } from "zod";
import type { LinkedIssue } from "../facts/facts.ts";
import { closedAs } from "./fetch-issues.ts";
import type { RepositoryReader } from "./octokit.ts";
import { queryGraphql } from "./query-graphql.ts";

const listed = z.object({
  closingIssuesReferences: z
    .object({
      nodes: z
        .array(
          z
            .object({
              number: z.number(),
              state: z.enum(["OPEN", "CLOSED"]),
              stateReason: z.string().nullable(),
              repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
            })
            .nullable(),
        )
        .nullable(),
    })
    .nullable(),
});
const answer = z.object({ repository: z.record(z.string(), listed.nullable()).nullable() });

/** Pull requests that one query asks for. */
const pullsAtOnce = 50;

/**
 * Which issues each of these pull requests closes, as one text that is another one when a link is. A link that somebody made
 * in the sidebar comes with no event.
 *
 * @returns by number; a pull request is missing when GitHub did not tell
 */
export async function fetchClosingIssues(
  client: RepositoryReader,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (let start = 0; start < numbers.length; start += pullsAtOnce) {
    const some = numbers.slice(start, start + pullsAtOnce);
    const parts = some.map(
      (number) => `    p${number}: pullRequest(number: ${number}) {
      closingIssuesReferences(first: 50) { nodes { number state stateReason(enableDuplicate: true) repository { name owner { login } } } }
    }`,
    );
    const query = `query ClosingIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {\n${parts.join("\n")}\n  }\n}`;
    const { data } = await queryGraphql(client.octokit, query, { owner: client.owner, name: client.name }, answer);
    for (const number of some) {
      const nodes = data?.repository?.[`p${number}`]?.closingIssuesReferences?.nodes;
      if (!nodes) continue;
      const issues = nodes.flatMap((node) => (node === null ? [] : [node]));
      found.set(
        number,
        inOneText(
          issues.map(({ repository: { name, owner }, ...issue }) => [
            owner.login,
            name,
            issue.number,
            stateText(issue.state === "OPEN", closedAs(issue.stateReason)),
          ]),
        ),
      );
    }
  }
  return found;
}

/** The same text of what a review read. */
export function closingIssuesText(issues: readonly LinkedIssue[]): string {
  return inOneText(
    issues.map(({ owner, repo, number, issue }) => [
      owner,
      repo,
      number,
      issue === null ? "" : stateText(issue.state === "open", issue.closed?.as ?? "completed"),
    ]),
  );
}

function stateText(open: boolean, as: string): string {
  if (open) return "OPEN";
  return as === "completed" ? "CLOSED" : `CLOSED ${as}`;
}

function inOneText(issues: (string | number)[][]): string {
  return issues
    .map(([owner, name, number, state]) => `${owner}/${name}#${number} ${state}`)
    .sort()
    .join(", ");
}
