import { describe, expect, it } from "vitest";
import { toEffect } from "../../src/events/to-effect.ts";

const appId = 7;
const installation = { id: 21 };
const repository = { id: 11, name: "income", full_name: "acme/income", owner: { login: "acme" } };
const hint = {
  repositoryId: 11,
  number: 5,
  installationId: 21,
  owner: "acme",
  name: "income",
  baseRef: "main",
  headSha: "abc",
  updatedAt: "2026-03-01T12:00:00Z",
};
const pullRequest = (action: string, more: object = {}) => ({
  action,
  installation,
  repository,
  pull_request: {
    number: 5,
    base: { ref: "main" },
    head: { sha: "abc" },
    user: null,
    updated_at: "2026-03-01T12:00:00Z",
  },
  ...more,
});
const changed = (fields: object) => ({ pull_request: { ...pullRequest("").pull_request, ...fields } });
const review = (triggers: string[], always: boolean) => ({ kind: "review", pullRequest: hint, triggers, always });

describe("pull_request", () => {
  it.each<[string, object, unknown]>([
    ["opened", {}, review(["code"], true)],
    ["reopened", {}, review(["code"], true)],
    ["synchronize", {}, review(["code"], true)],
    ["edited", { changes: { base: { ref: { from: "dev" } } } }, review(["base"], true)],
    ["edited", { changes: { title: { from: "Old" } } }, review(["text", "issue"], false)],
    ["edited", { changes: { body: { from: null } } }, review(["text", "issue"], false)],
    ["edited", { changes: {} }, null],
    ["edited", {}, null],
    ["labeled", {}, review(["labels"], false)],
    ["unlabeled", {}, review(["labels"], false)],
    ["ready_for_review", {}, review(["draft"], false)],
    ["converted_to_draft", {}, review(["draft"], false)],
    ["closed", {}, { kind: "close", pullRequest: hint }],
    ["assigned", {}, null],
    ["constructor", {}, null],
    ["opened", { installation: undefined }, null],
    ["opened", { pull_request: { number: "5" } }, null],
    ["opened", changed({ number: 2 ** 31 }), null],
    ["opened", changed({ head: { sha: "a\0" } }), null],
    ["opened", changed({ base: { ref: "\ud800" } }), null],
    ["opened", changed({ updated_at: "\0" }), null],
  ])("%s %j", (action, more, expected) => {
    expect(toEffect("pull_request", pullRequest(action, more), appId)).toEqual(expected);
  });
});

describe("issues", () => {
  const payload = (action: string) => ({ action, installation, repository, issue: { number: 9 } });
  const again = { kind: "fan-out", fanOut: { kind: "issue", installationId: 21, repositoryId: 11, number: 9 } };
  const heard = ["opened", "edited", "labeled", "unlabeled", "closed", "reopened", "deleted", "transferred"];
  const rows: [string, unknown][] = [...heard.map((action): [string, unknown] => [action, again]), ["assigned", null]];
  it.each(rows)("%s", (action, expected) => {
    expect(toEffect("issues", payload(action), appId)).toEqual(expected);
  });
});

describe("issue_comment", () => {
  const payload = (body: string, more: object = {}) => ({
    action: "created",
    installation,
    repository,
    issue: { number: 5, pull_request: { url: "…" } },
    comment: { id: 31, body, user: { login: "ada" } },
    ...more,
  });
  const place = { installationId: 21, repositoryId: 11, owner: "acme", name: "income" };
  const asked = { kind: "fan-out", fanOut: { kind: "command", ...place, number: 5, commentId: 31 } };
  const rerun = "/modelsync rerun";
  it.each<[string, string, object, unknown]>([
    ["with a command", rerun, {}, asked],
    ["with a command after words", `Well.\r\n${rerun}\r\n`, {}, asked],
    ["without one", "Please look at the drift", {}, null],
    ["that names the App", "See modelsync, or /modelsync", {}, null],
    ["that quotes a command", `> ${rerun}`, {}, null],
    ["that was edited", rerun, { action: "edited" }, null],
    ["that was deleted", rerun, { action: "deleted" }, null],
    ["on an issue", rerun, { issue: { number: 5 } }, null],
    ["without an installation", rerun, { installation: undefined }, null],
  ])("%s", (_, body, more, expected) => {
    expect(toEffect("issue_comment", payload(body, more), appId)).toEqual(expected);
  });

  const ours = {
    comment: { id: 31, node_id: "IC_31", body: rerun, user: { id: 41 }, performed_via_github_app: { id: appId } },
    sender: { id: 42 },
  };
  const boxes = { kind: "fan-out", fanOut: { kind: "boxes", ...place, number: 5, commentId: 31, nodeId: "IC_31" } };
  it.each<[string, object, unknown]>([
    ["by somebody", {}, boxes],
    ["by the App itself", { sender: { id: 41 } }, null],
    ["by nobody", { sender: undefined }, null],
    ["of another App", { comment: { ...ours.comment, performed_via_github_app: { id: appId + 1 } } }, null],
    ["that no App wrote", { comment: { ...ours.comment, performed_via_github_app: null } }, null],
    ["whose author is gone", { comment: { ...ours.comment, user: null } }, boxes],
    ["that was deleted", { action: "deleted" }, null],
    ["on an issue", { issue: { number: 5 } }, null],
  ])("ours, edited: %s", (_, more, expected) => {
    expect(toEffect("issue_comment", payload("", { action: "edited", ...ours, ...more }), appId)).toEqual(expected);
  });
});

