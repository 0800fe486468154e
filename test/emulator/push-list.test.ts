import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { Clone, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let clone: Clone;
beforeAll(async () => {
  setting = await startSetting();
  clone = await Clone.of(setting.github.cloneUrl("acme/demo", setting.tokens.bob));
});
afterAll(async () => {
  await clone.remove();
  await setting.close();
});
afterEach(() => expect(setting.github.violations).toEqual([]));

interface Listed {
  readonly id: string;
  readonly message: string;
  readonly added: string[];
  readonly removed: string[];
  readonly modified: string[];
}

/** What the newest `push` event lists. */
function listed(): Listed[] {
  const push = setting.github.deliveries().findLast(({ event }) => event === "push");
  return push?.payload.commits as Listed[];
}

/** Adds commits after the present one, each adding a file; one process makes them all. */
async function addCommits(count: number, branch: string): Promise<void> {
  const commits = Array.from({ length: count }, (_, at) =>
    [
      `commit refs/heads/${branch}`,
      `committer bob <bob@users.noreply.localhost> ${1_700_000_000 + at} +0000`,
      `data <<E\nCommit ${at + 1}\nE`,
      ...(at === 0 ? [`from ${branch}^0`] : []),
      `M 100644 inline many/${at + 1}.txt\ndata 1\nx\n`,
    ].join("\n"),
  );
  execFileSync("git", ["fast-import", "--quiet"], { cwd: clone.directory, input: `${commits.join("\n")}\n` });
}

it.each([
  [25, 25],
  [2_047, 2_047],
  [2_048, 2_048],
  [2_100, 2_048],
])("lists of a push of %i commits the newest %i", async (count, shown) => {
  const branch = `many-${count}`;
  await clone.git("branch", branch, "origin/main");
  await clone.git("push", "--quiet", "origin", branch);
  await addCommits(count, branch);
  await clone.git("push", "--quiet", "origin", branch);
  const commits = listed();
  expect([commits.length, commits[0]?.message, commits.at(-1)?.message]).toEqual([
    shown,
    `Commit ${count - shown + 1}`,
    `Commit ${count}`,
  ]);
  expect(commits[0]?.added).toEqual([`many/${count - shown + 1}.txt`]);
});

it("tells for each commit what it added, changed and removed, also of names that are hard to read", async () => {
  await clone.git("switch", "--quiet", "--create", "kinds", "origin/main");
  await clone.commit("Add\n\nwith a body\n", { "a b.txt": "1\n", "ü\t.txt": "1\n", "same.txt": "1\n" });
  await clone.git("commit", "--quiet", "--allow-empty", "--message", "Nothing");
  await clone.git("rm", "--quiet", "a b.txt");
  await clone.commit("Change", { "same.txt": "2\n" });
  await clone.git("push", "--quiet", "origin", "kinds");
  expect(listed().map(({ message, added, modified, removed }) => ({ message, added, modified, removed }))).toEqual([
    { message: "Add\n\nwith a body", added: ["a b.txt", "same.txt", "ü\t.txt"], modified: [], removed: [] },
    { message: "Nothing", added: [], modified: [], removed: [] },
    { message: "Change", added: [], modified: ["same.txt"], removed: ["a b.txt"] },
  ]);
});

it("tells of a merge what it changed against the branch it was made on, and lists what it brought", async () => {
  await clone.git("switch", "--quiet", "--create", "merging", "origin/main");
  await clone.git("push", "--quiet", "origin", "merging");
  await clone.git("switch", "--quiet", "--create", "side");
  await clone.commit("Aside", { "aside.txt": "1\n" });
  await clone.git("switch", "--quiet", "merging");
  await clone.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side");
  await clone.git("push", "--quiet", "origin", "merging");
  expect(listed().map(({ message, added }) => ({ message, added }))).toEqual([
    { message: "Aside", added: ["aside.txt"] },
    { message: "Merge", added: ["aside.txt"] },
  ]);
});

it("tells of an annotated tag by the commit that it names", async () => {
  await clone.git("tag", "--annotate", "--message", "One", "v1", "origin/main");
  await clone.git("push", "--quiet", "origin", "v1");
  const push = setting.github.deliveries().findLast(({ event }) => event === "push");
  expect(push?.payload).toMatchObject({
    ref: "refs/tags/v1",
    created: true,
    head_commit: { message: "Initial commit" },
  });
});
