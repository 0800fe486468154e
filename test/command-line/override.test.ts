import { mkdtempSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ledgerRows } from "../support/ledger-rows.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { reportOn } from "../support/people.ts";
import { sweepNow } from "../support/sweep-now.ts";
import { type CommandResult, modelsyncMeanwhile } from "./run-command.ts";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp();
  await local.requireCheck();
});
afterEach(() => expect(local.github.violations).toEqual([]));
afterAll(() => local[Symbol.asyncDispose]());

const reason = ["reason:", "the", "server", "is", "down"];
const asApp = (): Record<string, string> => ({
  APP_ID: String(local.appId),
  PRIVATE_KEY: local.privateKey,
  GITHUB_API_URL: local.github.url,
});
const override = (args: string[], env = asApp()): Promise<CommandResult> =>
  modelsyncMeanwhile(local.directory, ["override", ...args], env);
const letThrough = (number: number, ...rest: string[]) =>
  override([`acme/income#${number}`, ...reason, "--by", "grace", "--yes", ...rest]);

let count = 0;
/** A pull request that fails, because it is linked to no issue. */
async function aFailingPull(): Promise<{ number: number; sha: string; branch: string }> {
  count += 1;
  const branch = `change-${count}`;
  const sha = await local.commit(branch, { [`notes-${count}.md`]: "1" });
  const number = await local.open(branch);
  await local.settle();
  expect(await newest(sha)).toEqual(["failure", "1 check needs attention: linked issue"]);
  return { number, sha, branch };
}

async function newest(sha: string): Promise<[string | null, string | null]> {
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
  const [run] = data.check_runs;
  return [run?.conclusion ?? null, run?.output.title ?? null];
}

const merge = (pull_number: number) =>
  local.ada.rest.pulls.merge({ ...local.repository, pull_number }).then(
    ({ status }) => status,
    (error: { status: number }) => error.status,
  );
const overrides = async () => (await ledgerRows(local)).filter(({ kind }) => kind === "override");
const away = async () => {
  await local.app.stop();
  await local.github.idle();
};
const back = async () => {
  await local.restart();
  await sweepNow(local);
};