describe("check_run and check_suite", () => {
  const place = { installationId: 21, repositoryId: 11, owner: "acme", name: "income", headSha: "abc" };
  const run = (name: string, id = appId) => ({
    check_run: { name, head_sha: "abc", app: { id } },
    installation,
    repository,
  });
  const byHand = (id = appId) => {
    const { check_run, ...rest } = run("ModelSync: main", id);
    return { check_run: { ...check_run, external_id: "11#5 override 2026-01-02T03:04:05.678Z" }, ...rest };
  };
  const suite = (id = appId) => ({ check_suite: { head_sha: "abc", app: { id } }, installation, repository });
  const rerun = (baseRef: string | null) => ({ kind: "fan-out", fanOut: { kind: "rerun", ...place, baseRef } });
  it.each<[string, string, object, unknown]>([
    ["ours, pressed", "check_run", { action: "rerequested", ...run("ModelSync: main") }, rerun("main")],
    [
      "ours, for a base with a colon and spaces",
      "check_run",
      { action: "rerequested", ...run("ModelSync: v1: x") },
      rerun("v1: x"),
    ],
    ["an echo of our own work", "check_run", { action: "created", ...run("ModelSync: main") }, null],
    ["an echo of our own verdict", "check_run", { action: "completed", ...run("ModelSync: main") }, null],
    [
      "one that was published by hand",
      "check_run",
      { action: "completed", ...byHand() },
      {
        kind: "review",
        pullRequest: { ...place, number: 5, baseRef: "main", updatedAt: "" },
        triggers: [],
        always: true,
      },
    ],
    ["one by hand that has just begun", "check_run", { action: "created", ...byHand() }, null],
    ["one by hand of another App", "check_run", { action: "completed", ...byHand(8) }, null],
    ["of another App with our name", "check_run", { action: "rerequested", ...run("ModelSync: main", 8) }, null],
    ["of ours with another name", "check_run", { action: "rerequested", ...run("Lint") }, null],
    ["a whole suite", "check_suite", { action: "rerequested", ...suite() }, rerun(null)],
    ["a suite that GitHub asks for after a push", "check_suite", { action: "requested", ...suite() }, null],
    ["a suite of another App", "check_suite", { action: "rerequested", ...suite(8) }, null],
  ])("%s", (_, event, payload, expected) => {
    expect(toEffect(event, payload, appId)).toEqual(expected);
  });
});

describe("installation", () => {
  const refresh = (whole: boolean) => ({
    kind: "fan-out",
    fanOut: { kind: "installation", installationId: 21, whole },
  });
  it.each<[string, string, unknown]>([
    ["installation", "created", refresh(true)],
    ["installation", "unsuspend", refresh(true)],
    ["installation", "suspend", refresh(true)],
    ["installation", "deleted", refresh(true)],
    ["installation", "new_permissions_accepted", refresh(true)],
    ["installation", "constructor", null],
    ["installation_repositories", "added", refresh(false)],
    ["installation_repositories", "removed", refresh(false)],
  ])("%s %s asks GitHub, whatever it says", (event, action, expected) => {
    expect(toEffect(event, { action, installation, repositories: [{ id: 11 }] }, appId)).toEqual(expected);
  });
});

describe("push", () => {
  const payload = (more: object) => ({
    ref: "refs/heads/release/1",
    after: "2",
    forced: false,
    created: false,
    deleted: false,
    installation,
    repository: { id: 11, name: "income", owner: { name: "acme" } },
    commits: [
      { id: "1", added: ["b"], modified: ["a"], removed: [] },
      { id: "2", added: [], modified: ["a"], removed: ["c"] },
    ],
    ...more,
  });
  const pushed = (changed: string[] | null) => ({
    kind: "push",
    fanOut: { kind: "base", installationId: 21, repositoryId: 11, owner: "acme", name: "income", baseRef: "release/1" },
    changed,
  });
  it.each<[string, object, unknown]>([
    ["of some commits", {}, pushed(["a", "b", "c"])],
    ["by force", { forced: true }, pushed(null)],
    ["of a new branch", { created: true }, pushed(null)],
    ["of as many commits as GitHub lists", { commits: Array(2048).fill({ id: "2" }) }, pushed(null)],
    ["of one commit less", { commits: Array(2047).fill({ id: "2", added: ["a"] }) }, pushed(["a"])],
    ["of which the newest commit is not listed", { after: "3" }, pushed(null)],
    ["of commits without names", { commits: [{ added: ["a"] }] }, pushed(null)],
    ["of no commit", { commits: [] }, pushed(null)],
    ["of a tag", { ref: "refs/tags/v1" }, null],
    ["that deletes", { deleted: true }, null],
  ])("%s", (_, more, expected) => {
    expect(toEffect("push", payload(more), appId)).toEqual(expected);
  });
});

it.each(["pull_request_review_comment", "ping", "toString", "__proto__", ""])("ignores the event %j", (event) => {
  expect(toEffect(event, { action: "created" }, appId)).toBeNull();
});
