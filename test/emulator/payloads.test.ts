import examples from "@octokit/webhooks-examples" with { type: "json" };
import { afterAll, beforeAll, expect, it } from "vitest";
import { servedEvents } from "../../emulator/webhooks/served-events.ts";
import { commitFile, openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
  await makeEveryEvent();
});
afterAll(() => setting.close());

/** What real payloads hold that concerns parts of GitHub that are not here. */
const absent =
  /\.(plan|enterprise|license\..*|milestone\..*|assignee\..*|permissions\..*|draft|custom_properties|requested_action\..*|.*_branch_policy)$/;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of a real payload, three levels deep, that ours lacks. */
function missingFields(theirs: Json, ours: unknown, path = "", depth = 0): string[] {
  return Object.entries(theirs).flatMap(([key, value]) => {
    const here = `${path}.${key}`;
    if (!isObject(ours) || !(key in ours)) return [here];
    return isObject(value) && depth < 3 ? missingFields(value, ours[key], here, depth + 1) : [];
  });
}

function examplesOf(event: string, action: string | null): Json[] {
  const all =
    (examples as unknown as { name: string; examples: Json[] }[]).find(({ name }) => name === event)?.examples ?? [];
  return all.filter((one) => action === null || one.action === action);
}

it("lacks no field that GitHub's own examples of the event all have", () => {
  const found: Record<string, string[]> = {};
  for (const { event, action, payload } of setting.github.deliveries()) {
    const lists = examplesOf(event, action).map((example) => missingFields(example, payload));
    const everywhere = (lists[0] ?? []).filter((field) => lists.every((list) => list.includes(field)));
    const missing = everywhere.filter((field) => !absent.test(field));
    if (missing.length > 0) found[`${event}.${action}`] = missing;
  }
  expect(found).toEqual({});
});

it("shows every event that it says it sends", () => {
  const sent = setting.github.deliveries().map(({ event, action }) => (action ? `${event}.${action}` : event));
  expect([...new Set(sent)].toSorted()).toEqual(servedEvents.toSorted());
  expect(setting.github.violations).toEqual([]);
});

async function makeEveryEvent(): Promise<void> {
  const { ada, bob, checker, demo, github, app, installation } = setting;
  await github.createRepository({ owner: "acme", name: "attic", autoInit: true });
  const pull = await openPull(setting, "events", { draft: true });
  const [target, discussion] = [
    { ...demo, pull_number: pull.number },
    { ...demo, issue_number: pull.number },
  ];
  await bob.pulls.update({ ...target, title: "Edited", state: "closed" });
  await bob.pulls.update({ ...target, state: "open" });
  await github.setDraft("acme/demo", pull.number, false);
  await github.setDraft("acme/demo", pull.number, true);
  await commitFile(bob, "events", "second.txt", "2\n");
  await bob.issues.addLabels({ ...discussion, labels: ["data"] });
  await bob.issues.removeAllLabels(discussion);
  await bob.pulls.requestReviewers({ ...target, reviewers: ["ada"] });
  await bob.pulls.removeRequestedReviewers({ ...target, reviewers: ["ada"] });
  const { data: review } = await ada.pulls.createReview({ ...target, event: "APPROVE" });
  await ada.pulls.dismissReview({ ...target, review_id: review.id, message: "Again." });
  const team = { org: "acme", team_slug: github.createTeam("acme", "Data", []).slug, username: "ada" };
  await ada.teams.addOrUpdateMembershipForUserInOrg(team);
  await ada.teams.removeMembershipForUserInOrg(team);
  const { data: comment } = await checker.issues.createComment({ ...discussion, body: "One" });
  await checker.issues.updateComment({ ...demo, comment_id: comment.id, body: "Two" });
  await checker.issues.deleteComment({ ...demo, comment_id: comment.id });
  const { data: issue } = await bob.issues.create({ ...demo, title: "Issue", labels: ["data"] });
  const one = { ...demo, issue_number: issue.number };
  await ada.issues.update({ ...one, body: "Text", labels: [], state: "closed" });
  await ada.issues.update({ ...one, state: "open" });
  github.deleteIssue("acme/attic", github.transferIssue("acme/demo", issue.number, "acme/attic"));
  const { data: run } = await checker.checks.create({
    ...demo,
    name: "gate",
    head_sha: pull.head.sha,
    conclusion: "failure",
  });
  github.rerequestRun(run.id, "bob");
  github.pressAction(run.id, "bob", "accept");
  await github.rerequestSuite(run.id, "bob");
  await bob.git.deleteRef({ ...demo, ref: "heads/events" });
  github.changeInstallation(installation, { remove: ["attic"] });
  github.changeInstallation(installation, { add: ["attic"] });
  await ada.repos.update({ owner: "acme", repo: "attic", name: "loft" });
  await github.deleteRepository("acme/loft");
  github.suspendInstallation(installation);
  github.suspendInstallation(installation, false);
  github.uninstallApp(installation);
  github.installApp(app.appId, "acme");
}
