import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commitFile, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

/** Puts a tree with entries of every mode on a branch of its own; gives the commit. */
async function commitModes(branch: string): Promise<string> {
  const { bob, demo } = setting;
  const { data: main } = await bob.git.getRef({ ...demo, ref: "heads/main" });
  const { data: blob } = await bob.git.createBlob({ ...demo, content: "#!/bin/sh\n", encoding: "utf-8" });
  const { data: link } = await bob.git.createBlob({ ...demo, content: "../README.md", encoding: "utf-8" });
  const { data: tree } = await bob.git.createTree({
    ...demo,
    tree: [
      { path: "bin/run.sh", mode: "100755", type: "blob", sha: blob.sha },
      { path: "data/link.csv", mode: "120000", type: "blob", sha: link.sha },
      { path: "data/ümläut and space.csv", mode: "100644", type: "blob", content: "x\n1\n" },
      { path: "vendor", mode: "160000", type: "commit", sha: main.object.sha },
    ],
  });
  const parents = [main.object.sha];
  const { data: commit } = await bob.git.createCommit({ ...demo, message: "Every mode", tree: tree.sha, parents });
  await bob.git.createRef({ ...demo, ref: `refs/heads/${branch}`, sha: commit.sha });
  return commit.sha;
}

describe("a tree", () => {
  it("lists modes, types and sizes, with folders when it is recursive", async () => {
    const { checker, demo } = setting;
    const sha = await commitModes("modes");
    const { data } = await checker.git.getTree({ ...demo, tree_sha: sha, recursive: "1" });
    const shown = data.tree.map(({ path, mode, type, size }) => [path, mode, type, size]);
    expect(shown).toEqual([
      ["bin", "040000", "tree", undefined],
      ["bin/run.sh", "100755", "blob", 10],
      ["data", "040000", "tree", undefined],
      ["data/link.csv", "120000", "blob", 12],
      ["data/ümläut and space.csv", "100644", "blob", 4],
      ["vendor", "160000", "commit", undefined],
    ]);
    expect(data.truncated).toBe(false);
    const { data: flat } = await checker.git.getTree({ ...demo, tree_sha: "modes" });
    expect(flat.tree.map(({ path }) => path)).toEqual(["bin", "data", "vendor"]);
  });
});

describe("a file", () => {
  it.each(["../up.txt", "a//b", "./a", ".git/config", "a/.GIT/x"])("is not written to %j", async (path) => {
    const { bob, demo } = setting;
    const tree = [{ path, mode: "100644" as const, type: "blob" as const, content: "x" }];
    expect(await refusal(bob.git.createTree({ ...demo, tree }))).toMatchObject({ status: 422 });
  });

  it("is given in base64, raw, or without content above a megabyte", async () => {
    const { bob, checker, demo } = setting;
    const big = "0123456789".repeat(100_001);
    await commitFile(bob, "sizes", "small.csv", "x\n1\n");
    await commitFile(bob, "sizes", "big.csv", big);
    const file = { ...demo, ref: "sizes" };
    const { data: small } = await checker.repos.getContent({ ...file, path: "small.csv" });
    expect(small).toMatchObject({ type: "file", size: 4, encoding: "base64", content: "eAoxCg==" });
    const { data: large } = await checker.repos.getContent({ ...file, path: "big.csv" });
    expect(large).toMatchObject({ size: 1_000_010, encoding: "none", content: "" });
    const raw = { mediaType: { format: "raw" } };
    const { data: text } = await checker.repos.getContent({ ...file, ...raw, path: "big.csv" });
    expect(String(text).length).toBe(big.length);
    const sha = (large as { sha: string }).sha;
    const { data: blob } = await checker.git.getBlob({ ...demo, file_sha: sha });
    expect(Buffer.from(blob.content, "base64").toString("utf8")).toBe(big);
    const { data: bytes } = await checker.git.getBlob({ ...demo, ...raw, file_sha: sha });
    expect(String(bytes).length).toBe(big.length);
  });

  it("may be a folder, a link or a submodule", async () => {
    const { checker, demo } = setting;
    await commitModes("kinds");
    const read = async (path: string) => (await checker.repos.getContent({ ...demo, path, ref: "kinds" })).data;
    expect(await read("data/link.csv")).toMatchObject({ type: "symlink", target: "../README.md" });
    expect(await read("vendor")).toMatchObject({ type: "submodule" });
    const folder = (await read("data")) as { name: string; type: string }[];
    expect(folder.map(({ name, type }) => [name, type])).toEqual([
      ["link.csv", "symlink"],
      ["ümläut and space.csv", "file"],
    ]);
    expect(await read("data/ümläut and space.csv")).toMatchObject({ content: "eAoxCg==" });
  });

  it.each([
    ["an unknown path", { path: "nothing.txt" }, 404],
    ["an unknown branch", { path: "README.md", ref: "nothing" }, 404],
    ["a path out of the repository", { path: "../../etc/passwd" }, 404],
    ["an option of git as a branch", { path: "README.md", ref: "--all" }, 404],
  ])("is missing for %s", async (_, where, status) => {
    const { checker, demo } = setting;
    expect(await refusal(checker.repos.getContent({ ...demo, ...where }))).toMatchObject({ status });
  });

  it("is written only over the version that was read", async () => {
    const { bob, demo } = setting;
    await commitFile(bob, "writes", "w.txt", "1\n");
    const write = (more: object) =>
      bob.repos.createOrUpdateFileContents({
        ...demo,
        path: "w.txt",
        message: "w",
        content: "Mgo=",
        branch: "writes",
        ...more,
      });
    expect(await refusal(write({}))).toMatchObject({ status: 422 });
    expect(await refusal(write({ sha: "0".repeat(40) }))).toMatchObject({ status: 409 });
    const { data } = await bob.repos.getContent({ ...demo, path: "w.txt", ref: "writes" });
    const { sha } = data as { sha: string };
    expect((await write({ sha })).status).toBe(200);
    const { data: again } = await bob.repos.getContent({ ...demo, path: "w.txt", ref: "writes" });
    const gone = { ...demo, path: "w.txt", message: "w", branch: "writes", sha: (again as { sha: string }).sha };
    await bob.repos.deleteFile(gone);
    expect(await refusal(bob.repos.getContent({ ...demo, path: "w.txt", ref: "writes" }))).toMatchObject({
      status: 404,
    });
  });
});

