import type { RestEndpointMethodTypes } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commitFile, installationToken, openPull, refusal, type Setting, startSetting, testedPull } from "./setting.ts";

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
    expect((await testedPull(ada, pull.number)).mergeable_state).toBe("blocked");
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
    await protect({ checks: [{ context: "gate", app_id: -1 }] });
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
    expect((await testedPull(bob, pull.number)).mergeable_state).toBe("behind");
    const target = { ...demo, pull_number: pull.number };
    expect(await refusal(bob.pulls.merge(target))).toMatchObject({ status: 405 });
    await bob.pulls.updateBranch({ ...target, expected_head_sha: pull.head.sha });
    const updated = await testedPull(bob, pull.number);
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

  it("pins a check that names no App to the App that set it last", async () => {
    const { ada, bob, demo, checker, app } = setting;
    const pull = await openPull(setting, "pinned");
    await checker.checks.create({ ...demo, name: "known", head_sha: pull.head.sha, conclusion: "success" });
    await protect({ checks: [{ context: "known" }, { context: "unheard of" }, { context: "any", app_id: -1 }] });
    const { data } = await ada.repos.getStatusChecksProtection({ ...demo, branch: "main" });
    expect(data.checks).toEqual([
      { context: "known", app_id: app.appId },
      { context: "unheard of", app_id: null },
      { context: "any", app_id: null },
    ]);
    expect(await refusal(bob.pulls.merge({ ...demo, pull_number: pull.number }))).toMatchObject({ status: 405 });
  });

  it.each<[string, object, "merge" | "squash", string | "merged"]>([
    ["locked", { lock_branch: true }, "squash", "This branch is locked."],
    [
      "linear, by a merge commit",
      { required_linear_history: true },
      "merge",
      "This branch must not contain merge commits.",
    ],
    ["linear, by a squash", { required_linear_history: true }, "squash", "merged"],
    [
      "of others",
      { restrictions: { users: ["ada"], teams: [], apps: [] } },
      "squash",
      "You're not authorized to push to this branch.",
    ],
    ["of a person", { restrictions: { users: ["bob"], teams: [], apps: [] } }, "squash", "merged"],
    ["of a team", { restrictions: { users: [], teams: ["writers"], apps: [] } }, "squash", "merged"],
  ])("that is %s answers to a merge", async (title, more, merge_method, outcome) => {
    const { bob, demo, github } = setting;
    github.addMember("acme", "bob");
    if (title === "of a team") github.createTeam("acme", "Writers", ["bob"], { "acme/demo": "write" });
    await protect({ more });
    const pull = await openPull(setting, `that-is-${title.replaceAll(/\W+/g, "-")}`);
    const merging = bob.pulls.merge({ ...demo, pull_number: pull.number, merge_method });
    if (outcome === "merged") expect((await merging).data.merged).toBe(true);
    else expect(await refusal(merging)).toEqual({ status: 405, message: outcome });
  });

  it("wants an approval of somebody other than who pushed last", async () => {
    const { ada, bob, demo, client, github } = setting;
    const carol = client(github.createUser("carol"));
    github.addMember("acme", "carol");
    github.createTeam("acme", "Pushers", ["carol"], { "acme/demo": "write" });
    await protect({ reviews: { required_approving_review_count: 1, require_last_push_approval: true } });
    const pull = await openPull(setting, "last-push");
    const target = { ...demo, pull_number: pull.number };
    await ada.pulls.createReview({ ...target, event: "APPROVE" });
    await commitFile(ada, "last-push", "by-ada.txt", "1\n");
    await ada.pulls.createReview({ ...target, event: "APPROVE" });
    expect(await refusal(bob.pulls.merge(target))).toEqual({
      status: 405,
      message: "New changes require approval from someone other than ada because they were the last pusher.",
    });
    await carol.pulls.createReview({ ...target, event: "APPROVE" });
    expect((await bob.pulls.merge(target)).data.merged).toBe(true);
  });

  it("dismisses approvals when something is pushed, tells of each, and lets only some dismiss others", async () => {
    const { ada, bob, demo, github } = setting;
    await protect({ reviews: { dismiss_stale_reviews: true, dismissal_restrictions: { users: ["eve"], teams: [] } } });
    const pull = await openPull(setting, "stale-review");
    const target = { ...demo, pull_number: pull.number };
    await ada.pulls.createReview({ ...target, event: "APPROVE", body: "Fine." });
    await ada.pulls.createReview({ ...target, event: "COMMENT", body: "A note." });
    const count = github.deliveries().length;
    await commitFile(bob, "stale-review", "more.txt", "1\n");
    const { data: reviews } = await ada.pulls.listReviews(target);
    expect(reviews.map(({ state }) => state)).toEqual(["DISMISSED", "COMMENTED"]);
    const told = github
      .deliveries()
      .slice(count)
      .filter(({ event }) => event.startsWith("pull_request"));
    expect(
      told.map(({ event, action, payload }) => [event, action, (payload.sender as { login: string }).login]),
    ).toEqual([
      ["pull_request", "synchronize", "bob"],
      ["pull_request_review", "dismissed", "bob"],
    ]);
    expect(told.at(-1)?.payload.review).toMatchObject({ state: "dismissed", user: { login: "ada" }, body: "Fine." });
    const { data: no } = await ada.pulls.createReview({ ...target, event: "REQUEST_CHANGES", body: "Wait." });
    const dismiss = (octokit: typeof ada) => octokit.pulls.dismissReview({ ...target, review_id: no.id, message: "m" });
    expect(await refusal(dismiss(bob))).toEqual({
      status: 403,
      message: "You are not allowed to dismiss reviews of this branch.",
    });
    expect((await dismiss(ada)).data.state).toBe("DISMISSED");
  });

  it.each([
    ["required_conversation_resolution", { required_conversation_resolution: true }],
    ["block_creations", { block_creations: true }],
    ["allow_fork_syncing", { allow_fork_syncing: true }],
    [
      "bypass_pull_request_allowances",
      { required_pull_request_reviews: { bypass_pull_request_allowances: { users: ["ada"] } } },
    ],
  ])("is not protected by %s, which nothing here enforces", async (name, more) => {
    await setting.ada.repos.deleteBranchProtection({ ...setting.demo, branch: "main" });
    expect(await refusal(protect({ more }))).toEqual({
      status: 422,
      message: `The local GitHub does not model ${name}.`,
    });
    const shown = setting.ada.repos.getBranchProtection({ ...setting.demo, branch: "main" });
    expect(await refusal(shown)).toEqual({ status: 404, message: "Branch not protected" });
    await protect({});
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
  reviews?: number | Review;
  more?: object;
}

type Review = NonNullable<
  RestEndpointMethodTypes["repos"]["updateBranchProtection"]["parameters"]["required_pull_request_reviews"]
>;

async function protect({ checks, strict = false, enforceAdmins = true, reviews, more }: Rules): Promise<void> {
  await setting.ada.repos.updateBranchProtection({
    ...setting.demo,
    branch: "main",
    required_status_checks: checks ? { strict, contexts: [], checks } : null,
    enforce_admins: enforceAdmins,
    required_pull_request_reviews:
      typeof reviews === "number" ? { required_approving_review_count: reviews } : (reviews ?? null),
    restrictions: null,
    ...more,
  });
}
