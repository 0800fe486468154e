import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../../emulator/index.ts";
import { gatherPullFacts } from "../../src/command-line/review-pull.ts";
import { showProblems } from "../../src/command-line/show-problems.ts";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { spamExperiment, spamFiles, spamPolicy } from "../support/spam.ts";
import { modelsyncMeanwhile } from "./run-command.ts";

const policy = spamPolicy({ "linked-issue": "block", "acceptance-criteria": "block" });

let local: LocalApp;
let directory: string;
let token: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-pull-"));
  const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
  local = await startLocalApp({ policy, reviewModels });
  token = ((await local.ada.auth()) as { token: string }).token;
  await local.commit("main", spamFiles);
  await local.settle();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

/** Opens a pull request and gives its number once the App has judged it. */
async function judged(branch: string, files: Record<string, string | null>, body = ""): Promise<number> {
  await local.commit(branch, files);
  const number = await local.open(branch, { body });
  await local.settle();
  return number;
}

async function saidByTheApp(number: number) {
  const { data } = await local.ada.rest.pulls.get({ ...local.repository, pull_number: number });
  const [run] = await local.checkRuns(data.head.sha);
  const [comment] = await local.comments(number);
  return { conclusion: run?.conclusion, comment: comment?.body ?? "" };
}

const review = (pull: string, args: string[] = [], env: Record<string, string> = { GITHUB_TOKEN: token }) =>
  modelsyncMeanwhile(directory, ["review", "--pull", pull, "--github-url", local.github.url, ...args], env);

/** What a person asked of GitHub since a number of requests. */
const askedSince = (start: number) =>
  local.github.requests.slice(start).flatMap(({ actor, operation }) => (actor === "user:ada" ? [operation] : []));

