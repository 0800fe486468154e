import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ledgerRows } from "../support/ledger-rows.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { aPerson, repliesOn, reportOn, say } from "../support/people.ts";

/** Without an issue a pull request fails; the third check may not be waived. */
const policy = `version: 1
models: []
checks:
  linked-issue: { level: block }
  issue-labels: { level: "off" }
  pr-checklist: { level: block, require: [Tested], waivable: false }
  acceptance-criteria: { level: "off" }
`;

let local: LocalApp;
let grace: Octokit;
let linus: Octokit;
let rita: Octokit;
beforeAll(async () => {
  local = await startLocalApp({ policy });
  grace = await aPerson(local, "grace", "maintain");
  linus = await aPerson(local, "linus", "push");
  rita = await aPerson(local, "rita", "pull");
});
afterEach(() => expect(local.github.violations).toEqual([]));
afterAll(() => local[Symbol.asyncDispose]());

let count = 0;
/** A pull request of Ada that lacks an issue, and nothing else unless told so. */
async function aPull(body = "- [x] Tested"): Promise<{ number: number; sha: string; report: number }> {
  count += 1;
  const sha = await local.commit(`change-${count}`, { "notes.md": String(count) });
  const number = await local.open(`change-${count}`, { body });
  await local.settle();
  const report = (await local.comments(number)).find(({ body }) => body.includes("modelsync:report"))!.id;
  return { number, sha, report };
}

async function conclusionOf(sha: string): Promise<string | null | undefined> {
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
  return data.check_runs[0]?.conclusion;
}

const empty = /- \[ \](?= <!-- modelsync:waive )/g;
const tick = (body: string) => body.replace(empty, "- [x]");
const untick = (body: string) => body.replace(/- \[x\](?= <!-- modelsync:unwaive )/g, "- [ ]");

/** Changes the App's comment, without waiting for what follows. */
async function edit(person: Octokit, id: number, change: (body: string) => string): Promise<void> {
  const { data } = await local.ada.rest.issues.getComment({ ...local.repository, comment_id: id });
  await person.rest.issues.updateComment({ ...local.repository, comment_id: id, body: change(data.body ?? "") });
}

async function edited(person: Octokit, id: number, change: (body: string) => string): Promise<void> {
  await edit(person, id, change);
  await local.settle();
}

