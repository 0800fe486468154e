import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

describe("texts", () => {
  it.each([
    ["a comment", 65_536, 201],
    ["a comment", 65_537, 422],
    ["an issue", 65_537, 422],
    ["a pull request", 65_537, 422],
  ])("of %s with %i characters answer %i", async (kind, length, status) => {
    const { bob, demo } = setting;
    const body = "é".repeat(length);
    const { data: issue } = await bob.issues.create({ ...demo, title: "For texts" });
    const requests: Record<string, () => Promise<{ status: number }>> = {
      "a comment": () => bob.issues.createComment({ ...demo, issue_number: issue.number, body }),
      "an issue": () => bob.issues.create({ ...demo, title: "Long", body }),
      "a pull request": () => bob.pulls.create({ ...demo, title: "Long", head: "x", base: "main", body }),
    };
    const answer = requests[kind]!();
    if (status === 201) expect((await answer).status).toBe(201);
    else {
      await expect(answer).rejects.toMatchObject({
        status: 422,
        response: { data: { message: "Validation Failed", errors: [{ field: "body", code: "custom" }] } },
      });
    }
  });
});

describe("comments", () => {
  it("are changed by their author or by writers, and an App's only by that App", async () => {
    const { ada, bob, eve, checker, demo } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "Comments" });
    const target = { ...demo, issue_number: issue.number };
    const { data: byApp } = await checker.issues.createComment({ ...target, body: "From the App" });
    const { data: byEve } = await eve.issues.createComment({ ...target, body: "From Eve" });
    expect(byApp).toMatchObject({
      user: { login: "checker[bot]", type: "Bot" },
      performed_via_github_app: { slug: "checker" },
    });
    const change = (octokit: typeof ada, id: number) =>
      octokit.issues.updateComment({ ...demo, comment_id: id, body: "Changed" });
    expect(await refusal(change(eve, byApp.id))).toMatchObject({ status: 403 });
    expect(await refusal(change(checker, byEve.id))).toMatchObject({ status: 403 });
    await change(checker, byApp.id);
    await change(ada, byEve.id);
    const { data } = await eve.issues.listComments(target);
    expect(data.map(({ body }) => body)).toEqual(["Changed", "Changed"]);
  });

  it("take each reaction of an account once, which changes nothing about them", async () => {
    const { ada, bob, demo } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "Reactions" });
    const { data: comment } = await bob.issues.createComment({ ...demo, issue_number: issue.number, body: "Well" });
    const target = { ...demo, comment_id: comment.id };
    const react = (octokit: typeof ada) => octokit.reactions.createForIssueComment({ ...target, content: "+1" });
    expect([await react(ada), await react(ada), await react(bob)].map(({ status }) => status)).toEqual([201, 200, 201]);
    const { data: reactions } = await ada.reactions.listForIssueComment(target);
    expect(reactions.map(({ user, content }) => [user?.login, content])).toEqual([
      ["ada", "+1"],
      ["bob", "+1"],
    ]);
    const { data: shown } = await ada.issues.getComment(target);
    expect(shown).toMatchObject({ reactions: { total_count: 2, "+1": 2 }, updated_at: comment.updated_at });
  });

  it("are not taken on a locked conversation from strangers", async () => {
    const { ada, bob, eve, demo } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "Locked" });
    const target = { ...demo, issue_number: issue.number };
    await ada.issues.lock(target);
    expect(await refusal(eve.issues.createComment({ ...target, body: "no" }))).toMatchObject({ status: 403 });
    await bob.issues.createComment({ ...target, body: "yes" });
  });
});

describe("labels", () => {
  it("are set, added and removed, ignoring case, for issues and pull requests alike", async () => {
    const { bob, demo } = setting;
    const pull = await openPull(setting, "labelled");
    const target = { ...demo, issue_number: pull.number };
    await bob.issues.setLabels({ ...target, labels: ["Data", "model"] });
    await bob.issues.addLabels({ ...target, labels: ["DATA", "docs"] });
    await bob.issues.removeLabel({ ...target, name: "model" });
    const { data } = await bob.pulls.get({ ...demo, pull_number: pull.number });
    expect(data.labels.map(({ name }) => name)).toEqual(["Data", "docs"]);
    expect(await refusal(bob.issues.removeLabel({ ...target, name: "model" }))).toMatchObject({ status: 404 });
    const { data: found } = await bob.issues.listForRepo({ ...demo, labels: "docs" });
    expect(found.map(({ number }) => number)).toEqual([pull.number]);
  });
});

describe("closing keywords", () => {
  it("count only towards the default branch, links by hand always", async () => {
    const { ada, bob, checker, demo, github } = setting;
    const { data: main } = await ada.git.getRef({ ...demo, ref: "heads/main" });
    await ada.git.createRef({ ...demo, ref: "refs/heads/release", sha: main.object.sha });
    const { data: named } = await bob.issues.create({ ...demo, title: "Named" });
    const { data: linked } = await bob.issues.create({ ...demo, title: "Linked" });
    const pull = await openPull(setting, "keywords", { body: `Fixes #${named.number}` });
    github.linkIssue("acme/demo", pull.number, linked.number);
    const query = `query($number: Int!) { repository(owner: "acme", name: "demo") { pullRequest(number: $number) {
      closingIssuesReferences(first: 10) { nodes { number } } } } }`;
    interface Found {
      repository: { pullRequest: { closingIssuesReferences: { nodes: { number: number }[] } } };
    }
    const ask = async () => {
      const { repository } = await checker.graphql<Found>(query, { number: pull.number });
      return repository.pullRequest.closingIssuesReferences.nodes.map(({ number }) => number);
    };
    expect(await ask()).toEqual([linked.number, named.number]);
    await bob.pulls.update({ ...demo, pull_number: pull.number, base: "release" });
    expect(await ask()).toEqual([linked.number]);
    github.unlinkIssue("acme/demo", pull.number, linked.number);
    expect(await ask()).toEqual([]);
  });
});
