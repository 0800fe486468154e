import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { longestReason } from "../../src/commands/parse-commands.ts";
import { inDatabase } from "../support/in-database.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { nextSecond } from "../support/next-second.ts";
import { aPerson, reactionsTo, repliesOn, reportOn, say } from "../support/people.ts";
import { aPull, conclusionOf, done, policy, waive } from "../support/pulls-without-issue.ts";

let local: LocalApp;
let grace: Octokit;
let linus: Octokit;
let eve: Octokit;
beforeAll(async () => {
  local = await startLocalApp({ policy });
  grace = await aPerson(local, "grace", "maintain");
  linus = await aPerson(local, "linus", "push");
  eve = await aPerson(local, "eve", null);
});
afterEach(() => expect(local.github.violations).toEqual([]));
afterAll(() => local[Symbol.asyncDispose]());

describe("a waiver", () => {
  it("by a maintainer turns the check green, costs few calls, and says nothing but a reaction", async () => {
    const { number, sha } = await aPull(local);
    expect(await conclusionOf(local, sha)).toBe("failure");
    let id = 0;
    const calls = await local.callsDuring(async () => {
      id = await say(local, grace, number, waive);
    });
    expect(await conclusionOf(local, sha)).toBe("success");
    expect(await reactionsTo(local, id)).toEqual(["+1"]);
    expect(await repliesOn(local, number)).toEqual([]);
    expect(calls.slice(0, 5)).toEqual([
      "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
      "POST /graphql",
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      "POST /graphql",
      "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    ]);
  });

  it.each<[string, () => Octokit, string, RegExp | null]>([
    [
      "the author, an owner of the organization",
      () => local.ada,
      waive,
      /^- Nobody waives on a pull request of their own\./,
    ],
    ["somebody who may only write", () => linus, waive, /^- Only a maintainer of this repository/],
    ["a stranger", () => eve, waive, null],
    [
      "a maintainer of a check that does not exist",
      () => grace,
      waive.replace("linked-issue", "linked-isue"),
      /Did you mean `linked-issue`\?$/,
    ],
    [
      "a maintainer of one that found nothing",
      () => grace,
      waive.replace("linked-issue", "data-drift"),
      /`data-drift` found nothing on `[0-9a-f]{7}` that could be waived\./,
    ],
    [
      "a maintainer of a finding that does not exist",
      () => grace,
      waive.replace("linked-issue", "0123456789abcdef"),
      /^- There is no finding `0123456789abcdef` here\./,
    ],
    ["a maintainer for a day that is over", () => grace, `${waive} until: 2020-01-01`, /^- 2020-01-01 is over\./],
    ["a maintainer without a reason", () => grace, "/modelsync waive linked-issue", /^- A waiver needs a reason\./],
  ])("by %s is refused", async (_, person, body, says) => {
    const { number, sha } = await aPull(local);
    const id = await say(local, person(), number, body);
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect(await reactionsTo(local, id)).toEqual([body === "/modelsync waive linked-issue" ? "confused" : "-1"]);
    expect(await repliesOn(local, number)).toEqual(says === null ? [] : [expect.stringMatching(says)]);
  });

  it("of what the policy does not let anybody waive is refused", async () => {
    const { number, sha } = await aPull(local, "");
    await say(local, grace, number, "/modelsync waive pr-checklist reason: in a hurry");
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect(await repliesOn(local, number)).toEqual([
      expect.stringMatching(/lets nobody waive what `pr-checklist` finds/),
    ]);
  });

  it.each([
    ["a quote", `> ${waive}`],
    ["a fence", `\`\`\`\n${waive}\n\`\`\``],
    ["an HTML comment", `<!--\n${waive}\n-->`],
  ])("in %s is none", async (_, body) => {
    const { number, sha } = await aPull(local);
    const id = await say(local, grace, number, body);
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect([await reactionsTo(local, id), await repliesOn(local, number)]).toEqual([[], []]);
  });

  it("that was edited into a comment is none", async () => {
    const { number, sha } = await aPull(local);
    const id = await say(local, grace, number, "Looks good");
    await linus.rest.issues.updateComment({ ...local.repository, comment_id: id, body: waive });
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect(await reactionsTo(local, id)).toEqual([]);
  });

  it("that was edited before it was read is refused", async () => {
    const { number, sha } = await aPull(local);
    local.github.addWebhookFault({ event: "issue_comment.created", effect: { delay: 3000 } });
    const { data } = await grace.rest.issues.createComment({
      ...local.repository,
      issue_number: number,
      body: `${waive}, so`,
    });
    // GitHub tells times in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await linus.rest.issues.updateComment({ ...local.repository, comment_id: data.id, body: waive });
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect(await reactionsTo(local, data.id)).toEqual(["-1"]);
    expect(await repliesOn(local, number)).toEqual([expect.stringContaining("An edited comment is not carried out")]);
  });

  it("that was edited within its second is refused", async () => {
    const { number, sha } = await aPull(local);
    local.github.addWebhookFault({ event: "issue_comment.created", effect: { delay: 1500 } });
    await nextSecond();
    const body = "/modelsync explain linked-issue";
    const { data } = await grace.rest.issues.createComment({ ...local.repository, issue_number: number, body });
    await linus.rest.issues.updateComment({ ...local.repository, comment_id: data.id, body: waive });
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect(await reactionsTo(local, data.id)).toEqual(["-1"]);
  });

  it("by somebody whose permission was taken away in between is refused", async () => {
    const { number, sha } = await aPull(local);
    const hedy = await aPerson(local, "hedy", "maintain");
    local.github.addWebhookFault({ event: "issue_comment.created", effect: { delay: 1500 } });
    const { data } = await hedy.rest.issues.createComment({ ...local.repository, issue_number: number, body: waive });
    await local.ada.rest.repos.removeCollaborator({ ...local.repository, username: "hedy" });
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("failure");
    expect(await reactionsTo(local, data.id)).toEqual(["-1"]);
  });

  it("by a bot is none", async () => {
    const { number, sha } = await aPull(local);
    await local.asApp(async (app) => {
      const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: local.installationId });
      const bot = new Octokit({ auth: data.token, baseUrl: local.github.url });
      await bot.rest.issues.createComment({ ...local.repository, issue_number: number, body: waive });
    });
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("failure");
  });

  it("on a closed pull request is refused", async () => {
    const { number } = await aPull(local);
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
    await local.settle();
    await say(local, grace, number, waive);
    expect(await repliesOn(local, number)).toEqual([expect.stringContaining("This pull request is closed.")]);
  });

  it("from a fork's author, who may do nothing here, opens nothing", async () => {
    const { data: fork } = await eve.rest.repos.createFork(local.repository);
    const place = { owner: fork.owner.login, repo: fork.name };
    await eve.rest.repos.createOrUpdateFileContents({
      ...place,
      path: "eve.md",
      message: "Add words",
      content: Buffer.from("words").toString("base64"),
      branch: "main",
    });
    const { data } = await eve.rest.pulls.create({
      ...local.repository,
      title: "Words",
      head: "eve:main",
      base: "main",
      body: done,
    });
    await local.settle();
    await say(local, eve, data.number, waive);
    expect(await conclusionOf(local, data.head.sha)).toBe("failure");
    expect(await repliesOn(local, data.number)).toEqual([expect.stringContaining("Only a maintainer")]);
  });

  it("given twice is refused the second time, and delivered twice is given once", async () => {
    const { number, sha } = await aPull(local);
    local.github.addWebhookFault({ event: "issue_comment.created", effect: "duplicate" });
    const first = await say(local, grace, number, waive);
    expect([await reactionsTo(local, first), await repliesOn(local, number)]).toEqual([["+1"], []]);
    const second = await say(local, grace, number, waive);
    expect(await reactionsTo(local, second)).toEqual(["-1"]);
    expect(await repliesOn(local, number)).toEqual([
      expect.stringMatching(/^- That is waived already, by grace until /),
    ]);
    expect(await conclusionOf(local, sha)).toBe("success");
    expect((await reportOn(local, number)).match(/waived by grace/g)).toHaveLength(1);
  });

  it("whose webhook was lost is given after the next sweep", async () => {
    const { number, sha } = await aPull(local);
    local.github.addWebhookFault({ event: "issue_comment.created", effect: "drop" });
    await say(local, grace, number, waive);
    expect(await conclusionOf(local, sha)).toBe("failure");
    await local.app.runNow("sweep");
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("success");
  });

  it("survives a restart, and its words stay words", async () => {
    const { number, sha } = await aPull(local);
    const words = `**bold** @ada closes #1 <b>x</b> \`y\` ${"z".repeat(10_000)}`;
    await say(local, grace, number, `${waive} ${words}`);
    expect(await conclusionOf(local, sha)).toBe("success");
    await local.restart();
    await say(local, linus, number, "/modelsync rerun");
    expect(await conclusionOf(local, sha)).toBe("success");
    const report = await reportOn(local, number);
    expect(report).toContain("Reason: agreed in the meeting \\*\\*bold\\*\\* @&#8203;ada closes #&#8203;1 &lt;b&gt;");
    expect(report.length).toBeLessThan(4000 + longestReason);
  });
});