describe("a tick", () => {
  it("by a maintainer waives, is recorded like a command, and costs few calls", async () => {
    const { number, sha, report } = await aPull();
    expect(await reportOn(local, number)).toMatch(
      new RegExp(`\\n {2}- \\[ \\] <!-- modelsync:waive [0-9a-f]{16} ${sha} --> waive it as it is\\n`),
    );
    expect(await conclusionOf(sha)).toBe("failure");
    const calls = await local.callsDuring(() => edit(grace, report, tick));
    expect(await conclusionOf(sha)).toBe("success");
    expect(await repliesOn(local, number)).toEqual([]);
    expect(await reportOn(local, number)).toMatch(
      /\n- \[x\] <!-- modelsync:unwaive [0-9a-f]{16} [0-9a-f]{40} --> \*\*Linked issue\*\*, waived by grace until .*\. Reason: ticked in the comment of ModelSync, whose edit history shows it\n/,
    );
    expect(calls).toEqual([
      "POST /graphql",
      "POST /graphql",
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      "POST /graphql",
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      "POST /repos/{owner}/{repo}/check-runs",
      "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    ]);
    const rows = (await ledgerRows(local)).filter((row) => row.number === number && row.person === "grace");
    expect(rows.map(({ kind, headSha, data }) => [kind, headSha, data.check, data.comment])).toEqual([
      ["waiver", sha, "linked-issue", report],
    ]);
  });

  it("that is taken away takes the waiver back, and a new one waives again", async () => {
    const { number, sha, report } = await aPull();
    await edited(grace, report, tick);
    await edited(grace, report, untick);
    expect(await conclusionOf(sha)).toBe("failure");
    expect(await reportOn(local, number)).toContain("holds no longer, because grace took it back");
    await edited(grace, report, tick);
    expect(await conclusionOf(sha)).toBe("success");
    await edited(linus, report, untick);
    expect(await conclusionOf(sha)).toBe("success");
    expect(await reportOn(local, number)).toContain("- [x] <!-- modelsync:unwaive ");
    expect(await repliesOn(local, number)).toEqual([
      "- What `linus` ticked or emptied in the report was not done:\n- Only a maintainer of this repository (role maintain or admin), or who gave a waiver takes it back.",
    ]);
  });

  it("takes a waiver back that was given by a command", async () => {
    const { number, sha, report } = await aPull();
    await say(local, grace, number, "/modelsync waive linked-issue reason: agreed");
    expect(await conclusionOf(sha)).toBe("success");
    await edited(grace, report, untick);
    expect(await conclusionOf(sha)).toBe("failure");
  });

  it.each<[string, () => Octokit, RegExp]>([
    ["the author, an owner of the organization", () => local.ada, /Nobody waives on a pull request of their own\./],
    ["somebody who may only write", () => linus, /Only a maintainer of this repository/],
  ])("by %s is drawn again, and told why once", async (_, person, says) => {
    const { number, sha, report } = await aPull();
    const before = await reportOn(local, number);
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: "duplicate" });
    await edited(person(), report, tick);
    expect(await conclusionOf(sha)).toBe("failure");
    expect(await reportOn(local, number)).toBe(before);
    expect(await repliesOn(local, number)).toEqual([expect.stringMatching(says)]);
  });

  it("by a reader is refused by GitHub", async () => {
    const { report } = await aPull();
    await expect(edit(rita, report, tick)).rejects.toThrow();
  });

  it("by somebody whose permission was taken away in between is drawn again", async () => {
    const { number, sha, report } = await aPull();
    const hedy = await aPerson(local, "hedy", "maintain");
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: { delay: 1500 } });
    await edit(hedy, report, tick);
    await local.ada.rest.repos.removeCollaborator({ ...local.repository, username: "hedy" });
    await local.settle();
    expect(await conclusionOf(sha)).toBe("failure");
    expect([await reportOn(local, number), await repliesOn(local, number)]).toEqual([expect.stringMatching(empty), []]);
  });

  it("of two boxes in one edit waives both", async () => {
    const { number, report } = await aPull();
    await local.commit("main", {
      ".github/modelsync.yml": policy.replace("[Tested], waivable: false", "[Tested, Timed]"),
    });
    await local.settle();
    expect((await reportOn(local, number)).match(empty)).toHaveLength(2);
    await edited(grace, report, tick);
    expect((await reportOn(local, number)).match(/waived by grace/g)).toHaveLength(2);
    await edited(grace, report, untick);
    expect((await reportOn(local, number)).match(/grace took it back/g)).toHaveLength(2);
    await local.commit("main", { ".github/modelsync.yml": policy });
    await local.settle();
  });

  it("of two boxes one after the other waives both", async () => {
    await local.commit("main", {
      ".github/modelsync.yml": policy.replace("[Tested], waivable: false", "[Tested, Timed]"),
    });
    await local.settle();
    const { number, sha, report } = await aPull();
    const first = (body: string) => body.replace(/- \[ \](?= <!-- modelsync:waive )/, "- [x]");
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: { delay: 1500 } });
    await edit(grace, report, first);
    await edit(grace, report, first);
    await local.settle();
    expect(await conclusionOf(sha)).toBe("success");
    expect(await repliesOn(local, number)).toEqual([]);
    await local.commit("main", { ".github/modelsync.yml": policy });
    await local.settle();
  });

  it("that comes with another text waives nothing, and the text is written again", async () => {
    const { number, sha, report } = await aPull();
    const before = await reportOn(local, number);
    await edited(grace, report, (body) => tick(body).replace("Linked issue", "Nothing of note"));
    expect([await conclusionOf(sha), await reportOn(local, number)]).toEqual(["failure", before]);
    const forged = "0123456789abcdef";
    await edited(grace, report, (body) => tick(body).replace(/(?<=modelsync:waive )[0-9a-f]{16}/, forged));
    expect([await conclusionOf(sha), await reportOn(local, number)]).toEqual(["failure", before]);
    expect(await repliesOn(local, number)).toEqual([]);
  });

  it("in a text that somebody else forged waives nothing", async () => {
    const { number, sha, report } = await aPull("");
    const other = /modelsync:waive ([0-9a-f]{16})/.exec(await reportOn(local, number))![1]!;
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: "drop" });
    await edited(linus, report, (body) => body.replace("Linked issue", "Typo in the text"));
    await edited(grace, report, tick);
    expect(await conclusionOf(sha)).toBe("failure");
    expect(await reportOn(local, number)).toContain(`modelsync:waive ${other}`);
    expect(await reportOn(local, number)).toContain("**Linked issue**: ");
  });

  it("of two people at once is nobody's", async () => {
    const { number, sha, report } = await aPull();
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: { delay: 1500 } });
    await edit(linus, report, tick);
    await edit(grace, report, untick);
    await local.settle();
    expect(await conclusionOf(sha)).toBe("failure");
    expect(await repliesOn(local, number)).toEqual([expect.stringMatching(/^- Several people changed boxes/)]);
    await edited(grace, report, tick);
    expect(await conclusionOf(sha)).toBe("success");
  });

  it("in a comment of another one that looks like ours waives nothing", async () => {
    const { number, sha } = await aPull();
    const id = await say(local, linus, number, await reportOn(local, number));
    const calls = await local.callsDuring(() => edit(grace, id, tick));
    expect([await conclusionOf(sha), calls]).toEqual(["failure", []]);
  });

  it("on a closed pull request is refused, and drawn again when it is reopened", async () => {
    const { number, report } = await aPull();
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
    await local.settle();
    await edited(grace, report, tick);
    expect(await repliesOn(local, number)).toEqual([expect.stringContaining("This pull request is closed.")]);
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "open" });
    await local.settle();
    expect(await reportOn(local, number)).toMatch(empty);
  });

  it("of an older commit is refused", async () => {
    const { number, report } = await aPull();
    local.github.addWebhookFault({ event: "pull_request.synchronize", effect: { delay: 2000 } });
    const sha = await local.commit(`change-${count}`, { "notes.md": "more" });
    await edit(grace, report, tick);
    await local.settle();
    expect(await conclusionOf(sha)).toBe("failure");
    expect(await repliesOn(local, number)).toEqual([
      expect.stringMatching(/The box is of `[0-9a-f]{7}`, and the newest commit is `[0-9a-f]{7}`\./),
    ]);
    expect(await reportOn(local, number)).toContain(` ${sha} --> waive it as it is`);
  });

  it("that is taken away in the same second waives nothing", async () => {
    const { number, sha, report } = await aPull();
    const before = await reportOn(local, number);
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: { delay: 1500 } });
    await edit(grace, report, tick);
    await edit(grace, report, () => before);
    await local.settle();
    expect([await conclusionOf(sha), await reportOn(local, number)]).toEqual(["failure", before]);
    expect(await repliesOn(local, number)).toEqual([]);
  });

  it("whose webhook came twice waives once", async () => {
    const { number, sha, report } = await aPull();
    local.github.addWebhookFault({ event: "issue_comment.edited", effect: "duplicate" });
    await edited(grace, report, tick);
    expect(await conclusionOf(sha)).toBe("success");
    expect((await reportOn(local, number)).match(/waived by grace/g)).toHaveLength(1);
    expect(await repliesOn(local, number)).toEqual([]);
  });

  it("is not offered where the policy wants a reason, or lets nobody waive", async () => {
    const { number, report } = await aPull("");
    expect((await reportOn(local, number)).match(empty)).toHaveLength(1);
    local.github.addWebhookFault({ event: "push", effect: "drop" });
    const strict = `${policy}waivers: { by_tick: false }\n`;
    await local.commit("main", { ".github/modelsync.yml": strict });
    await local.settle();
    await edited(grace, report, tick);
    expect(await repliesOn(local, number)).toEqual([expect.stringContaining("The policy wants a reason")]);
    expect(await reportOn(local, number)).not.toMatch(empty);
    await say(local, grace, number, "/modelsync waive linked-issue reason: agreed");
    expect(await reportOn(local, number)).toContain("- [x] **Linked issue**, waived by grace");
    await local.commit("main", { ".github/modelsync.yml": policy });
    await local.settle();
  });
});

describe("any other change of the comment", () => {
  it.each<[string, (body: string) => string]>([
    ["a tick before the title", (body) => body.replace("- [ ] **Linked issue", "- [x] **Linked issue")],
    ["another verdict", (body) => body.replace("### ✗", "### ✓")],
    ["nothing left", () => "Nothing to see"],
  ])("%s is written again", async (_, change) => {
    const { number, sha, report } = await aPull();
    const before = await reportOn(local, number);
    await edited(linus, report, change);
    expect(await reportOn(local, number)).toBe(before);
    expect([await conclusionOf(sha), await repliesOn(local, number)]).toEqual(["failure", []]);
  });

  it("by the App costs nothing", async () => {
    const { report } = await aPull();
    const calls = await local.callsDuring(() =>
      local.asApp(async (app) => {
        const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: local.installationId });
        const bot = new Octokit({ auth: data.token, baseUrl: local.github.url });
        await edit(bot, report, tick);
      }),
    );
    const own = [
      "POST /app/installations/{installation_id}/access_tokens",
      "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    ];
    expect(calls.filter((call) => !own.includes(call))).toEqual([]);
  });
});
