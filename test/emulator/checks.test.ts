import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installationToken, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let sha: string;

beforeAll(async () => {
  setting = await startSetting();
  sha = (await openPull(setting, "checked")).head.sha;
});
afterAll(async () => {
  expect(setting.github.violations).toEqual([]);
  await setting.close();
});

/** Forgets the violations that a bad request was meant to cause, and says how many there were. */
function takeViolations(): number {
  return setting.github.violations.splice(0).length;
}

const annotation = { path: "a.py", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" } as const;

describe("a check run", () => {
  it("goes from in progress to completed, in place, with two events", async () => {
    const { checker, demo, github } = setting;
    const count = github.deliveries().length;
    const { data: run } = await checker.checks.create({ ...demo, name: "gate", head_sha: sha, status: "in_progress" });
    expect(run).toMatchObject({ status: "in_progress", conclusion: null, pull_requests: [{ number: 1 }] });
    const { data: done } = await checker.checks.update({
      ...demo,
      check_run_id: run.id,
      conclusion: "failure",
      output: { title: "Worse", summary: "**0.9 → 0.8**", annotations: [annotation] },
    });
    expect(done).toMatchObject({ id: run.id, status: "completed", conclusion: "failure", app: { slug: "checker" } });
    const { data: shown } = await checker.checks.listAnnotations({ ...demo, check_run_id: run.id });
    expect(shown.map(({ path, message }) => ({ path, message }))).toEqual([{ path: "a.py", message: "m" }]);
    const events = github.deliveries().slice(count);
    expect(events.map(({ event, action }) => `${event}.${action}`)).toEqual([
      "check_run.created",
      "check_run.completed",
    ]);
  });

  it("is found by name, App, state, and as newest or all", async () => {
    const { checker, demo, app } = setting;
    for (const conclusion of ["failure", "success"] as const) {
      await checker.checks.create({ ...demo, name: "twice", head_sha: sha, conclusion });
    }
    const list = async (more: object) => {
      const { data } = await checker.checks.listForRef({ ...demo, ref: sha, check_name: "twice", ...more });
      return data.check_runs.map(({ conclusion }) => conclusion);
    };
    expect(await list({})).toEqual(["success"]);
    expect(await list({ filter: "all" })).toEqual(["success", "failure"]);
    expect(await list({ app_id: app.appId })).toEqual(["success"]);
    expect(await list({ app_id: app.appId + 1 })).toEqual([]);
    expect(await list({ status: "queued" })).toEqual([]);
    const { data } = await checker.checks.listSuitesForRef({ ...demo, ref: sha });
    expect(data.check_suites).toHaveLength(1);
  });

  it("belongs to its App alone", async () => {
    const { ada, checker, demo, github, client } = setting;
    const other = github.createApp({ slug: "other", permissions: { checks: "write" }, events: [] });
    const stranger = client(await installationToken(github, other, github.installApp(other.appId, "acme")));
    const { data: run } = await checker.checks.create({ ...demo, name: "mine", head_sha: sha });
    const takeover = stranger.checks.update({ ...demo, check_run_id: run.id, conclusion: "success" });
    expect(await refusal(takeover)).toMatchObject({ status: 403 });
    expect(await refusal(ada.checks.create({ ...demo, name: "by hand", head_sha: sha }))).toEqual({
      status: 403,
      message: "You must authenticate via a GitHub App.",
    });
  });

  it("needs a commit that exists", async () => {
    const { checker, demo } = setting;
    const unknown = "0123456789012345678901234567890123456789";
    expect(await refusal(checker.checks.create({ ...demo, name: "lost", head_sha: unknown }))).toEqual({
      status: 422,
      message: `No commit found for SHA: ${unknown}`,
    });
  });

  it("is asked for again by a person, and a button of it pressed", async () => {
    const { checker, demo, github } = setting;
    const actions = [{ label: "Accept", description: "Accept it", identifier: "accept" }];
    const { data: run } = await checker.checks.create({
      ...demo,
      name: "again",
      head_sha: sha,
      conclusion: "failure",
      actions,
    });
    const count = github.deliveries().length;
    github.rerequestRun(run.id, "bob");
    await github.rerequestSuite(run.id, "bob");
    github.pressAction(run.id, "bob", "accept");
    await setting.ada.checks.rerequestRun({ ...demo, check_run_id: run.id });
    const events = github.deliveries().slice(count);
    expect(
      events.map(({ event, action, payload }) => [event, action, (payload.sender as { login: string }).login]),
    ).toEqual([
      ["check_run", "rerequested", "bob"],
      ["check_suite", "rerequested", "bob"],
      ["check_run", "requested_action", "bob"],
      ["check_run", "rerequested", "ada"],
    ]);
    expect(events[2]?.payload.requested_action).toEqual({ identifier: "accept" });
  });
});

describe("the limits of a check run", () => {
  const fill = (length: number) => "x".repeat(length);
  it.each<[string, object, number]>([
    ["50 annotations", { annotations: Array(50).fill(annotation) }, 201],
    ["51 annotations", { annotations: Array(51).fill(annotation) }, 422],
    ["a summary of 65,535 characters", { summary: fill(65_535) }, 201],
    ["a summary of 65,536 characters", { summary: fill(65_536) }, 422],
    ["a text of 65,535 characters", { text: fill(65_535) }, 201],
    ["a text of 65,536 characters", { text: fill(65_536) }, 422],
  ])("%s", async (_, output, status) => {
    const { checker, demo } = setting;
    const request = checker.request("POST /repos/{owner}/{repo}/check-runs", {
      ...demo,
      name: "limits",
      head_sha: sha,
      output: { title: "t", summary: "s", ...output },
    });
    const answer = await request.then(
      ({ status: code }) => code,
      (error: { status: number }) => error.status,
    );
    expect(answer).toBe(status);
    expect(takeViolations()).toBe(status === 422 ? 1 : 0);
  });

  it.each<[string, object]>([
    ["a conclusion that GitHub does not know", { conclusion: "passed" }],
    ["the conclusion that only GitHub gives", { conclusion: "stale" }],
    ["completed without a conclusion", { status: "completed" }],
    ["more than three buttons", { actions: Array(4).fill({ label: "l", description: "d", identifier: "i" }) }],
    ["an output without a summary", { output: { title: "t" } }],
  ])("refuse %s", async (_, fields) => {
    const { checker, demo } = setting;
    const body = { ...demo, name: "wrong", head_sha: sha, ...fields };
    expect(await refusal(checker.request("POST /repos/{owner}/{repo}/check-runs", body))).toMatchObject({
      status: 422,
    });
    takeViolations();
  });
});
