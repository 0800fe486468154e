import { expect, it } from "vitest";
import { fetchPolicyOids } from "../../src/github/fetch-policy-oids.ts";
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
  const client = clientThat(() => ({ repository: { e0: { oid: "a1" }, e1: null, e2: {} } }));
  const found = await fetchPolicyOids(client, ["main", 'a"b', "folder"]);
  expect([...found]).toEqual([
    ["main", "a1"],
    ['a"b', ""],
    ["folder", ""],
  ]);
  expect(asked.splice(0)).toMatchObject([{ variables: { owner: "acme", e1: 'refs/heads/a"b:.github/modelsync.yml' } }]);
});

it("leaves out what GitHub does not tell, and asks nothing about no branches", async () => {
  const errors = [{ type: "FORBIDDEN", path: ["repository", "e1"] }];
  const client = clientThat(() => {
    throw Object.assign(new Error("refused"), { errors, data: { repository: { e0: { oid: "a1" }, e1: null } } });
  });
  expect([...(await fetchPolicyOids(client, ["main", "secret"]))]).toEqual([["main", "a1"]]);
  asked.length = 0;
  expect([(await fetchPolicyOids(client, [])).size, asked]).toEqual([0, []]);
});
