import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commitFile, openPull, refusal, type Setting, startSetting, testedPull } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

/** The payload of the newest `pull_request` delivery with that action. */
function lastEvent(action: string) {
  const found = setting.github.deliveries().findLast((one) => one.event === "pull_request" && one.action === action);
  return found?.payload;
}

describe("the files of a pull request", () => {
  it("are what git says, with patches, renames and counts", async () => {
    const { ada, bob, demo } = setting;
    const long = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join("");
    for (const [path, text] of Object.entries({ "old.txt": long, "edit.txt": "a\nb\n", "gone.txt": "x\n" })) {
      await commitFile(ada, "main", path, text);
    }
    const { data: main } = await ada.git.getRef({ ...demo, ref: "heads/main" });
    const { data: blob } = await bob.git.createBlob({ ...demo, content: "AAECAw==", encoding: "base64" });
    const { data: moved } = await bob.git.createBlob({ ...demo, content: `${long}last\n`, encoding: "utf-8" });
    const { data: edited } = await bob.git.createBlob({ ...demo, content: "a\nc\n", encoding: "utf-8" });
    const entry = { mode: "100644", type: "blob" } as const;
    const { data: tree } = await bob.git.createTree({
      ...demo,
      base_tree: main.object.sha,
      tree: [
        { ...entry, path: "old.txt", sha: null },
        { ...entry, path: "gone.txt", sha: null },
        { ...entry, path: "new name.txt", sha: moved.sha },
        { ...entry, path: "edit.txt", sha: edited.sha },
        { ...entry, path: "data/bytes.bin", sha: blob.sha },
      ],
    });
    const parents = [main.object.sha];
    const { data: commit } = await bob.git.createCommit({ ...demo, message: "Change all", tree: tree.sha, parents });
    await bob.git.createRef({ ...demo, ref: "refs/heads/all-kinds", sha: commit.sha });
    const { data: pull } = await bob.pulls.create({ ...demo, title: "All kinds", head: "all-kinds", base: "main" });
    expect(pull).toMatchObject({ changed_files: 4, additions: 2, deletions: 2, commits: 1, mergeable: null });
    const { data: files } = await bob.pulls.listFiles({ ...demo, pull_number: pull.number });
    const shown = files.map(({ filename, status, additions, deletions, previous_filename, patch }) => ({
      ...{ filename, status, additions, deletions, previous_filename, patch },
    }));
    expect(shown).toEqual([
      { filename: "data/bytes.bin", status: "added", additions: 0, deletions: 0 },
      { filename: "edit.txt", status: "modified", additions: 1, deletions: 1, patch: "@@ -1,2 +1,2 @@\n a\n-b\n+c" },
      { filename: "gone.txt", status: "removed", additions: 0, deletions: 1, patch: "@@ -1 +0,0 @@\n-x" },
      {
        filename: "new name.txt",
        previous_filename: "old.txt",
        status: "renamed",
        additions: 1,
        deletions: 0,
        patch: "@@ -28,3 +28,4 @@ line 26\n line 27\n line 28\n line 29\n+last",
      },
    ]);
  });

  it("leave out what only the base changed", async () => {
    const { ada, bob, demo } = setting;
    const pull = await openPull(setting, "one-file");
    await commitFile(ada, "main", "on-main.txt", "main\n");
    const { data: files } = await bob.pulls.listFiles({ ...demo, pull_number: pull.number });
    expect(files.map(({ filename }) => filename)).toEqual(["one-file.txt"]);
    const { data } = await bob.repos.compareCommitsWithBasehead({ ...demo, basehead: "main...one-file" });
    expect(data).toMatchObject({
      status: "diverged",
      ahead_by: 1,
      behind_by: 1,
      files: [{ filename: "one-file.txt" }],
    });
  });
});

describe("an edit of a pull request", () => {
  it("says what the title, the body and the base were", async () => {
    const { ada, bob, demo } = setting;
    const pull = await openPull(setting, "edited", { body: "Before" });
    const target = { ...demo, pull_number: pull.number };
    await bob.pulls.update({ ...target, title: "After", body: "Later" });
    expect(lastEvent("edited")?.changes).toEqual({ title: { from: "Add edited" }, body: { from: "Before" } });
    const { data: main } = await ada.git.getRef({ ...demo, ref: "heads/main" });
    await commitFile(ada, "release", "release.txt", "release\n");
    await bob.pulls.update({ ...target, base: "release" });
    expect(lastEvent("edited")?.changes).toEqual({ base: { ref: { from: "main" }, sha: { from: main.object.sha } } });
    expect((await bob.pulls.get(target)).data.base.ref).toBe("release");
  });

  it("sends draft, label, review request, close and reopen events", async () => {
    const { ada, bob, demo, github } = setting;
    const pull = await openPull(setting, "eventful", { draft: true });
    const target = { ...demo, pull_number: pull.number };
    expect(await refusal(bob.pulls.merge(target))).toEqual({ status: 405, message: "Pull Request is still a draft" });
    const count = github.deliveries().length;
    await github.setDraft("acme/demo", pull.number, false);
    await github.setDraft("acme/demo", pull.number, true);
    await bob.issues.addLabels({ ...demo, issue_number: pull.number, labels: ["data"] });
    await bob.issues.removeLabel({ ...demo, issue_number: pull.number, name: "data" });
    await bob.pulls.requestReviewers({ ...target, reviewers: ["ada"] });
    await bob.pulls.update({ ...target, state: "closed" });
    await bob.pulls.update({ ...target, state: "open" });
    await ada.pulls.createReview({ ...target, event: "COMMENT", body: "Nice." });
    const events = github.deliveries().slice(count);
    expect(events.map(({ event, action }) => `${event}.${action}`)).toEqual([
      "pull_request.ready_for_review",
      "pull_request.converted_to_draft",
      "pull_request.labeled",
      "pull_request.unlabeled",
      "pull_request.review_requested",
      "pull_request.closed",
      "pull_request.reopened",
      "pull_request_review.submitted",
    ]);
  });
});

