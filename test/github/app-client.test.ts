import { expect, it } from "vitest";
import { RateLimited } from "../../src/github/rate-limited.ts";
import { playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

it("does not carry a token to another host", async () => {
  const headers = { link: '<https://evil.test/repos?page=2>; rel="next"' };
  await playGitHub([{ method: "GET", path: "/user/repos", status: 200, body: [{}], headers }], async () => {
    const { octokit } = aRepositoryClient();
    await expect(octokit.paginate("GET /user/repos")).rejects.toThrow(
      "GitHub's answer points to another host: evil.test",
    );
  });
});

it("turns a secondary limit into a time to wait until", async () => {
  const exchange = {
    method: "GET",
    path: "/user",
    status: 403,
    body: { message: "secondary rate limit" },
    headers: { "retry-after": "9" },
  } as const;
  await playGitHub([exchange], async () => {
    await expect(aRepositoryClient().octokit.request("GET /user")).rejects.toBeInstanceOf(RateLimited);
  });
});