describe("a ref", () => {
  it("moves forward, and back only by force", async () => {
    const { bob, demo } = setting;
    const first = await commitFile(bob, "moving", "m.txt", "1\n");
    const second = await commitFile(bob, "moving", "m.txt", "2\n");
    const target = { ...demo, ref: "heads/moving" };
    expect(await refusal(bob.git.updateRef({ ...target, sha: first }))).toEqual({
      status: 422,
      message: "Update is not a fast forward",
    });
    await bob.git.updateRef({ ...target, sha: first, force: true });
    expect((await bob.git.updateRef({ ...target, sha: second })).data.object.sha).toBe(second);
    expect(await refusal(bob.git.createRef({ ...demo, ref: "refs/heads/moving", sha: second }))).toMatchObject({
      status: 422,
      message: "Reference already exists",
    });
  });
});

describe("answers in general", () => {
  it("come in pages with links", async () => {
    const { bob, demo } = setting;
    for (let at = 1; at <= 5; at += 1) await bob.issues.createLabel({ ...demo, name: `label ${at}`, color: "ffffff" });
    const { data, headers } = await bob.issues.listLabelsForRepo({ ...demo, per_page: 2, page: 2 });
    expect(data.map(({ name }) => name)).toEqual(["label 3", "label 4"]);
    const relations = [...(headers.link ?? "").matchAll(/page=(\d+)>; rel="(\w+)"/g)].map(([, page, name]) => [
      name,
      page,
    ]);
    expect(relations).toEqual([
      ["first", "1"],
      ["prev", "1"],
      ["next", "3"],
      ["last", "3"],
    ]);
    const all = await bob.paginate(bob.issues.listLabelsForRepo, { ...demo, per_page: 2 });
    expect(all).toHaveLength(5);
  });

  it("carry the rate limit and an ETag that spares the body", async () => {
    const { eve, demo } = setting;
    const first = await eve.repos.get(demo);
    const second = await eve.repos.get(demo);
    const remaining = (headers: typeof first.headers) => Number(headers["x-ratelimit-remaining"]);
    expect(remaining(second.headers)).toBe(remaining(first.headers) - 1);
    const known = { headers: { "if-none-match": first.headers.etag ?? "" } };
    expect(await refusal(eve.repos.get({ ...demo, ...known }))).toMatchObject({ status: 304 });
    const { data } = await eve.rateLimit.get();
    expect(data.resources.core).toMatchObject({ limit: 5000, remaining: remaining(second.headers) });
  });

  it("lead from a former name to the new one, and from the id", async () => {
    const { ada, github, tokens } = setting;
    const { id } = await github.createRepository({ owner: "acme", name: "before", autoInit: true });
    await ada.repos.update({ owner: "acme", repo: "before", name: "after" });
    expect((await ada.repos.get({ owner: "acme", repo: "before" })).data.full_name).toBe("acme/after");
    const { data } = await ada.request("GET /repositories/{id}", { id });
    expect(data.full_name).toBe("acme/after");
    const moved = await fetch(`${github.url}/api/v3/repos/acme/before`, {
      redirect: "manual",
      headers: { authorization: `token ${tokens.ada}` },
    });
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `${github.url}/api/v3/repositories/${id}`]);
  });

  it("refuse writes to an archived repository", async () => {
    const { ada, github } = setting;
    await github.createRepository({ owner: "acme", name: "old", autoInit: true });
    const old = { owner: "acme", repo: "old" };
    await ada.repos.update({ ...old, archived: true });
    expect(await refusal(ada.issues.createLabel({ ...old, name: "x" }))).toMatchObject({ status: 403 });
    await ada.repos.get(old);
  });
});