describe("a merge", () => {
  it.each(["merge", "squash", "rebase"] as const)("by %s brings both sides together", async (method) => {
    const { ada, bob, demo } = setting;
    const pull = await openPull(setting, `by-${method}`);
    await commitFile(bob, `by-${method}`, `${method}-2.txt`, "2\n");
    await commitFile(ada, "main", `${method}-on-main.txt`, "main\n");
    const { data: main } = await ada.git.getRef({ ...demo, ref: "heads/main" });
    const { data } = await bob.pulls.merge({ ...demo, pull_number: pull.number, merge_method: method });
    const { data: commit } = await ada.git.getCommit({ ...demo, commit_sha: data.sha });
    const { data: tree } = await ada.git.getTree({ ...demo, tree_sha: data.sha });
    const names = [`by-${method}.txt`, `${method}-2.txt`, `${method}-on-main.txt`];
    expect(tree.tree.map(({ path }) => path)).toEqual(expect.arrayContaining(names));
    expect(commit.parents.length).toBe(method === "merge" ? 2 : 1);
    const { data: compared } = await ada.repos.compareCommitsWithBasehead({
      ...demo,
      basehead: `${main.object.sha}...${data.sha}`,
    });
    expect(compared.ahead_by).toBe({ merge: 3, squash: 1, rebase: 2 }[method]);
    expect(lastEvent("closed")).toMatchObject({ pull_request: { merged: true, merge_commit_sha: data.sha } });
    await ada.pulls.checkIfMerged({ ...demo, pull_number: pull.number });
  });

  it("is refused when git finds a conflict", async () => {
    const { ada, bob, demo } = setting;
    await commitFile(ada, "main", "same.txt", "base\n");
    await commitFile(bob, "theirs", "same.txt", "theirs\n");
    const { data: pull } = await bob.pulls.create({ ...demo, title: "Theirs", head: "theirs", base: "main" });
    await commitFile(ada, "main", "same.txt", "ours\n");
    const target = { ...demo, pull_number: pull.number };
    expect(await testedPull(bob, pull.number)).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
    expect(await refusal(bob.pulls.merge(target))).toEqual({ status: 405, message: "Pull Request is not mergeable" });
  });

  it("is refused when the head is not the one that was looked at, or when it happened already", async () => {
    const { bob, eve, demo } = setting;
    const pull = await openPull(setting, "looked-at");
    const target = { ...demo, pull_number: pull.number };
    await commitFile(bob, "looked-at", "newer.txt", "newer\n");
    expect(await refusal(bob.pulls.merge({ ...target, sha: pull.head.sha }))).toEqual({
      status: 409,
      message: "Head branch was modified. Review and try the merge again.",
    });
    expect(await refusal(eve.pulls.merge(target))).toMatchObject({ status: 403 });
    await bob.pulls.merge(target);
    expect(await refusal(bob.pulls.merge(target))).toMatchObject({ status: 405 });
  });

  it("closes the issues it names", async () => {
    const { bob, demo } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "A problem" });
    const pull = await openPull(setting, "fixing", { body: `Fixes #${issue.number}` });
    await bob.pulls.merge({ ...demo, pull_number: pull.number });
    const { data } = await bob.issues.get({ ...demo, issue_number: issue.number });
    expect({ state: data.state, reason: data.state_reason }).toEqual({ state: "closed", reason: "completed" });
  });
});

describe("opening a pull request", () => {
  it.each([
    ["an unknown base", { head: "known", base: "nowhere" }, "Validation Failed"],
    ["an unknown head", { head: "nowhere", base: "main" }, "Validation Failed"],
    ["nothing to merge", { head: "main", base: "main" }, "Validation Failed"],
    ["a twin", { head: "known", base: "main" }, "Validation Failed"],
  ])("is refused for %s", async (_, sides, message) => {
    const { bob, demo } = setting;
    await openPull(setting, "known").catch(() => {});
    expect(await refusal(bob.pulls.create({ ...demo, title: "No", ...sides }))).toEqual({ status: 422, message });
  });
});
