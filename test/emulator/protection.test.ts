import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commitFile, installationToken, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let otherApp: Setting["checker"];

beforeAll(async () => {
  setting = await startSetting();
  const { github, client } = setting;
  const other = github.createApp({ slug: "other", permissions: { checks: "write" }, events: [] });
  otherApp = client(await installationToken(github, other, github.installApp(other.appId, "acme")));
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

type Conclusion = "success" | "failure" | "neutral" | "skipped" | "cancelled" | "timed_out" | "action_required";
type Step = { by: "checker" | "other"; conclusion: Conclusion | "in_progress"; name?: string };

const expected = 'Required status check "gate" is expected.';
const failing = 'Required status check "gate" is failing.';
const running = 'Required status check "gate" is in progress.';

describe("a required check pinned to an App", () => {
  it.each<[string, Step[], string | "merged"]>([
    ["nothing has reported", [], expected],
    ["it is in progress", [{ by: "checker", conclusion: "in_progress" }], running],
    ["it failed", [{ by: "checker", conclusion: "failure" }], failing],
    ["it was cancelled", [{ by: "checker", conclusion: "cancelled" }], failing],
    ["it timed out", [{ by: "checker", conclusion: "timed_out" }], failing],
    ["it needs action", [{ by: "checker", conclusion: "action_required" }], failing],
    ["it succeeded", [{ by: "checker", conclusion: "success" }], "merged"],
    ["it is neutral", [{ by: "checker", conclusion: "neutral" }], "merged"],
    ["it was skipped", [{ by: "checker", conclusion: "skipped" }], "merged"],
    ["another App succeeded under its name", [{ by: "other", conclusion: "success" }], expected],
    [
      "it succeeded and another App failed under its name",
      [
        { by: "checker", conclusion: "success" },
        { by: "other", conclusion: "failure" },
      ],
      "merged",
    ],
    [
      "an old success was followed by a failure",
      [
        { by: "checker", conclusion: "success" },
        { by: "checker", conclusion: "failure" },
      ],
      failing,
    ],
    [
      "an old failure was followed by a success",
      [
        { by: "checker", conclusion: "failure" },
        { by: "checker", conclusion: "success" },
      ],
      "merged",
    ],
    [
      "an old success was followed by a new run in progress",
      [
        { by: "checker", conclusion: "success" },
        { by: "checker", conclusion: "in_progress" },
      ],
      running,
    ],
    ["a check of another name succeeded", [{ by: "checker", conclusion: "success", name: "gate 2" }], expected],
  ])("when %s", async (title, steps, outcome) => {
    const { ada, bob, demo, app, checker } = setting;
    await protect({ checks: [{ context: "gate", app_id: app.appId }] });
    const pull = await openPull(setting, title.replaceAll(/\W+/g, "-"));
    for (const { by, conclusion, name } of steps) {
      const state = conclusion === "in_progress" ? { status: conclusion } : { conclusion };
      const octokit = by === "checker" ? checker : otherApp;
      await octokit.checks.create({ ...demo, name: name ?? "gate", head_sha: pull.head.sha, ...state });
    }
    const merge = bob.pulls.merge({ ...demo, pull_number: pull.number });
    if (outcome === "merged") {
      expect((await merge).data).toMatchObject({ merged: true });
      return;
    }
    expect(await refusal(merge)).toEqual({ status: 405, message: outcome });
    const { data } = await ada.pulls.get({ ...demo, pull_number: pull.number });
    expect(data.mergeable_state).toBe("blocked");
  });

  it("does not count on a commit that is no longer the head", async () => {
    const { bob, checker, demo, app } = setting;
    await protect({ checks: [{ context: "gate", app_id: app.appId }] });
    const pull = await openPull(setting, "moved-on");
    await checker.checks.create({ ...demo, name: "gate", head_sha: pull.head.sha, conclusion: "success" });
    await commitFile(bob, "moved-on", "more.txt", "more\n");
    const answer = await refusal(bob.pulls.merge({ ...demo, pull_number: pull.number }));
    expect(answer).toEqual({ status: 405, message: expected });
  });

  it("is satisfied by a commit status only from any source", async () => {
    const { bob, demo, app } = setting;
    const pull = await openPull(setting, "by-status");
    await bob.repos.createCommitStatus({ ...demo, sha: pull.head.sha, state: "success", context: "gate" });
    await protect({ checks: [{ context: "gate", app_id: app.appId }] });
    expect(await refusal(bob.pulls.merge({ ...demo, pull_number: pull.number }))).toMatchObject({ status: 405 });
    await protect({ checks: [{ context: "gate" }] });
    expect((await bob.pulls.merge({ ...demo, pull_number: pull.number })).data.merged).toBe(true);
  });
});

describe("a protected branch", () => {
  it("lets an administrator pass only when administrators are exempt", async () => {
    const { ada, demo, app } = setting;
    const required = [{ context: "gate", app_id: app.appId }];
    const pull = await openPull(setting, "by-administrator");
    await protect({ checks: required, enforceAdmins: true });
    const merge = () => ada.pulls.merge({ ...demo, pull_number: pull.number });
    expect(await refusal(merge())).toEqual({ status: 405, message: expected });
    await protect({ checks: required, enforceAdmins: false });
    expect((await merge()).data.merged).toBe(true);
  });

  it("counts several missing checks together", async () => {
    const { bob, demo, checker, app } = setting;
    const pull = await openPull(setting, "several");
    await protect({ checks: ["one", "two", "three"].map((context) => ({ context, app_id: app.appId })) });
    await checker.checks.create({ ...demo, name: "one", head_sha: pull.head.sha, conclusion: "failure" });
    await checker.checks.create({ ...demo, name: "two", head_sha: pull.head.sha, conclusion: "success" });
    expect(await refusal(bob.pulls.merge({ ...demo, pull_number: pull.number }))).toEqual({
      status: 405,
      message: "2 of 3 required status checks have not succeeded: 1 expected and 1 failing.",
    });
  });

  it("wants an up-to-date head when it is strict", async () => {
    const { ada, bob, demo, checker, app } = setting;
    await protect({ checks: [{ context: "gate", app_id: app.appId }], strict: true, enforceAdmins: false });
    const pull = await openPull(setting, "late");
    await commitFile(ada, "main", "meanwhile.txt", "meanwhile\n");
    await checker.checks.create({ ...demo, name: "gate", head_sha: pull.head.sha, conclusion: "success" });
    expect((await bob.pulls.get({ ...demo, pull_number: pull.number })).data.mergeable_state).toBe("behind");
    const target = { ...demo, pull_number: pull.number };
    expect(await refusal(bob.pulls.merge(target))).toMatchObject({ status: 405 });
    await bob.pulls.updateBranch({ ...target, expected_head_sha: pull.head.sha });
    const { data: updated } = await bob.pulls.get(target);
    expect(updated).toMatchObject({ commits: 2, changed_files: 1, mergeable_state: "blocked" });
    expect(await refusal(bob.pulls.updateBranch({ ...target, expected_head_sha: pull.head.sha }))).toMatchObject({
      status: 422,
    });
    await checker.checks.create({ ...demo, name: "gate", head_sha: updated.head.sha, conclusion: "success" });
    expect((await bob.pulls.merge(target)).data.merged).toBe(true);
  });

  it("wants approving reviews, and no open request for changes", async () => {
    const { ada, bob, eve, demo } = setting;
    await protect({ reviews: 1 });
    const pull = await openPull(setting, "reviewed");
    const target = { ...demo, pull_number: pull.number };
    const merge = () => bob.pulls.merge(target);
    const waiting = "At least 1 approving review is required by reviewers with write access.";
    expect(await refusal(merge())).toEqual({ status: 405, message: waiting });
    await eve.pulls.createReview({ ...target, event: "APPROVE" });
    expect(await refusal(merge())).toEqual({ status: 405, message: waiting });
    const own = await refusal(bob.pulls.createReview({ ...target, event: "APPROVE" }));
    expect(own.status).toBe(422);
    const { data: no } = await ada.pulls.createReview({ ...target, event: "REQUEST_CHANGES", body: "Please explain." });
    expect(await refusal(merge())).toEqual({ status: 405, message: "Changes have been requested." });
    await ada.pulls.dismissReview({ ...target, review_id: no.id, message: "explained" });
    await ada.pulls.createReview({ ...target, event: "APPROVE" });
    expect((await merge()).data.merged).toBe(true);
  });

  it("shows and drops its rules", async () => {
    const { ada, demo, app } = setting;
    await protect({ checks: [{ context: "gate", app_id: app.appId }] });
    const branch = { ...demo, branch: "main" };
    const { data } = await ada.repos.getBranchProtection(branch);
    expect(data.required_status_checks?.checks).toEqual([{ context: "gate", app_id: app.appId }]);
    expect(data.enforce_admins?.enabled).toBe(true);
    expect((await ada.repos.getBranch(branch)).data.protected).toBe(true);
    await ada.repos.deleteBranchProtection(branch);
    expect(await refusal(ada.repos.getBranchProtection(branch))).toMatchObject({ status: 404 });
  });
});

interface Rules {
  checks?: { context: string; app_id?: number }[];
  strict?: boolean;
  enforceAdmins?: boolean;
  reviews?: number;
}

async function protect({ checks, strict = false, enforceAdmins = true, reviews }: Rules): Promise<void> {
  await setting.ada.repos.updateBranchProtection({
    ...setting.demo,
    branch: "main",
    required_status_checks: checks ? { strict, contexts: [], checks } : null,
    enforce_admins: enforceAdmins,
    required_pull_request_reviews: reviews ? { required_approving_review_count: reviews } : null,
    restrictions: null,
  });
}