it("a waiver does not follow its pull request to another base branch, whose policy may be another one", async () => {
  const own =
    "models: []\nchecks: { linked-issue: { level: block } }\nwaivers: { by: [writers], never_author: false }\n";
  await local.commit("lax", { ".github/modelsync.yml": `version: 1\n${own}` });
  const sha = await local.commit("from-main", { "notes.md": "from main" });
  const pull = { ...local.repository, head: "from-main", title: "Mine", body: "- [x] Tested" };
  const { number } = (await linus.rest.pulls.create({ ...pull, base: "lax" })).data;
  await local.settle();
  await say(local, linus, number, waive);
  const on = async (base: string) => {
    const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
    return data.check_runs.find(({ name }) => name === `ModelSync: ${base}`)?.conclusion;
  };
  expect(await on("lax")).toBe("success");
  const retarget = (base: string) => linus.rest.pulls.update({ ...local.repository, pull_number: number, base });
  await retarget("main");
  await local.settle();
  expect(await on("main")).toBe("failure");
  expect(await reportOn(local, number)).toContain("holds no longer, because it was given for another base branch");
  await say(local, grace, number, waive);
  expect(await on("main")).toBe("success");
});

describe("a waiver whose last day has passed", () => {
  it("is over with the next sweep, which asks nothing more of the others", async () => {
    const [over, other] = [await aPull(local), await aPull(local)];
    for (const { number } of [over, other]) await say(local, grace, number, waive);
    await inDatabase(local, (database) =>
      database.query("update waiver set until_day = '2020-01-01' where number = $1", [over.number]),
    );
    expect(await conclusionOf(local, over.sha)).toBe("success");
    const runs = await local.checkRuns(other.sha);
    await local.app.runNow("sweep");
    await local.settle();
    expect([await conclusionOf(local, over.sha), await conclusionOf(local, other.sha)]).toEqual(["failure", "success"]);
    expect(await reportOn(local, over.number)).toContain("holds no longer, because its time is over");
    expect(await local.checkRuns(other.sha)).toEqual(runs);
  });
});

