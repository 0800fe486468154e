import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isRefName } from "../../emulator/git/ref-name.ts";
import { commitFile, openPull, refusal, type Setting, startSetting, testedPull } from "./setting.ts";

let setting: Setting;
let main = "";
beforeAll(async () => {
  setting = await startSetting();
  main = (await setting.ada.git.getRef({ ...setting.demo, ref: "heads/main" })).data.object.sha;
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

describe("a branch", () => {
  it.each([
    ["release/ü-😀", "release/%C3%BC-%F0%9F%98%80"],
    ["x`y$(id)`", "x%60y%24(id)%60"],
    ["<b>bold</b>", "%3Cb%3Ebold%3C/b%3E"],
    ["50%25&a=b#c", "50%2525%26a%3Db%23c"],
    ["';rm-rf'", "'%3Brm-rf'"],
  ])("named %j is made, read, compared, protected, shown and deleted", async (branch, path) => {
    const { ada, demo, github } = setting;
    const ref = `refs/heads/${branch}`;
    const url = `${github.url}/repos/acme/demo/git/refs/heads/${path}`;
    expect((await ada.git.createRef({ ...demo, ref, sha: main })).data).toMatchObject({ ref, url });
    expect((await ada.git.getRef({ ...demo, ref: `heads/${branch}` })).data).toMatchObject({ ref, url });
    await commitFile(ada, branch, "data/a file.txt", "1\n");
    const basehead = `main...${branch}`;
    expect((await ada.repos.compareCommitsWithBasehead({ ...demo, basehead })).data.ahead_by).toBe(1);
    const { data: file } = await ada.repos.getContent({ ...demo, path: "data/a file.txt", ref: branch });
    const page = await fetch((file as { html_url: string }).html_url);
    expect([page.status, await page.text()]).toEqual([200, "1\n"]);
    await ada.repos.updateBranchProtection({
      ...{ ...demo, branch, enforce_admins: false, required_pull_request_reviews: null, restrictions: null },
      required_status_checks: { strict: false, contexts: [], checks: [{ context: `gate: ${branch}` }] },
    });
    expect((await ada.repos.getBranch({ ...demo, branch })).data).toMatchObject({ name: branch, protected: true });
    await ada.repos.deleteBranchProtection({ ...demo, branch });
    await ada.git.deleteRef({ ...demo, ref: `heads/${branch}` });
    expect(await refusal(ada.git.getRef({ ...demo, ref: `heads/${branch}` }))).toMatchObject({ status: 404 });
  });

  const names = [
    "a b",
    "feat/';rm -rf /;'",
    "a..b",
    "a.lock",
    "a/.b",
    "a@{b",
    "a\\b",
    "a?",
    "a\nb",
    "a\0b",
    "a.",
    "a//b",
  ];
  it.each(names)("named %j is refused", async (branch) => {
    const { ada, demo } = setting;
    const ref = `refs/heads/${branch}`;
    expect(await refusal(ada.git.createRef({ ...demo, ref, sha: main }))).toEqual({
      status: 422,
      message: `${ref} is not a valid ref name.`,
    });
  });

  it.each(["folder", "folder/one/two"])("named %j is refused while folder/one is there", async (branch) => {
    const { ada, demo } = setting;
    await ada.git.createRef({ ...demo, ref: "refs/heads/folder/one", sha: main }).catch(() => undefined);
    expect(await refusal(ada.git.createRef({ ...demo, ref: `refs/heads/${branch}`, sha: main }))).toEqual({
      status: 422,
      message: "Reference update failed",
    });
  });
});

it("calls valid what git calls valid", () => {
  const parts = [
    "a",
    ".",
    "..",
    "/",
    ".lock",
    "@",
    "@{",
    "{",
    "-",
    "~",
    "ü",
    "😀",
    "\u007f",
    "lock",
    "*",
    "[",
    "]",
    "'",
  ];
  const candidates = parts.flatMap((one) =>
    parts.flatMap((two) => [`a${one}${two}`, `${one}${two}a`, `${one}a${two}`]),
  );
  const names = candidates.map((name) => `refs/heads/${name}`);
  const script = 'for name; do git check-ref-format "$name" && echo 1 || echo 0; done';
  const sample = names.filter((_, at) => at % 4 === 0);
  const answers = execFileSync("sh", ["-c", script, "sh", ...sample], { encoding: "utf8" })
    .trim()
    .split("\n");
  expect(sample.filter((name, at) => isRefName(name) !== (answers[at] === "1"))).toEqual([]);
  expect(isRefName("refs/heads/\ud800")).toBe(false);
});

describe("a branch without common history", () => {
  /** A commit without parents. */
  async function orphan(): Promise<string> {
    const { bob, demo } = setting;
    const { data: tree } = await bob.git.createTree({
      ...demo,
      tree: [{ path: "new.txt", mode: "100644", content: "x" }],
    });
    return (await bob.git.createCommit({ ...demo, message: "Begin anew", tree: tree.sha, parents: [] })).data.sha;
  }

  it("gets no pull request", async () => {
    const { bob, demo } = setting;
    await bob.git.createRef({ ...demo, ref: "refs/heads/anew", sha: await orphan() });
    const opening = bob.pulls.create({ ...demo, title: "Anew", head: "anew", base: "main" });
    await expect(opening).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ message: "The anew branch has no history in common with main" }] } },
    });
  });

  it("makes its pull request unmergeable when it is pushed over a branch that had one", async () => {
    const { bob, demo } = setting;
    const { number } = await openPull(setting, "replaced");
    await bob.git.updateRef({ ...demo, ref: "heads/replaced", sha: await orphan(), force: true });
    const data = await testedPull(bob, number);
    expect([data.mergeable, data.mergeable_state]).toEqual([false, "dirty"]);
    expect(await refusal(bob.pulls.merge({ ...demo, pull_number: number }))).toEqual({
      status: 405,
      message: "Pull Request is not mergeable",
    });
  });
});
