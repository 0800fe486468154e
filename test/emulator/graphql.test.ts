import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installationToken, openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(async () => {
  expect(setting.github.violations).toEqual([]);
  await setting.close();
});

const factsQuery = `query Facts($owner: String!, $name: String!, $number: Int!, $policy: String!) {
  repository(owner: $owner, name: $name, followRenames: true) {
    databaseId nameWithOwner isPrivate isArchived
    defaultBranchRef { name }
    object(expression: $policy) { ... on Blob { oid byteSize isBinary isTruncated text } }
    pullRequest(number: $number) {
      databaseId number title body bodyText state isDraft merged mergeable url createdAt updatedAt
      author { __typename login ... on Bot { databaseId } ... on User { databaseId } }
      baseRefName baseRefOid headRefName headRefOid isCrossRepository
      headRepository { nameWithOwner databaseId }
      labels(first: 100) { nodes { name } }
      closingIssuesReferences(first: 50) {
        nodes { number title body state stateReason url labels(first: 100) { nodes { name } } repository { nameWithOwner } }
      }
      reviews(last: 100) { nodes { state author { login } submittedAt commit { oid } body } }
      files(first: 100) { pageInfo { hasNextPage endCursor } nodes { path changeType additions deletions } }
      commits(last: 1) { totalCount nodes { commit { oid message } } }
      comments(last: 5) { nodes { databaseId body author { login } } }
      mergeCommit { oid } reviewDecision additions deletions changedFiles
    }
  }
  rateLimit { cost remaining limit resetAt }
}`;

interface Facts {
  repository: { pullRequest: Record<string, unknown>; object: Record<string, unknown> | null } & Record<
    string,
    unknown
  >;
  rateLimit: { cost: number; remaining: number; limit: number };
}

