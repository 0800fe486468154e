import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { aPerson, reactionsTo, repliesOn, say } from "../support/people.ts";
import { spamFiles, spamPolicy } from "../support/spam.ts";

/** Without an issue a pull request fails, which is about no file; data that drifted is about `data/spam.csv`. */
const policy = `${spamPolicy({
  "linked-issue": "block",
  "data-drift": "block",
  "data-schema": "off",
  "data-integrity": "off",
})}
waivers: { by: ["@acme/data", CODEOWNERS] }
`;
const codeOwners = `# who looks at what
*        @grace
/data/   @linus @acme/labels @acme/readers @nobody grace@users.noreply.localhost
[x]      @grace
/data/*.csv
/data/s* @linus @acme/labels @acme/readers @nobody grace@users.noreply.localhost
`;

let local: LocalApp;
let directory = "";
const people = new Map<string, Octokit>();
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-"));
  const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
  local = await startLocalApp({ policy, reviewModels });
  const roles = { grace: "maintain", linus: "push", dan: "pull", mia: "push", olga: "push", rita: "push" } as const;
  for (const [login, role] of Object.entries(roles)) people.set(login, await aPerson(local, login, role));
  people.set("eve", await aPerson(local, "eve", null));
  const { github } = local;
  github.createTeam("acme", "Data", ["dan"]);
  github.createTeam("acme", "Inner", ["mia"], {}, "data");
  github.createTeam("acme", "Labels", ["olga"], { "acme/income": "write" });
  github.createTeam("acme", "Readers", ["rita"], { "acme/income": "read" });
  await local.commit("main", { ...spamFiles, ".github/CODEOWNERS": codeOwners, CODEOWNERS: "* @rita" });
  await local.settle();
});
afterEach(() => expect(local.github.violations).toEqual([]));
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const waiveIssue = "/modelsync waive linked-issue reason: agreed in the meeting";
const waiveDrift = "/modelsync waive data-drift reason: new survey wave";

let count = 0;
/** A pull request of Ada with drifted data and without an issue. */
async function aPull(): Promise<{ number: number; sha: string }> {
  count += 1;
  const [header, ...rows] = spamFiles["data/spam.csv"]!.trim().split("\n");
  const moved = rows.map((row) => {
    const [links, length, spam] = row.split(",");
    return `${links},${Number(length) + 20 + count},${spam}`;
  });
  const files = { "data/spam.csv": `${[header, ...moved].join("\n")}\n`, ".github/CODEOWNERS": "* @eve @rita" };
  const sha = await local.commit(`wave-${count}`, files);
  const number = await local.open(`wave-${count}`);
  await local.settle();
  return { number, sha };
}

/** What a person's comment leads to: the App's reaction, and the lines of its answer. */
async function answerTo(login: string, body: string): Promise<{ reaction: string[]; lines: string[] }> {
  const { number } = await aPull();
  const id = await say(local, people.get(login)!, number, body);
  const replies = await repliesOn(local, number);
  return { reaction: await reactionsTo(local, id), lines: replies.join("").trim().split("\n").filter(Boolean) };
}

const gaps = [
  expect.stringMatching(
    /^- Line 3 of `\.github\/CODEOWNERS`: GitHub knows nobody with write access as `@acme\/readers`, `@nobody`\.$/,
  ),
  expect.stringMatching(/^- Line 3 of `\.github\/CODEOWNERS`: whose address `grace@users\.noreply\.localhost` is /),
  expect.stringMatching(/^- Line 4 of `\.github\/CODEOWNERS`: it is skipped, because of the pattern `\[x\]`\.$/),
  expect.stringMatching(/^- Line 6 of /),
  expect.stringMatching(/^- Line 6 of /),
];