describe("modelsync review --pull", () => {
  it("says what the App says, but how often the hold-out was used, and writes nothing to GitHub", async () => {
    const issue = await local.issue();
    const body = "## Acceptance criteria\n- [ ] roc_auc >= 0.9\n";
    await local.ada.rest.issues.update({ ...local.repository, issue_number: issue, body });
    const number = await judged("worse", { "models/spam.yml": spamExperiment("length") }, `Closes #${issue}`);
    const app = await saidByTheApp(number);
    const start = local.github.requests.length;
    const { status, stdout, stderr } = await review(`acme/income#${number}`, ["--format", "markdown"]);
    expect(app.comment).toMatch(/^### ✗ ModelSync: this change makes `spam` worse/);
    // only the App counts how many models a hold-out has judged
    const counted = [
      /, different models judged on its data, this one included: 1(?=\n)/,
      /the hold-out is not worn out(; )?/,
    ];
    const uncounted = /reuse of the hold-out: not counted(; )?/;
    expect(stdout).toMatch(uncounted);
    expect(stdout.replace(uncounted, "")).toBe(counted.reduce((text, part) => text.replace(part, ""), app.comment));
    expect([status, stderr, app.conclusion]).toEqual([1, "", "failure"]);
    expect(askedSince(start)).toEqual([
      "GET /repos/{owner}/{repo}/pulls/{pull_number}",
      "POST /graphql",
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
      "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
      "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
    ]);
    expect(await local.comments(number)).toHaveLength(1);
  });

  it("passes a pull request named by its page, with what it knows from before and with facts to replay", async () => {
    const issue = await local.issue();
    const number = await judged("notes", { "README.md": "More words" }, `Closes #${issue}`);
    const page = `${local.github.url}/acme/income/pull/${number}`;
    const kept = join(directory, "kept");
    const host = join(kept, encodeURIComponent(new URL(local.github.url).host));
    await mkdir(host, { recursive: true, mode: 0o755 });
    const first = await review(page, ["--format", "json", "--cache", kept], { GH_TOKEN: token });
    const start = local.github.requests.length;
    const enterprise = ["--github-url", `${local.github.url}/api/v3`];
    const second = await review(page, [...enterprise, "--save", "facts.json", "--cache", kept]);
    expect((await saidByTheApp(number)).conclusion).toBe("success");
    expect([first.status, JSON.parse(first.stdout).facts.door]).toEqual([0, "github"]);
    expect(second).toMatchObject({ status: 0, stderr: "" });
    expect(second.stdout).toMatch(/^✓ ModelSync: nothing measured changed, with 1 warning: issue labels\n/);
    expect(askedSince(start).filter((operation) => operation?.includes("blobs"))).toEqual([]);
    expect(await modelsyncMeanwhile(directory, ["replay", "facts.json"])).toEqual(second);
    const { id } = (await local.ada.rest.repos.get(local.repository)).data;
    expect([await readdir(kept), await readdir(host)]).toEqual([[basename(host)], [String(id)]]);
    expect((await readdir(join(host, String(id)))).sort()).toEqual(["blobs", "reviews", "runs"]);
    expect((await stat(host)).mode & 0o777).toBe(0o700);
  });

  it("says what the App says where no policy can judge", async () => {
    const bare = await local.commit("bare", { ".github/modelsync.yml": null });
    const open = async (branch: string, files: Record<string, string | null>) => {
      await local.ada.rest.git.createRef({ ...local.repository, ref: `refs/heads/${branch}`, sha: bare });
      await local.commit(branch, files);
      const number = await local.open(branch, { base: "bare" });
      await local.settle();
      return { app: (await saidByTheApp(number)).conclusion, person: await review(`acme/income#${number}`) };
    };
    expect(await open("introduces", { ".github/modelsync.yml": policy })).toEqual({
      app: "success",
      person: {
        status: 0,
        stdout: "",
        stderr: [
          "✓ ModelSync: this change introduces a valid policy",
          "  The branch bare has no .github/modelsync.yml yet. The one of this pull request has no mistakes.",
          "  It names 1 model. After the merge it judges every pull request.\n",
        ].join("\n"),
      },
    });
    const mistaken = await open("mistaken", { ".github/modelsync.yml": "version: 3\n" });
    expect([mistaken.app, mistaken.person.status, mistaken.person.stdout]).toEqual(["failure", 2, ""]);
    expect(mistaken.person.stderr).toMatch(
      /^✗ ModelSync: the policy of this pull request has \d+ mistakes?\n.*\n\.github\/modelsync\.yml/,
    );
    const without = await open("without", { "notes.txt": "nothing" });
    expect([without.app, without.person.status, without.person.stdout]).toEqual([undefined, 2, ""]);
    expect(without.person.stderr).toMatch(/^\.github\/modelsync\.yml: bare has no policy/);
  });

  it("ends at once at Ctrl-C and leaves nothing behind", async () => {
    const number = await judged("slow", { "README.md": "Slow words" });
    local.github.faults.add({ match: "POST /graphql", effect: { kind: "delay", milliseconds: 20_000 } });
    const start = local.github.requests.length;
    const temporary = await mkdtemp(join(directory, "tmp-"));
    const args = ["review", "--pull", `acme/income#${number}`, "--github-url", local.github.url, "--no-cache"];
    const begun = performance.now();
    const env = { GITHUB_TOKEN: token, TMPDIR: temporary };
    const stopped = await modelsyncMeanwhile(directory, args, env, (child) => {
      const watch = setInterval(() => {
        if (!askedSince(start).includes("POST /graphql")) return;
        clearInterval(watch);
        child.kill("SIGINT");
      }, 20);
    });
    expect(stopped).toEqual({ status: 130, stdout: "", stderr: "" });
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(await readdir(temporary)).toEqual([]);
  });

  it.each([
    ["a wrong token", { GITHUB_TOKEN: "ghp_wrong" }, /^GITHUB_TOKEN: GitHub at .* does not know this token/],
    ["no token", {}, /^GITHUB_TOKEN: GitHub tells nothing about a pull request without a token, and none is set\./],
    ["a token in two lines", { GH_TOKEN: "ghp_wrong\nghp_wrong" }, /^GH_TOKEN: The token holds blanks, line ends/],
  ])("says what is wrong with %s and does not show it", async (_, env, said) => {
    const { status, stdout, stderr } = await review("acme/income#1", [], env as Record<string, string>);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain("ghp_wrong");
  });
});

/** What a person is told, with names in place of what differs each time. */
async function told(number: number, apiUrl = local.github.url): Promise<string> {
  const name = { host: null, owner: "acme", repo: "income", number, written: `acme/income#${number}` };
  const gathered = await gatherPullFacts(
    { ...name, token: { from: "GITHUB_TOKEN", value: token }, apiUrl },
    { repository: ".", format: "terminal", cache: join(directory, "cache"), timeout: 60, memory: 512 },
    new Map(),
  );
  expect(JSON.stringify(gathered)).not.toContain(token);
  if (gathered.ok) throw new Error("it was reviewed");
  return showProblems(gathered.problems)
    .replaceAll(apiUrl, "GITHUB")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "TIME");
}

const rights = "a token that may read contents, pull requests and issues of the repository (classic: repo)";
const get = (effect: Fault["effect"]): Fault => ({ match: "GET /repos/{owner}/{repo}/pulls/{pull_number}", effect });
const wait = `GITHUB: GitHub asks to wait until TIME. [dependency/rate-limited]
  Run it again then. What is downloaded already is not asked for again, unless --no-cache says so.`;

