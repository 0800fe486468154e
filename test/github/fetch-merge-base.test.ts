import { expect, it } from "vitest";
import { fetchMergeBase } from "../../src/github/fetch-merge-base.ts";
import { playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

it("asks once for two commits", async () => {
  const path = "/repos/acme/income/compare/aaa...bbb?per_page=1";
  const body = { merge_base_commit: { sha: "ccc" } };
  await playGitHub([{ method: "GET", path, status: 200, body }], async () => {
    const client = aRepositoryClient();
    expect([await fetchMergeBase(client, "aaa", "bbb"), await fetchMergeBase(client, "aaa", "bbb")]).toEqual([
      "ccc",
      "ccc",
    ]);
  });
});

it("tells unrelated histories from commits that can't be found", async () => {
  const path = (head: string) => `/repos/acme/income/compare/aaa...${head}?per_page=1`;
  const unrelated = { message: "No common ancestor between aaa and ddd." };
  await playGitHub(
    [
      { method: "GET", path: path("ddd"), status: 404, body: unrelated },
      { method: "GET", path: path("eee"), status: 404, body: { message: "Not Found" } },
    ],
    async () => {
      expect(await fetchMergeBase(aRepositoryClient(), "aaa", "ddd")).toBeNull();
      await expect(fetchMergeBase(aRepositoryClient(), "aaa", "eee")).rejects.toMatchObject({ status: 404 });
    },
  );
});
