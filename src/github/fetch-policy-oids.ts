import { z } from "zod";
import { policyPath } from "../policy/parse-policy.ts";
import type { RepositoryReader } from "./octokit.ts";
import { queryGraphql } from "./query-graphql.ts";

const answer = z.object({
  repository: z.record(z.string(), z.object({ oid: z.string().optional() }).nullable()).nullable(),
});

/** Branches that one query asks for. */
const branchesAtOnce = 100;

/**
 * The object id of the policy at the tip of each of these branches, with one query.
 *
 * @returns by branch; an empty id where there is no policy. A branch is missing when GitHub did not tell
 */
export async function fetchPolicyOids(
  client: RepositoryReader,
  branches: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let start = 0; start < branches.length; start += branchesAtOnce) {
    const some = branches.slice(start, start + branchesAtOnce);
    const expressions = some.map((branch, index) => [`e${index}`, `refs/heads/${branch}:${policyPath}`] as const);
    const declared = expressions.map(([name]) => `, $${name}: String!`).join("");
    const parts = expressions.map(([name]) => `${name}: object(expression: $${name}) { ... on Blob { oid } }`);
    const query = `query Policies($owner: String!, $name: String!${declared}) {
  repository(owner: $owner, name: $name) {\n${parts.join("\n")}\n  }\n}`;
    const variables = { owner: client.owner, name: client.name, ...Object.fromEntries(expressions) };
    const { data, refused } = await queryGraphql(client.octokit, query, variables, answer);
    for (const [index, branch] of some.entries()) {
      const policy = data?.repository?.[`e${index}`];
      if (policy !== undefined && !refused.includes(`e${index}`)) found.set(branch, policy?.oid ?? "");
    }
  }
  return found;
}
