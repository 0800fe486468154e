import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type CodeOwners, ownersOf } from "../../emulator/actions/code-owners.ts";
import { commitFile, openPull, refusal, type Setting, startSetting } from "./setting.ts";

/** The lines of a file, as they are read; only the pattern and the names count here. */
function owners(text: string): CodeOwners {
  const lines = text.split("\n").map((source, at) => {
    const [pattern = "", ...names] = source.split(" ");
    return { line: at + 1, source, pattern, owners: names.map((name) => ({ name, column: 1 })) };
  });
  return { path: "CODEOWNERS", lines };
}

describe("a pattern", () => {
  it.each<[string, string[], string[]]>([
    ["*", ["a.txt", "data/b.csv"], []],
    ["*.js", ["a.js", "src/b.js"], ["a.ts", "a.jsx"]],
    ["/build/logs/", ["build/logs/a.log", "build/logs/deep/b.log"], ["build/a.log", "x/build/logs/a.log"]],
    ["docs/*", ["docs/a.md"], ["docs/build/a.md", "x/docs/a.md"]],
    ["apps/", ["apps/a.ts", "x/apps/b.ts"], ["apps"]],
    ["/docs/", ["docs/a.md", "docs/build/a.md"], ["x/docs/a.md"]],
    ["/scripts", ["scripts", "scripts/a.sh"], ["scripts.sh"]],
    ["**/logs", ["logs/a.log", "deep/logs/a.log", "very/deep/logs"], ["catalogs/a.log"]],
    ["data/**/*.csv", ["data/a.csv", "data/x/y/a.csv"], ["data/a.json"]],
    ["file?.txt", ["file1.txt", "x/file2.txt"], ["file.txt", "file12.txt"]],
    ["a+b(c).txt", ["a+b(c).txt"], ["aab(c).txt"]],
    ["!a.txt", [], ["a.txt"]],
    ["[ab].txt", [], ["a.txt"]],
  ])("%s matches %j and not %j", (pattern, matching, others) => {
    const found = [...matching, ...others].filter((path) => ownersOf(owners(`${pattern} @ada`), path).length > 0);
    expect(found).toEqual(matching);
  });

  it("counts by the last line that matches, also when it names nobody", () => {
    const file = owners("* @ada\n/data/ @bob @acme/data\n/data/free/");
    expect(["a", "data/a", "data/free/a"].map((path) => ownersOf(file, path))).toEqual([
      ["@ada"],
      ["@bob", "@acme/data"],
      [],
    ]);
  });
});