describe("by a team of the policy", () => {
  it.each(["dan", "mia"])("%s, who is in it or in a team in it, waives", async (login) => {
    expect(await answerTo(login, waiveIssue)).toEqual({ reaction: ["+1"], lines: [] });
  });

  it("a maintainer whom the policy does not name waives nothing, and is told who may", async () => {
    const { reaction, lines } = await answerTo("grace", waiveIssue);
    expect({ reaction, lines }).toEqual({
      reaction: ["-1"],
      lines: [
        "- Only a member of `@acme/data` may waive. Ask one of them to write the same.",
        "- This is about no file, so CODEOWNERS names nobody for it.",
        ...gaps,
      ],
    });
  });

  it("a stranger gets no words", async () => {
    expect(await answerTo("eve", waiveIssue)).toEqual({ reaction: ["-1"], lines: [] });
  });

  it("whoever left it in between waives nothing", async () => {
    const { number } = await aPull();
    const ines = await aPerson(local, "ines", "pull");
    const team = { org: "acme", team_slug: "data", username: "ines" };
    await local.ada.rest.teams.addOrUpdateMembershipForUserInOrg(team);
    local.github.addWebhookFault({ event: "issue_comment.created", effect: { delay: 1500 } });
    const { data } = await ines.rest.issues.createComment({
      ...local.repository,
      issue_number: number,
      body: waiveIssue,
    });
    await local.ada.rest.teams.removeMembershipForUserInOrg(team);
    await local.settle();
    expect(await reactionsTo(local, data.id)).toEqual(["-1"]);
  });

  it("whose account is deleted in between waives nothing", async () => {
    const { number, sha } = await aPull();
    const jill = await aPerson(local, "jill", "push");
    await local.ada.rest.teams.addOrUpdateMembershipForUserInOrg({ org: "acme", team_slug: "data", username: "jill" });
    local.github.addWebhookFault({ event: "issue_comment.created", effect: { delay: 1500 } });
    const { data } = await jill.rest.issues.createComment({
      ...local.repository,
      issue_number: number,
      body: waiveIssue,
    });
    local.github.deleteUser("jill");
    await local.settle();
    expect(await reactionsTo(local, data.id)).toEqual([]);
    expect((await local.checkRuns(sha)).map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  });
});

describe("by CODEOWNERS of the base", () => {
  it.each(["linus", "olga"])("%s, who owns the data alone or in a team, waives", async (login) => {
    expect(await answerTo(login, waiveDrift)).toEqual({ reaction: ["+1"], lines: [] });
  });

  it.each(["grace", "rita"])("%s, who owns other files or is in a team that may not write, does not", async (login) => {
    const { reaction, lines } = await answerTo(login, waiveDrift);
    expect({ reaction, lines }).toEqual({
      reaction: ["-1"],
      lines: [
        "- Only a member of `@acme/data` or an owner of `data/spam.csv` (`@linus`, `@acme/labels`, `grace@users.noreply.localhost`) may waive. Ask one of them to write the same.",
        ...gaps,
      ],
    });
  });

  it("an owner of data waives nothing that is about no file", async () => {
    expect((await answerTo("linus", waiveIssue)).reaction).toEqual(["-1"]);
  });

  it("explain says who may", async () => {
    const { reaction, lines } = await answerTo("grace", "/modelsync explain data-drift");
    expect(reaction).toEqual(["+1"]);
    expect(lines).toContain(
      "- May be waived by a member of `@acme/data` or an owner of `data/spam.csv` (`@linus`, `@acme/labels`, `grace@users.noreply.localhost`), never on a pull request of their own.",
    );
    expect(lines).toEqual(expect.arrayContaining(gaps));
  });

  it("an owner takes back what another gave, and costs a handful of calls", async () => {
    const { number } = await aPull();
    await say(local, people.get("linus")!, number, waiveDrift);
    let id = 0;
    const calls = await local.callsDuring(async () => {
      id = await say(local, people.get("olga")!, number, "/modelsync unwaive data-drift");
    });
    expect(await reactionsTo(local, id)).toEqual(["+1"]);
    expect(calls.slice(0, 8)).toEqual([
      "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
      "POST /graphql",
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      "POST /graphql",
      "GET /repos/{owner}/{repo}/codeowners/errors",
      "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
      "GET /orgs/{org}/teams/{team_slug}",
      "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
    ]);
  });
});

describe("an organization that has not accepted the new permission", () => {
  it("has its pull requests reviewed as before, and is told what to accept", async () => {
    local.github.withholdPermission(local.installationId, "members");
    await local.restart();
    const refused = await answerTo("mia", waiveIssue);
    expect(refused.reaction).toEqual(["-1"]);
    expect(refused.lines).toContain(
      "- Who is in a team of `acme` can't be read. An owner of `acme` must accept the App's new permission (members: read) in the organization's settings. Write the same again ten minutes later.",
    );
    const { number, sha } = await aPull();
    expect((await local.checkRuns(sha)).map(({ conclusion }) => conclusion)).toEqual(["failure"]);
    await say(local, people.get("linus")!, number, waiveDrift);
    expect(await repliesOn(local, number)).toEqual([]);
    local.github.acceptPermissions(local.installationId);
    await local.restart();
    expect(await answerTo("mia", waiveIssue)).toEqual({ reaction: ["+1"], lines: [] });
  });
});

describe("a team that is no longer there", () => {
  it("entitles nobody, and is told", async () => {
    local.github.deleteTeam("acme", "data");
    const { reaction, lines } = await answerTo("mia", waiveIssue);
    expect([reaction, lines.slice(0, 2)]).toEqual([
      ["-1"],
      [
        "- Nobody may waive this.",
        "- There is no team `@acme/data` that this App can see. Somebody who maintains the policy must correct it.",
      ],
    ]);
  });

  it("is not among those of whom explain says that they may", async () => {
    const { lines } = await answerTo("grace", "/modelsync explain linked-issue");
    expect(lines.filter((line) => line.includes("@acme/data"))).toEqual([
      "- There is no team `@acme/data` that this App can see. Somebody who maintains the policy must correct it.",
    ]);
  });
});
