import { expect, it } from "vitest";
import { fetchBasePolicies } from "../../src/github/fetch-base-policies.ts";
import type { RepositoryReader } from "../../src/github/octokit.ts";

const asked: { query: string; variables: Record<string, unknown> }[] = [];
function clientThat(answer: () => unknown): RepositoryReader {
  const graphql = async (query: string, variables: Record<string, unknown>) => {
    asked.push({ query, variables });
    return answer();
  };
  return { octokit: { graphql } as never, repositoryId: 11, owner: "acme", name: "income" };
}

it("reads the policies of all branches with one query, whatever the branches are called", async () => {
  const client = clientThat(() => ({ repository: { p0: { oid: "a1" }, p1: null, p2: {} } }));
  const found = await fetchBasePolicies(client, ["main", 'a"b', "folder"]);
  expect([...found]).toEqual([
    ["main", "a1"],
    ['a"b', ""],
    ["folder", ""],
  ]);
  expect(asked.splice(0)).toMatchObject([{ variables: { owner: "acme", p1: 'refs/heads/a"b:.github/modelsync.yml' } }]);
});

it("leaves out what GitHub does not tell, and asks nothing about no branches", async () => {
  const errors = [{ type: "FORBIDDEN", path: ["repository", "p1"] }];
  const client = clientThat(() => {
    throw Object.assign(new Error("refused"), { errors, data: { repository: { p0: { oid: "a1" }, p1: null } } });
  });
  expect([...(await fetchBasePolicies(client, ["main", "secret"]))]).toEqual([["main", "a1"]]);
  asked.length = 0;
  expect([(await fetchBasePolicies(client, [])).size, asked]).toEqual([0, []]);
});