describe("a pull request that GitHub does not give", () => {
  it.each<[string, Fault, string]>([
    [
      "the token has not the right",
      get({ kind: "status", status: 403, message: "Resource not accessible by personal access token" }),
      `GITHUB_TOKEN: GitHub does not let this token read acme/income#999. [dependency/token-forbidden]
  allowed: ${rights}
  Give the token these rights, or ask an owner of the repository whether it lets such tokens in.`,
    ],
    [
      "the organization asks for single sign-on",
      get({ kind: "status", status: 403, headers: { "x-github-sso": "required; url=https://github.test/sso" } }),
      `GITHUB_TOKEN: GitHub does not let this token read acme/income#999. [dependency/token-forbidden]
  allowed: ${rights}
  Its organization asks for single sign-on: authorize the token for it in the developer settings of GitHub.`,
    ],
    ["too many requests", get({ kind: "rate-limit" }), wait],
    ["too many requests at once", get({ kind: "rate-limit", secondary: true }), wait],
    [
      "GitHub is down",
      get({ kind: "status", status: 503 }),
      `GITHUB: GitHub could not answer: status 503. [dependency/github-unavailable]
  Try it again later; https://www.githubstatus.com tells how github.com is.`,
    ],
    [
      "the connection breaks",
      get({ kind: "disconnect" }),
      `GITHUB: GitHub could not be reached. [dependency/github-unreachable]
  written: other side closed
  Check the connection and --github-url. Behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.`,
    ],
    [
      "the connection breaks within the answer",
      get({ kind: "break-off" }),
      `GITHUB: GitHub could not be reached. [dependency/github-unreachable]
  written: other side closed
  Check the connection and --github-url. Behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.`,
    ],
    [
      "another status",
      get({ kind: "status", status: 422, message: "Validation Failed" }),
      `GITHUB: GitHub answered with status 422. [dependency/github-refused]
  written: Validation Failed - https://docs.github.com/rest
  Try it again. If it stays, report it with this message.`,
    ],
  ])("%s", async (_, fault, expected) => {
    local.github.faults.add(fault);
    expect(await told(999)).toBe(expected);
  });

  it("it does not exist", async () => {
    expect(
      await told(999),
    ).toBe(`--pull: GitHub at GITHUB has no such pull request, or the token may not read it. [configuration/no-such-pull-request]
  written: acme/income#999
  allowed: ${rights}
  Check owner, repository and number, and that GITHUB_TOKEN holds such a token of that GitHub.`);
  });

  it("it is closed", async () => {
    const number = await judged("closed", { "README.md": "Closed words" });
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
    expect(
      await told(number),
    ).toBe(`--pull: This pull request is closed or merged, so there is nothing to decide. [configuration/pull-request-closed]
  written: acme/income#${number}
  allowed: an open pull request
  Reopen it, or review its branch in a clone: modelsync review --base main --head BRANCH.`);
  });

  it("GraphQL fails, or asks to wait, after REST answered", async () => {
    const number = await judged("late", { "README.md": "Late words" });
    local.github.faults.add({ match: "POST /graphql", effect: { kind: "status", status: 502 } });
    expect(await told(number)).toMatch(
      /^GITHUB: GitHub could not answer: status 502\. \[dependency\/github-unavailable\]\n/,
    );
    local.github.faults.add({ match: "POST /graphql", effect: { kind: "rate-limit" } });
    expect(await told(number)).toBe(wait);
  });

  it("an answer breaks off after others came whole", async () => {
    const number = await judged("broken", { "models/spam.yml": spamExperiment("links") });
    for (const match of [
      "POST /graphql",
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
    ]) {
      local.github.faults.add({ match, effect: { kind: "break-off" } });
      // In a process of its own: this one knows from the App's review what does not change.
      const { status, stderr } = await review(`acme/income#${number}`, ["--no-cache"]);
      expect([match, status, stderr]).toEqual([
        match,
        2,
        expect.stringMatching(
          /^\S+: GitHub could not be reached\. \[dependency\/github-unreachable\]\n {2}written: other/,
        ),
      ]);
    }
  });

  it("something else answers", async () => {
    const server = createServer((_, response) => response.end("<html>Welcome</html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(
      await told(1, url),
    ).toBe(`GITHUB: What answers at this address does not answer as GitHub does. [configuration/not-github]
  allowed: https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server
  Correct --github-url or GITHUB_API_URL.`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await told(1, url)).toMatch(
      /^GITHUB: GitHub could not be reached\. \[dependency\/github-unreachable\]\n {2}written: connect ECONNREFUSED/,
    );
  });
});
