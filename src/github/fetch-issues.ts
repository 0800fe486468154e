import { z } from "zod";
import type { LinkedIssue } from "../facts/facts.ts";
import type { Octokit } from "./octokit.ts";
import { issueFields, issueNode, namesOf } from "./pull-request-query.ts";
import { queryGraphql } from "./query-graphql.ts";

/** A text can name any number of issues; more than this is noise, and each costs. */
const mostIssues = 20;

const issueAnswer = z.object({ repository: z.record(z.string(), issueNode.nullable()).nullable() });

/**
 * Reads issues that a text names and that GitHub did not list itself.
 *
 * An issue of a place that is not given is out of reach on purpose, and so is a private one of another repository: the token
 * speaks for one repository, and the text of a private issue must not appear elsewhere. It is told as one that can't be read.
 *
 * @param places the repositories whose issues count
 */
export async function fetchIssues(
  octokit: Octokit,
  places: readonly Place[],
  names: readonly (Place & { number: number })[],
): Promise<LinkedIssue[]> {
  const wanted = names.slice(0, mostIssues);
  const found = new Map<string, LinkedIssue["issue"]>();
  for (const place of places) {
    const here = wanted.filter((issue) => isIn(place, issue)).map(({ number }) => number);
    const numbers = [...new Set(here)].filter((number) => number <= 2 ** 31 - 1);
    if (numbers.length === 0) continue;
    const nodes = await fetchByNumber(octokit, place, numbers);
    for (const issue of wanted.filter((one) => isIn(place, one))) {
      const node = nodes[`issue${issue.number}`];
      if (node) found.set(nameOf(issue), toIssue(node));
    }
  }
  return wanted.map((name) => ({ ...name, issue: found.get(nameOf(name)) ?? null, source: "keyword" }));
}

async function fetchByNumber(octokit: Octokit, { owner, repo }: Place, numbers: readonly number[]) {
  const parts = numbers.map((number) => `issue${number}: issue(number: ${number}) { ${issueFields} }`).join("\n");
  const query = `query NamedIssues($owner: String!, $name: String!) {\n  repository(owner: $owner, name: $name) {\n${parts}\n  }\n}`;
  const { data } = await queryGraphql(octokit, query, { owner, name: repo }, issueAnswer);
  return data?.repository ?? {};
}

interface Place {
  owner: string;
  repo: string;
}

function isIn(place: Place, issue: Place): boolean {
  return (
    issue.owner.toLowerCase() === place.owner.toLowerCase() && issue.repo.toLowerCase() === place.repo.toLowerCase()
  );
}

function nameOf({ owner, repo, number }: Place & { number: number }): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}

export function toIssue(node: z.infer<typeof issueNode>): NonNullable<LinkedIssue["issue"]> {
  const { title, body, state, closedAt, stateReason, url } = node;
  const open = state === "OPEN";
  return {
    title,
    body,
    state: open ? "open" : "closed",
    ...(open || closedAt === null ? {} : { closed: { at: closedAt, as: closedAs(stateReason) } }),
    labels: namesOf(node.labels),
    url,
  };
}

/** Why an issue is closed, from GitHub's name of the reason. */
export function closedAs(reason: string | null): "completed" | "not-planned" | "duplicate" {
  if (reason === "NOT_PLANNED") return "not-planned";
  return reason === "DUPLICATE" ? "duplicate" : "completed";
}