describe("modelsync override", () => {
  it("lets a commit through while the server is away, which says so when it is back, until the next push", async () => {
    const { number, sha, branch } = await aFailingPull();
    expect(await merge(number)).toBe(405);
    await away();
    const { status, stdout, stderr } = await letThrough(number);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^✓ ModelSync: main is green on [0-9a-f]{7}\./)]);
    expect(stderr).toContain(`Commit:       ${sha} (${branch})`);
    expect(await newest(sha)).toEqual(["success", "Overridden by grace: the server is down"]);
    await back();

    expect(await newest(sha)).toEqual(["success", "Overridden by grace: the server is down"]);
    expect(await reportOn(local, number)).toMatch(
      new RegExp(
        `^### ! ModelSync: overridden by grace\\ngrace let the commit \`${sha.slice(0, 7)}\` through by hand for #${number}, ` +
          "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\. Reason: the server is down\\n\\n" +
          "Without this the check would be red; the verdict follows\\. The next push ends it\\.\\n\\n" +
          "#### ✗ On its own: 1 check needs attention: linked issue\\n",
      ),
    );
    const [row, ...more] = await overrides();
    expect([row, more]).toEqual([
      expect.objectContaining({
        number,
        headSha: sha,
        person: "grace",
        data: {
          baseRef: "main",
          reason: "the server is down",
          given: expect.stringMatching(/^20.*Z$/),
          checkRun: expect.any(Number),
        },
      }),
      [],
    ]);

    const calls = await local.callsDuring(() => sweepNow(local, "reconcile"));
    expect(calls.filter((call) => /^(POST|PATCH) .*(check-runs|comments)/.test(call))).toEqual([]);
    const next = await local.commit(branch, { "more.md": "2" });
    await local.settle();
    expect([await newest(next), await merge(number)]).toEqual([["failure", expect.any(String)], 405]);
    expect(await reportOn(local, number)).toMatch(/^### ✗ ModelSync: 1 check needs attention: linked issue\n/);
    expect(await overrides()).toHaveLength(1);
  });

  it("is recorded also when the pull request was merged meanwhile", async () => {
    const before = await overrides();
    const { number, sha } = await aFailingPull();
    await away();
    expect((await letThrough(number)).status).toBe(0);
    expect(await merge(number)).toBe(200);
    await back();
    expect((await overrides()).slice(before.length)).toMatchObject([{ number, headSha: sha, person: "grace" }]);
  });

  it("stays green when a person runs the check again, and the text changes", async () => {
    const { number, sha } = await aFailingPull();
    await letThrough(number);
    await local.settle();
    expect(await newest(sha)).toEqual(["success", "Overridden by grace: the server is down"]);
    const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha });
    const before = await local.checkRuns(sha);
    local.github.rerequestRun(data.check_runs[0]!.id, "ada");
    await local.settle();
    // It was not shut for a moment either.
    expect(await local.checkRuns(sha)).toEqual(before);
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body: "More words." });
    await local.settle();
    expect(await newest(sha)).toEqual(["success", "Overridden by grace: the server is down"]);
    await local.ada.rest.pulls.update({
      ...local.repository,
      pull_number: number,
      body: `Closes #${await local.issue()}`,
    });
    await local.settle();
    expect(await reportOn(local, number)).toContain("Without this the check would be green; the verdict follows.");
  });

  it("holds for pull requests with the same commit as long as the one that it was given for is open", async () => {
    const { number, sha } = await aFailingPull();
    await local.ada.rest.git.createRef({ ...local.repository, ref: `refs/heads/twin-${number}`, sha });
    const twin = await local.open(`twin-${number}`);
    await letThrough(number);
    await local.settle();
    expect(await newest(sha)).toEqual(["success", "Overridden by grace: the server is down"]);
    expect(await reportOn(local, twin)).toContain(`through by hand for #${number}, `);
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
    await local.settle();
    expect(await newest(sha)).toEqual(["failure", "1 check needs attention: linked issue"]);
    expect(await reportOn(local, twin)).toMatch(/^### ✗ ModelSync: 1 check needs attention/);
  });

  it("shows a reason as text and keeps no more of it than of a waiver's", async () => {
    const { number, sha } = await aFailingPull();
    const long = `@ada closes #1 <b>bold</b> [x](http://example.org) ${"é".repeat(10_000)}`;
    const { status } = await override([`acme/income#${number}`, `reason: ${long}`, "--yes", "--by", "<i>@eve</i>"]);
    await local.settle();
    const report = await reportOn(local, number);
    expect([status, report.length < 4_000]).toEqual([0, true]);
    expect(report).toContain(
      "Reason: @&#8203;ada closes #&#8203;1 &lt;b&gt;bold&lt;/b&gt; \\[x\\](http:&#8203;//example",
    );
    expect(report).toContain("overridden by &lt;i&gt;@&#8203;eve&lt;/i&gt;");
    const [, title] = await newest(sha);
    expect([...title!].length).toBeLessThanOrEqual(200);
    const row = (await overrides()).at(-1)!;
    expect([...String(row.data.reason)]).toHaveLength(500);
  });

  it("gives a fresh App without database the same verdict, and begins its ledger with the override", async () => {
    const { number, sha } = await aFailingPull();
    await letThrough(number);
    await local.settle();
    const report = await reportOn(local, number);
    await local.app.stop();
    for (const name of await readdir(local.directory)) {
      await rm(join(local.directory, name), { recursive: true, force: true });
    }
    await local.restart();
    await local.app.runNow("reconcile");
    await local.settle();
    expect([await newest(sha), await reportOn(local, number)]).toEqual([
      ["success", "Overridden by grace: the server is down"],
      report,
    ]);
    expect((await overrides()).map(({ number, headSha }) => [number, headSha])).toContainEqual([number, sha]);
  });

  it("stays green when the review itself fails, which may be why it was given", async () => {
    const { number, sha } = await aFailingPull();
    await letThrough(number);
    await local.settle();
    await local.restart({
      render() {
        throw new Error("a defect");
      },
    });
    await local.ada.rest.pulls.update({
      ...local.repository,
      pull_number: number,
      body: `Closes #${await local.issue()}`,
    });
    await local.settle();
    const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
    expect(data.check_runs[0]).toMatchObject({
      conclusion: "success",
      output: {
        title: "Overridden by grace: the server is down",
        summary: expect.stringContaining("#### ✗ On its own: the review could not be finished"),
      },
    });
    await local.restart();
  });

  it("is worth nothing when anybody else wrote it", async () => {
    const { number, sha } = await aFailingPull();
    const { data } = await local.ada.rest.repos.get(local.repository);
    const given = new Date().toISOString();
    await local.asApp(async (app) => {
      const { data: token } = await app.rest.apps.createInstallationAccessToken({
        installation_id: local.installationId,
      });
      const { Octokit } = await import("@octokit/rest");
      const octokit = new Octokit({ auth: token.token, baseUrl: local.github.url });
      await octokit.rest.checks.create({
        ...local.repository,
        name: "ModelSync: main",
        head_sha: sha,
        external_id: `${data.id}#${number} override ${given}`,
        status: "completed",
        conclusion: "success",
        output: { title: "Overridden by eve: let me", summary: "-", text: "<!-- modelsync:override abc.def -->" },
      });
    });
    await local.settle();
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body: "Other words." });
    await local.settle();
    expect(await reportOn(local, number)).toMatch(/^### ✗ ModelSync: 1 check needs attention/);
    expect((await overrides()).filter((row) => row.number === number)).toEqual([]);
  });
});