describe("code owners", () => {
  let setting: Setting;
  let carol: Setting["ada"];
  const file = `# who looks at what
*            @ada
/data/       @acme/data # the team
/mail/       ada@users.noreply.localhost
/free/
/lost/       @nobody @eve @acme/nothing
/slip/       docs@
[x]          @ada
`;
  beforeAll(async () => {
    setting = await startSetting();
    const { github, client, ada } = setting;
    carol = client(github.createUser("carol"));
    github.addMember("acme", "carol");
    github.createTeam("acme", "Data", ["carol"], { "acme/demo": "write" });
    await commitFile(ada, "main", ".github/CODEOWNERS", file);
    await commitFile(ada, "main", "CODEOWNERS", "* @bob\n");
    await ada.repos.updateBranchProtection({
      ...{ ...setting.demo, branch: "main", enforce_admins: true, restrictions: null, required_status_checks: null },
      required_pull_request_reviews: { require_code_owner_reviews: true, required_approving_review_count: 0 },
    });
  });
  afterAll(() => setting.close());
  afterEach(() => expect(setting.github.violations).toEqual([]));

  it.each<[string, string[], (string | "data")[], string | "merged"]>([
    ["a file of ada", ["a.txt"], ["ada"], "Waiting on code owner review from ada."],
    ["a file of a team", ["data/a.csv"], ["data"], "Waiting on code owner review from acme/data."],
    [
      "files of both",
      ["data/a.csv", "a.txt"],
      ["ada", "data"],
      "Waiting on code owner review from ada and/or acme/data.",
    ],
    ["a file of an address", ["mail/a.txt"], ["ada"], "Waiting on code owner review from ada."],
    ["a file of nobody", ["free/a.txt"], [], "merged"],
    ["a file of people who can't be owners", ["lost/a.txt"], [], "merged"],
    ["a file of a line with a mistake", ["slip/a.txt"], ["ada"], "Waiting on code owner review from ada."],
  ])("of %s are asked for a review, and the merge waits for it", async (title, paths, asked, outcome) => {
    const { ada, bob, demo } = setting;
    const branch = title.replaceAll(/\W+/g, "-");
    for (const path of paths) await commitFile(bob, branch, path, `${title}\n`);
    const { data: pull } = await bob.pulls.create({ ...demo, title, head: branch, base: "main" });
    const target = { ...demo, pull_number: pull.number };
    const { data } = await bob.pulls.listRequestedReviewers(target);
    const names = [...data.users.map(({ login }) => login), ...data.teams.map(({ slug }) => slug)];
    expect(names).toEqual(asked);
    if (outcome !== "merged") {
      expect(await refusal(bob.pulls.merge(target))).toEqual({ status: 405, message: outcome });
      if (asked.includes("ada")) await ada.pulls.createReview({ ...target, event: "APPROVE" });
      if (asked.includes("data")) await carol.pulls.createReview({ ...target, event: "APPROVE" });
    }
    expect((await bob.pulls.merge(target)).data.merged).toBe(true);
  });

  it("of a draft are asked once it is ready, and never its author", async () => {
    const { ada, bob, demo, github } = setting;
    const draft = await openPull(setting, "draft-owned", { draft: true });
    const asked = async (number: number) => {
      const { data } = await bob.pulls.listRequestedReviewers({ ...demo, pull_number: number });
      return data.users.map(({ login }) => login);
    };
    expect(await asked(draft.number)).toEqual([]);
    await github.setDraft("acme/demo", draft.number, false);
    expect(await asked(draft.number)).toEqual(["ada"]);
    await commitFile(ada, "own", "own.txt", "1\n");
    const { data } = await ada.pulls.create({ ...demo, title: "Own", head: "own", base: "main" });
    expect(await asked(data.number)).toEqual([]);
  });

  it("are read from the base, not from what the pull request makes of them", async () => {
    const { bob, demo } = setting;
    await commitFile(bob, "grab", ".github/CODEOWNERS", "* @bob\n");
    const { data } = await bob.pulls.create({ ...demo, title: "Grab", head: "grab", base: "main" });
    expect(await refusal(bob.pulls.merge({ ...demo, pull_number: data.number }))).toMatchObject({ status: 405 });
  });

  it("that GitHub can't follow are listed with their places", async () => {
    const { checker, demo } = setting;
    const { data } = await checker.repos.codeownersErrors(demo);
    expect(data.errors.map(({ line, column, kind, source }) => [line, column, kind, source?.trim()])).toEqual([
      [6, 14, "Unknown owner", "/lost/       @nobody @eve @acme/nothing"],
      [6, 22, "Unknown owner", "/lost/       @nobody @eve @acme/nothing"],
      [6, 27, "Unknown owner", "/lost/       @nobody @eve @acme/nothing"],
      [7, 14, "Invalid owner", "/slip/       docs@"],
      [8, 1, "Invalid pattern", "[x]          @ada"],
    ]);
    expect(data.errors[0]).toMatchObject({
      path: ".github/CODEOWNERS",
      suggestion: "make sure @nobody exists and has write access to acme/demo",
    });
    expect((await refusal(checker.repos.codeownersErrors({ ...demo, ref: "nowhere" }))).status).toBe(404);
  });

  it("are nobody where the first file that is found is too long", async () => {
    const { ada, checker, demo } = setting;
    await commitFile(ada, "long", ".github/CODEOWNERS", `* @ada\n${"#".repeat(3_000_000)}`);
    expect((await refusal(checker.repos.codeownersErrors({ ...demo, ref: "long" }))).status).toBe(404);
  });

  it("are of the first file that is found", async () => {
    const { bob, demo, ada } = setting;
    await commitFile(bob, "order", "order.txt", "1\n");
    const { data } = await ada.repos.codeownersErrors({ ...demo, ref: "order" });
    expect(new Set(data.errors.map(({ path }) => path))).toEqual(new Set([".github/CODEOWNERS"]));
  });
});
