import { expect, it } from "vitest";
import { fetchTestMerge } from "../../src/github/fetch-test-merge.ts";
import { playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

interface Shown {
  mergeable?: "MERGEABLE" | "CONFLICTING" | "UNKNOWN";
  head?: string;
  base?: string | null;
  merge?: string[] | null;
}

function answer({ mergeable = "MERGEABLE", head = "h", base = "b", merge = null }: Shown) {
  const potentialMergeCommit = merge && { oid: "m", parents: { nodes: merge.map((oid) => ({ oid })) } };
  const baseRef = base === null ? null : { target: { oid: base } };
  return { data: { repository: { pullRequest: { mergeable, headRefOid: head, baseRef, potentialMergeCommit } } } };
}

const unknown: Shown = { mergeable: "UNKNOWN" };
const ready: Shown = { merge: ["b", "h"] };
const notReady = { state: "not-ready" };

it.each<[string, Shown[], object]>([
  ["the merge of both sides", [ready], { state: "merged", commit: "m" }],
  ["one that is made in the meantime", [unknown, ready], { state: "merged", commit: "m" }],
  ["the merge of an older base, and no newer one", [{ merge: ["a", "h"] }, { merge: ["a", "h"] }, unknown], notReady],
  ["the merge of an older head", [{ merge: ["b", "g"] }, ready], { state: "merged", commit: "m" }],
  ["sides the wrong way round", [{ merge: ["h", "b"] }, unknown, unknown], notReady],
  ["a conflict", [unknown, { mergeable: "CONFLICTING" }], { state: "conflict" }],
  [
    "the conflict of another head, of another base, and without one",
    [
      { mergeable: "CONFLICTING", head: "g" },
      { mergeable: "CONFLICTING", base: "a" },
      { mergeable: "CONFLICTING", base: null },
    ],
    notReady,
  ],
  ["nothing for as long as is waited", [unknown, unknown, unknown], notReady],
])("GitHub shows %s", async (_, shown, expected) => {
  const exchanges = shown.map((one) => ({
    method: "POST" as const,
    path: "/graphql",
    status: 200,
    body: answer(one),
  }));
  const sent = await playGitHub(exchanges, async () => {
    const { signal } = new AbortController();
    const options = { signal, pauses: [0, 0] };
    expect(await fetchTestMerge(aRepositoryClient(), 7, { base: "b", head: "h" }, options)).toEqual(expected);
  });
  expect(sent.map((body) => (body as { variables: object }).variables)).toEqual(
    shown.map(() => ({ owner: "acme", name: "income", number: 7 })),
  );
});

it("asks no more of a pull request that is gone, and stops when it is told to", async () => {
  const gone = { data: { repository: { pullRequest: null } } };
  await playGitHub([{ method: "POST", path: "/graphql", status: 200, body: gone }], async () => {
    const signal = AbortSignal.abort();
    const asked = fetchTestMerge(aRepositoryClient(), 7, { base: "b", head: "h" }, { signal });
    await expect(asked).rejects.toThrow("abort");
  });
});