describe("other commands", () => {
  it("two in one comment are both carried out", async () => {
    const { number, sha } = await aPull(local);
    const id = await say(local, grace, number, `${waive}\n\n/modelsync waive pr-checklist reason: x`);
    expect(await reactionsTo(local, id)).toEqual(["-1"]);
    expect(await repliesOn(local, number)).toEqual([expect.stringContaining("lets nobody waive")]);
    expect(await conclusionOf(local, sha)).toBe("success");
  });

  it("help lists them, to the author as well", async () => {
    const { number } = await aPull(local);
    const id = await say(local, local.ada, number, "/modelsync");
    expect(await reactionsTo(local, id)).toEqual(["+1"]);
    expect((await repliesOn(local, number))[0]).toContain("- `/modelsync unwaive CHECK` takes that back\n");
  });

  it("explain names the findings, and one can be waived by its fingerprint", async () => {
    const { number, sha } = await aPull(local);
    await say(local, linus, number, "/modelsync explain linked-issue");
    const [reply] = await repliesOn(local, number);
    expect(reply).toMatch(/^- Linked issue\n/);
    expect(reply).toContain(
      '- By `checks.linked-issue` in the policy, version 1: level `"block"`, minimum `1` (default), allow\\_closed `true` (default)\n',
    );
    expect(reply).toMatch(/\n- `[0-9a-f]{16}` No issue is linked \(linked 0, minimum 1\)\. Add a line such as /);
    const fingerprint = /`([0-9a-f]{16})`/.exec(reply!)?.[1];
    await say(local, grace, number, `/modelsync waive ${fingerprint!.slice(0, 8)} reason: agreed`);
    expect(await conclusionOf(local, sha)).toBe("success");
    await say(local, grace, number, `/modelsync unwaive ${fingerprint}`);
    expect(await conclusionOf(local, sha)).toBe("failure");
  });

  it("policy shows what is in force", async () => {
    const { number } = await aPull(local);
    await say(local, local.ada, number, "/modelsync policy");
    expect((await repliesOn(local, number))[0]).toContain(
      '- `pr-checklist`: level `"block"`, require `["Tested"]`, waivable `false`\n',
    );
  });

  it("an unknown one gets the nearest", async () => {
    const { number } = await aPull(local);
    const id = await say(local, local.ada, number, "/modelsync weive linked-issue reason: x");
    expect(await reactionsTo(local, id)).toEqual(["confused"]);
    expect(await repliesOn(local, number)).toEqual(["- There is no such command. Did you mean waive?"]);
  });
});
