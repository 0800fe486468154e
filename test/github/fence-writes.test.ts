import { Octokit } from "@octokit/rest";
import { expect, it } from "vitest";
import { fenceWrites } from "../../src/github/fence-writes.ts";

it("asks before each write, right before it is sent, and lets reads pass", async () => {
  const log: string[] = [];
  let owned = true;
  const octokit = new Octokit({
    request: {
      fetch: async (url: string, { method }: RequestInit) => {
        log.push(`${method} ${new URL(url).pathname}`);
        return Response.json({ data: {} });
      },
    },
  });
  fenceWrites(octokit, async ({ method, url, fields }) => {
    log.push(`asks ${method} ${url} ${fields.head_sha}`);
    return owned;
  });
  const place = { owner: "acme", repo: "income" };
  const create = () => octokit.rest.checks.create({ ...place, name: "n", head_sha: "abc" });
  await create();
  owned = false;
  await expect(create()).rejects.toThrow("POST /repos/{owner}/{repo}/check-runs");
  await octokit.rest.repos.get(place);
  await octokit.graphql("query { viewer { login } }");
  expect(log).toEqual([
    "asks POST /repos/{owner}/{repo}/check-runs abc",
    "POST /repos/acme/income/check-runs",
    "asks POST /repos/{owner}/{repo}/check-runs abc",
    "GET /repos/acme/income",
    "POST /graphql",
  ]);
});