describe("one query", () => {
  it("gives the facts of a pull request", async () => {
    const { ada, bob, checker, demo, github } = setting;
    const { data: named } = await bob.issues.create({ ...demo, title: "Named", body: "- [ ] done" });
    await ada.issues.addLabels({ ...demo, issue_number: named.number, labels: ["accepted"] });
    const { data: linked } = await bob.issues.create({ ...demo, title: "Linked by hand" });
    const pull = await openPull(setting, "facts", { body: `Closes #${named.number}` });
    github.linkIssue("acme/demo", pull.number, linked.number);
    await ada.pulls.createReview({ ...demo, pull_number: pull.number, event: "APPROVE", body: "Good." });
    await checker.issues.createComment({ ...demo, issue_number: pull.number, body: "A report" });
    await bob.issues.addLabels({ ...demo, issue_number: pull.number, labels: ["data"] });
    const { repository, rateLimit } = await checker.graphql<Facts>(factsQuery, {
      ...{ owner: "acme", name: "demo", number: pull.number, policy: `${pull.base.sha}:README.md` },
    });
    expect(rateLimit).toMatchObject({ cost: 1, limit: 5000 });
    const { pullRequest, ...rest } = repository;
    expect(rest).toEqual({
      databaseId: expect.any(Number),
      nameWithOwner: "acme/demo",
      isPrivate: false,
      isArchived: false,
      defaultBranchRef: { name: "main" },
      object: {
        oid: expect.stringMatching(/^[0-9a-f]{40}$/),
        byteSize: 7,
        isBinary: false,
        isTruncated: false,
        text: "# demo\n",
      },
    });
    const issue = (number: number, title: string, labels: string[], body: string) => ({
      ...{ number, title, body, state: "OPEN", stateReason: null, url: `${github.url}/acme/demo/issues/${number}` },
      labels: { nodes: labels.map((name) => ({ name })) },
      repository: { nameWithOwner: "acme/demo" },
    });
    expect(pullRequest).toEqual({
      databaseId: pull.id,
      number: pull.number,
      title: "Add facts",
      body: `Closes #${named.number}`,
      bodyText: `Closes #${named.number}`,
      state: "OPEN",
      isDraft: false,
      merged: false,
      mergeable: "MERGEABLE",
      url: pull.html_url,
      createdAt: pull.created_at,
      updatedAt: expect.any(String),
      author: { __typename: "User", login: "bob", databaseId: pull.user.id },
      baseRefName: "main",
      baseRefOid: pull.base.sha,
      headRefName: "facts",
      headRefOid: pull.head.sha,
      isCrossRepository: false,
      headRepository: { nameWithOwner: "acme/demo", databaseId: pull.base.repo.id },
      labels: { nodes: [{ name: "data" }] },
      closingIssuesReferences: {
        nodes: [
          issue(linked.number, "Linked by hand", [], ""),
          issue(named.number, "Named", ["accepted"], "- [ ] done"),
        ],
      },
      reviews: {
        nodes: [
          {
            state: "APPROVED",
            author: { login: "ada" },
            submittedAt: expect.any(String),
            commit: { oid: pull.head.sha },
            body: "Good.",
          },
        ],
      },
      files: {
        pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
        nodes: [{ path: "facts.txt", changeType: "ADDED", additions: 1, deletions: 0 }],
      },
      commits: { totalCount: 1, nodes: [{ commit: { oid: pull.head.sha, message: "Change facts.txt" } }] },
      comments: { nodes: [{ databaseId: expect.any(Number), body: "A report", author: { login: "checker" } }] },
      mergeCommit: null,
      reviewDecision: null,
      additions: 1,
      deletions: 0,
      changedFiles: 1,
    });
  });

  it("reads trees, blobs and commits by expression or id", async () => {
    const { checker, bob, demo } = setting;
    const { data: blob } = await bob.git.createBlob({ ...demo, content: "AAEC", encoding: "base64" });
    const query = `query($blob: GitObjectID!) { repository(owner: "acme", name: "demo") {
      tree: object(expression: "main:") { __typename ... on Tree { entries { name path mode type size extension } } }
      commit: object(expression: "main") { __typename oid }
      missing: object(expression: "main:nothing") { oid }
      binary: object(oid: $blob) { ... on Blob { isBinary text byteSize } }
      ref(qualifiedName: "refs/heads/main") { name prefix target { oid } }
      none: ref(qualifiedName: "nothing") { name }
    } }`;
    const { repository } = await checker.graphql<{ repository: Record<string, unknown> }>(query, { blob: blob.sha });
    const { data: main } = await bob.git.getRef({ ...demo, ref: "heads/main" });
    expect(repository).toEqual({
      tree: {
        __typename: "Tree",
        entries: [{ name: "README.md", path: "README.md", mode: 33188, type: "blob", size: 7, extension: ".md" }],
      },
      commit: { __typename: "Commit", oid: main.object.sha },
      missing: null,
      binary: { isBinary: true, text: null, byteSize: 3 },
      ref: { name: "main", prefix: "refs/heads/", target: { oid: main.object.sha } },
      none: null,
    });
  });

  it("finds the pull requests of an issue, and open pull requests by base, page by page", async () => {
    const { checker, bob, demo } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "Wanted" });
    const one = await openPull(setting, "page-1", { body: `resolves #${issue.number}` });
    const two = await openPull(setting, "page-2", { body: `Fixes: acme/demo#${issue.number}` });
    const query = `query($number: Int!, $after: String) { repository(owner: "acme", name: "demo") {
      issue(number: $number) {
        closedByPullRequestsReferences(first: 10) { nodes { number } }
        timelineItems(first: 10, itemTypes: [CROSS_REFERENCED_EVENT, CONNECTED_EVENT]) {
          nodes { __typename ... on CrossReferencedEvent { willCloseTarget source { ... on PullRequest { number } } } }
        }
      }
      pullRequests(states: OPEN, baseRefName: "main", first: 1, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
        totalCount nodes { number } pageInfo { hasNextPage endCursor }
      }
    } }`;
    interface Found {
      repository: { issue: object; pullRequests: { nodes: { number: number }[]; pageInfo: { endCursor: string } } };
    }
    const first = await checker.graphql<Found>(query, { number: issue.number });
    expect(first.repository.issue).toEqual({
      closedByPullRequestsReferences: { nodes: [{ number: one.number }, { number: two.number }] },
      timelineItems: {
        nodes: [one, two].map(({ number }) => ({
          __typename: "CrossReferencedEvent",
          willCloseTarget: true,
          source: { number },
        })),
      },
    });
    const { nodes, pageInfo } = first.repository.pullRequests;
    const second = await checker.graphql<Found>(query, { number: issue.number, after: pageInfo.endCursor });
    expect([...nodes, ...second.repository.pullRequests.nodes]).toEqual([
      { number: two.number },
      { number: one.number },
    ]);
  });

  it("drafts, readies, moves and deletes by mutations", async () => {
    const { bob, demo, github } = setting;
    await github.createRepository({ owner: "acme", name: "attic", autoInit: true });
    const { data: attic } = await bob.repos.get({ owner: "acme", repo: "attic" });
    const pull = await openPull(setting, "mutated");
    const draft = `mutation($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`;
    const ready = `mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`;
    expect(await bob.graphql(draft, { id: pull.node_id })).toEqual({
      convertPullRequestToDraft: { pullRequest: { isDraft: true } },
    });
    expect(await bob.graphql(ready, { id: pull.node_id })).toEqual({
      markPullRequestReadyForReview: { pullRequest: { isDraft: false } },
    });
    const { data: issue } = await bob.issues.create({ ...demo, title: "Travels" });
    const move = `mutation($id: ID!, $to: ID!) { transferIssue(input: { issueId: $id, repositoryId: $to }) { issue { id number repository { nameWithOwner } } } }`;
    interface Moved {
      transferIssue: { issue: { id: string; number: number; repository: { nameWithOwner: string } } };
    }
    const { transferIssue } = await bob.graphql<Moved>(move, { id: issue.node_id, to: attic.node_id });
    expect(transferIssue.issue).toMatchObject({ number: 1, repository: { nameWithOwner: "acme/attic" } });
    await setting.ada.graphql(`mutation($id: ID!) { deleteIssue(input: { issueId: $id }) { repository { name } } }`, {
      id: transferIssue.issue.id,
    });
    await expect(bob.issues.get({ owner: "acme", repo: "attic", issue_number: 1 })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("errors come with status 200", () => {
  const repository = (fields: string) => `{ repository(owner: "acme", name: "demo") { ${fields} } }`;
  it.each<[string, string, object]>([
    ["an unknown repository", '{ repository(owner: "acme", name: "nothing") { id } }', { type: "NOT_FOUND" }],
    ["an unknown pull request", repository("pullRequest(number: 999) { id }"), { type: "NOT_FOUND" }],
    ["a list without a size", repository("labels { totalCount }"), { type: "MISSING_PAGINATION_BOUNDARIES" }],
    ["too long a list", repository("labels(first: 101) { totalCount }"), { type: "EXCESSIVE_PAGINATION" }],
    ["an unknown node", '{ node(id: "PR_x") { id } }', { type: "NOT_FOUND" }],
  ])("for %s", async (_, query, error) => {
    const answer = await setting.checker.request("POST /graphql", { query });
    expect(answer.status).toBe(200);
    expect(answer.data.errors).toMatchObject([error]);
  });

  it("and name what an App may not read", async () => {
    const { github, app, installation, client } = setting;
    const pull = await openPull(setting, "hidden");
    const token = await installationToken(github, app, installation, { permissions: { checks: "write" } });
    const query = repository(`pullRequest(number: ${pull.number}) { id } object(expression: "main") { oid }`);
    const { data } = await client(token).request("POST /graphql", { query });
    expect(data.errors.map(({ type, path }: { type: string; path: string[] }) => [type, path.join(".")])).toEqual([
      ["FORBIDDEN", "repository.pullRequest"],
      ["FORBIDDEN", "repository.object"],
    ]);
  });

  it("and a field that GitHub does not have is a violation", async () => {
    const { checker, github } = setting;
    const { data } = await checker.request("POST /graphql", { query: repository("colour") });
    expect(data.errors[0].message).toContain('Cannot query field "colour"');
    expect(github.violations.splice(0)).toMatchObject([{ side: "graphql" }]);
  });
});

it("shows the check runs of a commit, those of one App, name and conclusion where they are asked for", async () => {
  const { checker, demo } = setting;
  const pull = await openPull(setting, "checked");
  const create = (name: string, external_id: string, conclusion: "success" | "failure") =>
    checker.checks.create({ ...demo, name, external_id, head_sha: pull.head.sha, conclusion });
  await create("gate", "1", "success");
  await create("gate", "2", "failure");
  await create("gate", "3", "success");
  await create("other", "4", "success");
  const { data: app } = await checker.checks.listForRef({ ...demo, ref: pull.head.sha });
  const ask = async (filterBy: object, appId = app.check_runs[0]!.app!.id) => {
    const { repository } = await checker.graphql<{
      repository: { pullRequest: { commits: { nodes: { commit: { checkSuites: { nodes: unknown[] } } }[] } } };
    }>(
      `query ($number: Int!, $appId: Int, $filterBy: CheckRunFilter) {
        repository(owner: "acme", name: "demo") { pullRequest(number: $number) { commits(last: 1) { nodes { commit {
          checkSuites(first: 10, filterBy: { appId: $appId }) {
            nodes { checkRuns(last: 50, filterBy: $filterBy) { nodes { externalId name conclusion status } } }
          }
        } } } } } }`,
      { number: pull.number, appId, filterBy },
    );
    return repository.pullRequest.commits.nodes[0]!.commit.checkSuites.nodes;
  };
  const run = (externalId: string, name: string, conclusion: string) => ({
    ...{ externalId, name, conclusion, status: "COMPLETED" },
  });
  expect(await ask({ checkName: "gate", checkType: "ALL", conclusions: ["SUCCESS"] })).toEqual([
    { checkRuns: { nodes: [run("1", "gate", "SUCCESS"), run("3", "gate", "SUCCESS")] } },
  ]);
  expect(await ask({})).toEqual([
    { checkRuns: { nodes: [run("3", "gate", "SUCCESS"), run("4", "other", "SUCCESS")] } },
  ]);
  expect(await ask({}, 999_999)).toEqual([]);
});
