import { z } from "zod";
import { policyPath } from "../policy/parse-policy.ts";
import { checkRunName } from "./check-run-name.ts";
import type { RepositoryReader } from "./octokit.ts";
import { queryGraphql } from "./query-graphql.ts";

/** What stands for the policy of a branch that has none, and into which nothing may be merged without our check. */
export const missingPolicy = "missing";

/** A policy or a branch. */
const part = z.object({
  oid: z.string().optional(),
  refUpdateRule: z.object({ requiredStatusCheckContexts: z.array(z.string().nullable()).nullable() }).nullish(),
  rules: z
    .object({
      nodes: z.array(
        z
          .object({
            parameters: z
              .object({ requiredStatusChecks: z.array(z.object({ context: z.string() })).optional() })
              .nullable(),
          })
          .nullable(),
      ),
    })
    .nullish(),
});
const answer = z.object({ repository: z.record(z.string(), part.nullable()).nullable() });

/** Branches that one query asks for. */
const branchesAtOnce = 50;

/**
 * What judges at the tip of each of these branches, with one query.
 *
 * @returns by branch: the object id of the policy; where there is none, `missingPolicy` when the branch's protection or a
 *   ruleset requires our check, else an empty text. A branch is missing when GitHub did not tell
 */
export async function fetchBasePolicies(
  client: RepositoryReader,
  branches: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let start = 0; start < branches.length; start += branchesAtOnce) {
    const some = branches.slice(start, start + branchesAtOnce);
    const asked = some.map((branch, index) => ({ branch, policy: `p${index}`, ref: `r${index}` }));
    const declared = asked.map(({ policy, ref }) => `, $${policy}: String!, $${ref}: String!`).join("");
    const parts = asked.map(
      ({ policy, ref }) => `    ${policy}: object(expression: $${policy}) { ... on Blob { oid } }
    ${ref}: ref(qualifiedName: $${ref}) {
      refUpdateRule { requiredStatusCheckContexts }
      rules(first: 100) {
        nodes { parameters { ... on RequiredStatusChecksParameters { requiredStatusChecks { context } } } }
      }
    }`,
    );
    const query = `query Policies($owner: String!, $name: String!${declared}) {
  repository(owner: $owner, name: $name) {\n${parts.join("\n")}\n  }\n}`;
    const expressions = asked.flatMap(({ branch, policy, ref }) => [
      [policy, `refs/heads/${branch}:${policyPath}`],
      [ref, `refs/heads/${branch}`],
    ]);
    const variables = { owner: client.owner, name: client.name, ...Object.fromEntries(expressions) };
    const { data, refused } = await queryGraphql(client.octokit, query, variables, answer);
    for (const { branch, policy, ref } of asked) {
      const blob = data?.repository?.[policy];
      if (blob === undefined || refused.some((path) => path.includes(policy))) continue;
      const required = requiredChecks(data?.repository?.[ref]).includes(checkRunName(branch));
      found.set(branch, blob?.oid ?? (required ? missingPolicy : ""));
    }
  }
  return found;
}

/** The names of the checks that a branch requires; what GitHub does not show to an App is not among them. */
function requiredChecks(branch: z.infer<typeof part> | null | undefined): string[] {
  const byProtection = branch?.refUpdateRule?.requiredStatusCheckContexts ?? [];
  const byRules = (branch?.rules?.nodes ?? []).flatMap((rule) => rule?.parameters?.requiredStatusChecks ?? []);
  return [...byProtection, ...byRules.map(({ context }) => context)].filter((name) => name !== null);
}
