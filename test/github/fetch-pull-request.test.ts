import { describe, expect, it } from "vitest";
import { fetchPullRequest } from "../../src/github/fetch-pull-request.ts";
import { RateLimited } from "../../src/github/rate-limited.ts";
import { type Exchange, playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

const pullRequest = {
  number: 5,
  title: "Tune",
  body: "",
  url: "https://github.test/acme/income/pull/5",
  isDraft: false,
  createdAt: "2026-03-01T08:00:00Z",
  updatedAt: "2026-03-01T12:00:00Z",
  state: "OPEN",
  author: { __typename: "User", login: "ada", databaseId: 3 },
  labels: { nodes: [{ name: "model" }, null] },
  baseRefName: "main",
  baseRefOid: "b".repeat(40),
  baseRef: { target: { oid: "c".repeat(40) } },
  headRefName: "tune",
  headRefOid: "d".repeat(40),
  headRepository: { nameWithOwner: "acme/income" },
  isCrossRepository: false,
  closingIssuesReferences: { nodes: [] },
  reviews: { totalCount: 0, nodes: [] },
  reviewRequests: { totalCount: 0, nodes: [] },
  comments: { totalCount: 0 },
  files: { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
};

const repository = {
  databaseId: 11,
  name: "income",
  owner: { login: "acme" },
  isPrivate: true,
  isArchived: false,
  url: "https://github.test/acme/income",
  defaultBranchRef: { name: "main" },
  policy: { oid: "e".repeat(40), byteSize: 9, isTruncated: false, text: "version: 1" },
  pullRequest,
};

const query = (body: unknown): Exchange => ({ method: "POST", path: "/graphql", status: 200, body });
const change = (fields: object) =>
  query({ data: { repository: { ...repository, pullRequest: { ...pullRequest, ...fields } } } });

async function fetchWith(...exchanges: Exchange[]) {
  let fetched: Awaited<ReturnType<typeof fetchPullRequest>> = null;
  const sent = await playGitHub(exchanges, async () => {
    fetched = await fetchPullRequest(aRepositoryClient(), 5, "main");
  });
  return { fetched: fetched as Awaited<ReturnType<typeof fetchPullRequest>>, sent };
}

it("reads everything with one query", async () => {
  const { fetched, sent } = await fetchWith(query({ data: { repository } }));
  expect(fetched).toEqual({
    repository: {
      id: 11,
      owner: "acme",
      name: "income",
      private: true,
      defaultBranch: "main",
      url: "https://github.test/acme/income",
    },
    archived: false,
    state: "open",
    updatedAt: "2026-03-01T12:00:00Z",
    comments: 0,
    pullRequest: {
      number: 5,
      title: "Tune",
      body: "",
      url: "https://github.test/acme/income/pull/5",
      draft: false,
      createdAt: "2026-03-01T08:00:00Z",
      author: { login: "ada", bot: false, id: 3 },
      labels: { known: true, value: ["model"] },
      base: { ref: "main", sha: "c".repeat(40) },
      head: { ref: "tune", sha: "d".repeat(40), repository: "acme/income" },
      fork: false,
    },
    refused: false,
    closingIssues: { known: true, value: [] },
    changedFiles: { known: true, value: [] },
    reviews: { known: true, value: { opinions: [], unread: 0 } },
    requestedTeams: { known: true, value: { teams: [], unread: 0 } },
    changedFilesAreFresh: false,
    policy: { oid: "e".repeat(40), size: 9, text: "version: 1" },
    policyIsMissed: false,
    overrides: [],
  });
  const runs = { app: 7, run: "ModelSync: main", asApp: true };
  expect(sent).toMatchObject([
    {
      variables: { owner: "acme", name: "income", number: 5, policy: "refs/heads/main:.github/modelsync.yml", ...runs },
    },
  ]);
});

it("asks again for the policy of the branch that the pull request really goes to", async () => {
  const retargeted = change({ baseRefName: "release" });
  const { sent } = await fetchWith(retargeted, retargeted);
  expect(sent).toMatchObject([
    { variables: { policy: "refs/heads/main:.github/modelsync.yml" } },
    { variables: { policy: "refs/heads/release:.github/modelsync.yml" } },
  ]);
});

it.each<[string, object, object]>([
  ["a deleted account", { author: null }, { pullRequest: { author: null } }],
  [
    "a bot",
    { author: { __typename: "Bot", login: "renovate", databaseId: 9 } },
    { pullRequest: { author: { login: "renovate", bot: true, id: 9 } } },
  ],
  [
    "a mannequin without a number",
    { author: { __typename: "Mannequin", login: "old" } },
    { pullRequest: { author: { login: "old", bot: false, id: null } } },
  ],
  [
    "a deleted fork",
    { headRepository: null, isCrossRepository: true },
    { pullRequest: { head: { repository: null }, fork: true } },
  ],
  ["a deleted base branch", { baseRef: null }, { pullRequest: { base: { sha: "b".repeat(40) } } }],
  ["a merged state", { state: "MERGED" }, { state: "closed" }],
  ["labels that are refused", { labels: null }, { pullRequest: { labels: { known: false, why: "failed" } } }],
])("understands %s", async (_, fields, expected) => {
  const { fetched } = await fetchWith(change(fields));
  expect(fetched).toMatchObject(expected);
});

describe("reviews", () => {
  const grace = { __typename: "User", login: "grace", databaseId: 4 };
  const linus = { __typename: "User", login: "linus", databaseId: 5 };
  const bot = { __typename: "Bot", login: "checker", databaseId: 6 };
  const [first, second] = ["1".repeat(40), "2".repeat(40)];
  const review = (author: object | null, state: string, oid: string | null = first, minute = 1) => ({
    author,
    state,
    submittedAt: `2026-03-01T12:0${minute}:00Z`,
    commit: oid === null ? null : { oid },
  });
  const opinion = (login: string, id: number, state: string, commit: string | null = first, minute = 1) => ({
    author: { login, bot: login === "checker", id },
    state,
    commit,
    submittedAt: `2026-03-01T12:0${minute}:00Z`,
  });
  it.each<[string, object[], number, object[], number]>([
    [
      "of several people",
      [review(grace, "APPROVED"), review(linus, "CHANGES_REQUESTED", second, 2), review(bot, "APPROVED", null, 3)],
      3,
      [
        opinion("grace", 4, "approved"),
        opinion("linus", 5, "changes-requested", second, 2),
        opinion("checker", 6, "approved", null, 3),
      ],
      0,
    ],
    [
      "of one person: the last one counts",
      [review(grace, "APPROVED"), review(linus, "APPROVED"), review(grace, "CHANGES_REQUESTED", second, 2)],
      3,
      [opinion("linus", 5, "approved"), opinion("grace", 4, "changes-requested", second, 2)],
      0,
    ],
    ["whose last one was dismissed", [review(grace, "APPROVED"), review(grace, "DISMISSED", second, 2)], 2, [], 0],
    ["of a deleted account", [review(null, "APPROVED")], 1, [], 0],
    ["more than a page", [review(grace, "APPROVED")], 140, [opinion("grace", 4, "approved")], 139],
  ])("%s", async (_, nodes, totalCount, opinions, unread) => {
    const { fetched } = await fetchWith(change({ reviews: { totalCount, nodes } }));
    expect(fetched?.reviews).toEqual({ known: true, value: { opinions, unread } });
  });

  const untold = {
    known: false,
    why: "failed",
    detail: "GitHub did not tell which teams are asked for a review; for that it wants the permission members: read",
  };
  const team = { requestedReviewer: { __typename: "Team", combinedSlug: "acme/data" } };
  const person = { requestedReviewer: { __typename: "User" } };
  it.each<[string, object | null, object]>([
    [
      "teams beside people",
      { totalCount: 3, nodes: [person, team] },
      { known: true, value: { teams: ["acme/data"], unread: 1 } },
    ],
    ["one that is not told", { totalCount: 2, nodes: [team, { requestedReviewer: null }] }, untold],
    ["nothing that is told", null, untold],
  ])("are asked of %s", async (_, reviewRequests, expected) => {
    const { fetched } = await fetchWith(change({ reviewRequests }));
    expect(fetched?.requestedTeams).toEqual(expected);
  });

  it("are not asked for with a person's token: without the scope read:org GitHub would refuse the whole query", async () => {
    const { reviewRequests: _, ...untouched } = pullRequest;
    const exchange = query({ data: { repository: { ...repository, pullRequest: untouched } } });
    let requestedTeams: unknown;
    const sent = await playGitHub([exchange], async () => {
      const { readsTeams: __, ...client } = aRepositoryClient();
      requestedTeams = (await fetchPullRequest(client, 5, "main"))?.requestedTeams;
    });
    expect(JSON.stringify(sent)).not.toContain("reviewRequests");
    expect(requestedTeams).toMatchObject({ known: false, why: "needs-github" });
  });

  it("go on when GitHub refuses the name of a team, and that is nothing to ask again", async () => {
    const path = ["repository", "pullRequest", "reviewRequests", "nodes", 0, "requestedReviewer", "combinedSlug"];
    const errors = [{ type: "FORBIDDEN", message: "Resource not accessible by integration", path }];
    const reviewRequests = { totalCount: 1, nodes: [{ requestedReviewer: null }] };
    const data = { repository: { ...repository, pullRequest: { ...pullRequest, reviewRequests } } };
    const { fetched } = await fetchWith(query({ data, errors }));
    expect(fetched).toMatchObject({ refused: false, requestedTeams: untold, closingIssues: { known: true } });
  });
});

it("names the check runs on the head by which somebody let it through, and no others", async () => {
  const mine = "11#5 override 2026-01-02T03:04:05.678Z";
  const references = ["11#5", mine, "12#5 override 2026-01-02T03:04:05.678Z", "11#5 override ", null];
  const checkRuns = { nodes: [...references.map((externalId) => ({ externalId })), null] };
  const commits = (oid: string) => ({ nodes: [{ commit: { oid, checkSuites: { nodes: [{ checkRuns }, null] } } }] });
  const found: unknown[] = [];
  for (const one of [commits("d".repeat(40)), commits("0".repeat(40)), { nodes: null }]) {
    found.push((await fetchWith(change({ commits: one }))).fetched?.overrides);
  }
  expect(found).toEqual([[mine], [], []]);
});

it("says so when there are more files than GitHub lists", async () => {
  const files = { totalCount: 3001, pageInfo: { hasNextPage: true, endCursor: "x" }, nodes: [] };
  const { fetched } = await fetchWith(change({ files }));
  expect(fetched?.changedFiles).toEqual({
    known: false,
    why: "failed",
    detail: "This pull request changes 3001 files, and GitHub lists at most 3000",
  });
});

it("reads further pages of files", async () => {
  const file = (path: string, changeType: string) => ({ path, additions: 1, deletions: 0, changeType });
  const page = (nodes: object[], endCursor: string | null) => ({
    totalCount: 3,
    pageInfo: { hasNextPage: endCursor !== null, endCursor },
    nodes,
  });
  const more = (files: object) => query({ data: { repository: { pullRequest: { files } } } });
  const { fetched, sent } = await fetchWith(
    change({ files: page([file("a", "ADDED")], "one") }),
    more(page([file("b", "DELETED")], "two")),
    more(page([file("c", "RENAMED")], null)),
  );
  expect(fetched?.changedFiles).toEqual({
    known: true,
    value: [
      { path: "a", status: "added", additions: 1, deletions: 0 },
      { path: "b", status: "removed", additions: 1, deletions: 0 },
      { path: "c", status: "renamed", additions: 1, deletions: 0 },
    ],
  });
  expect(sent.slice(1)).toMatchObject([{ variables: { after: "one" } }, { variables: { after: "two" } }]);
});

it("keeps the rest when GitHub refuses the linked issues with HTTP 200", async () => {
  const errors = [
    {
      type: "FORBIDDEN",
      message: "Resource not accessible",
      path: ["repository", "pullRequest", "closingIssuesReferences"],
    },
  ];
  const data = { repository: { ...repository, pullRequest: { ...pullRequest, closingIssuesReferences: null } } };
  const { fetched } = await fetchWith(query({ data, errors }));
  expect(fetched).toMatchObject({
    refused: true,
    closingIssues: { known: false, why: "failed" },
    pullRequest: { title: "Tune" },
  });
});

it.each<[string, object]>([
  [
    "the pull request does not exist",
    {
      data: { repository: { ...repository, pullRequest: null } },
      errors: [{ type: "NOT_FOUND", path: ["repository", "pullRequest"] }],
    },
  ],
  [
    "the repository does not exist",
    { data: { repository: null }, errors: [{ type: "NOT_FOUND", path: ["repository"] }] },
  ],
  ["another repository has the name now", { data: { repository: { ...repository, databaseId: 12 } } }],
])("finds nothing when %s", async (_, body) => {
  expect((await fetchWith(query(body))).fetched).toBeNull();
});

it.each<[string, Exchange, unknown]>([
  ["GraphQL's limit", query({ errors: [{ type: "RATE_LIMITED", message: "limit" }] }), RateLimited],
  [
    "a passing failure",
    query({ data: null, errors: [{ type: "INTERNAL", message: "Something went wrong" }] }),
    /Something went wrong/,
  ],
  ["an answer of another form", query({ data: { repository: { ...repository, databaseId: "eleven" } } }), /databaseId/],
])("fails on %s, so that the job tries again", async (_, exchange, expected) => {
  await expect(fetchWith(exchange)).rejects.toThrow(expected as RegExp);
});