describe("the App's key", () => {
  const folder = mkdtempSync(join(tmpdir(), "modelsync-key-"));
  afterAll(() => rm(folder, { recursive: true }));
  const dotEnv = (variables: Record<string, string>) =>
    writeFileSync(
      join(folder, ".env"),
      Object.entries(variables)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
        .join(""),
    );
  const here = (number: number, env: Record<string, string>) =>
    modelsyncMeanwhile(folder, ["override", `acme/income#${number}`, ...reason, "--by", "grace", "--yes"], env);

  it("is taken from a file named .env as the server has it", async () => {
    const { number, sha } = await aFailingPull();
    dotEnv(asApp());
    expect((await here(number, {})).status).toBe(0);
    await local.settle();
    expect((await newest(sha))[0]).toBe("success");
  });

  it("of the environment never goes where such a file sends it", async () => {
    const { number } = await aFailingPull();
    dotEnv({ GITHUB_API_URL: "http://127.0.0.1:9" });
    const { status, stderr } = await here(number, asApp());
    expect([status, stderr]).toEqual([0, expect.stringContaining(`at ${local.github.url}\n`)]);
    await local.settle();
  });
});

describe("what keeps an override from being published", () => {
  it.each<[string, string[], Record<string, string>, string, RegExp]>([
    ["nothing but a name", ["acme/income#1"], {}, "configuration/no-reason", /^reason: An override needs/],
    ["no reason", ["acme/income#1", "because"], {}, "configuration/no-reason", /written: because/],
    ["an empty reason", ["acme/income#1", "reason:", "…"], {}, "configuration/no-reason", /allowed: reason: and/],
    ["no pull request", ["income", ...reason], {}, "configuration/not-a-pull-request", /written: income/],
    [
      "a page of another GitHub",
      ["https://github.com/acme/income/pull/1", ...reason],
      {},
      "configuration/other-github",
      /written: github\.com/,
    ],
    ["no key", ["acme/income#1", ...reason], { PRIVATE_KEY: "" }, "configuration/app-key-missing", /^PRIVATE_KEY: /],
    ["no number", ["acme/income#1", ...reason], { APP_ID: "x" }, "configuration/app-key-missing", /^APP_ID: /],
    [
      "an address that is no GitHub's",
      ["acme/income#1", ...reason],
      { GITHUB_API_URL: "http://x.test" },
      "configuration/not-a-github-url",
      /written: http:\/\/x\.test/,
    ],
    ["another App", ["acme/income#1", ...reason], { APP_ID: "4711" }, "dependency/app-key-refused", /APP_ID/],
    [
      "GitHub that is away",
      ["acme/income#1", ...reason],
      { GITHUB_API_URL: "http://127.0.0.1:9" },
      "dependency/github-unreachable",
      /could not be reached/,
    ],
    [
      "a repository that does not exist",
      ["acme/nothing#1", ...reason],
      {},
      "configuration/app-not-installed",
      /written: acme\/nothing#1/,
    ],
    [
      "a pull request that does not exist",
      ["acme/income#999", ...reason],
      {},
      "configuration/app-not-installed",
      /written: acme\/income#999/,
    ],
  ])("%s", async (_, args, env, name, says) => {
    const { status, stdout, stderr } = await override([...args, "--yes"], { ...asApp(), ...env });
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(`[${name}]`)]);
    expect(stderr).toMatch(says);
  });

  it("nobody who confirms it, a closed pull request, a base without policy, a suspended installation", async () => {
    const { number, sha } = await aFailingPull();
    const name = `acme/income#${number}`;
    const unconfirmed = await override([name, ...reason]);
    expect([unconfirmed.status, unconfirmed.stderr]).toEqual([2, expect.stringContaining("/not-confirmed]")]);
    await local.commit("bare", { ".github/modelsync.yml": null });
    await local.commit("topic", { "topic.md": "1" });
    const bare = await local.open("topic", { base: "bare" });
    await local.settle();
    const unasked = await letThrough(bare);
    expect([unasked.status, unasked.stderr]).toEqual([2, expect.stringContaining("/policy-missing]")]);
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
    await local.settle();
    const closed = await letThrough(number);
    expect([closed.status, closed.stderr]).toEqual([2, expect.stringContaining("/pull-request-closed]")]);
    await local.asApp((app) => app.rest.apps.suspendInstallation({ installation_id: local.installationId }));
    const stopped = await letThrough(number);
    expect([stopped.status, stopped.stderr]).toEqual([2, expect.stringContaining("is suspended")]);
    expect((await newest(sha))[0]).toBe("failure");
  });
});
