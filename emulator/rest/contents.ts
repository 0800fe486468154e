import { found, notFound, refuseIf } from "../errors.ts";
import { readCommit, writeCommit } from "../git/commits.ts";
import { readBlob, readEntry, readTree, type TreeEntry, writeBlob } from "../git/objects.ts";
import { resolveCommit } from "../git/repository.ts";
import { isTreePath, writeTree } from "../git/write-tree.ts";
import { presentGitCommit, signatureOf } from "../present/commit.ts";
import { apiUrl, htmlUrl, urlPath } from "../present/repository.ts";
import { base64Lines, moveRef } from "./git-database.ts";
import { type Answer, type Call, ok, raw, route } from "./route.ts";

/** Files above this size come without their content. */
const inlineLimit = 1_000_000;

function describe(call: Call, entry: TreeEntry, path: string, ref: string) {
  const { world, repository } = call;
  const shown = urlPath(path);
  const self = `${apiUrl(world, repository)}/contents/${shown}?ref=${encodeURIComponent(ref)}`;
  const kind = entry.type === "tree" ? "tree" : "blob";
  const git = entry.type === "commit" ? null : `${apiUrl(world, repository)}/git/${kind}s/${entry.sha}`;
  const html = `${htmlUrl(world, repository)}/${kind}/${urlPath(ref)}/${shown}`;
  return {
    type: entryType(entry),
    size: entry.size ?? 0,
    name: path.split("/").at(-1) ?? "",
    path,
    sha: entry.sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: entry.type === "blob" ? `${htmlUrl(world, repository)}/raw/${urlPath(ref)}/${shown}` : null,
    _links: { self, git, html },
  };
}

function entryType(entry: TreeEntry): "file" | "dir" | "symlink" | "submodule" {
  if (entry.type === "tree") return "dir";
  if (entry.type === "commit") return "submodule";
  return entry.mode === "120000" ? "symlink" : "file";
}

async function show(call: Call): Promise<Answer> {
  const { repository } = call;
  const ref = call.query.get("ref") ?? repository.defaultBranch;
  const commit = found(await resolveCommit(repository.directory, ref), 404, `No commit found for the ref ${ref}`);
  const path = call.param("path").replace(/^\/+|\/+$/g, "");
  const entry = path === "" ? undefined : found(await readEntry(repository.directory, commit, path));
  if (!entry || entry.type === "tree") {
    const entries = await readTree(repository.directory, entry?.sha ?? commit);
    const prefix = path === "" ? "" : `${path}/`;
    return ok(entries.slice(0, 1000).map((one) => describe(call, one, prefix + one.path, ref)));
  }
  return showFile(call, entry, path, ref);
}

async function showFile(call: Call, entry: TreeEntry, path: string, ref: string): Promise<Answer> {
  const { directory } = call.repository;
  const shown = describe(call, entry, path, ref);
  if (entry.type === "commit") return ok({ ...shown, submodule_git_url: null });
  const size = entry.size ?? 0;
  if (/\braw\b/.test(call.accept)) return raw("raw", await readBlob(directory, entry.sha));
  refuseIf(size > 100_000_000, 403, "This blob is too large to be served by this interface.");
  if (entry.mode === "120000") return ok({ ...shown, target: (await readBlob(directory, entry.sha)).toString("utf8") });
  if (size > inlineLimit) return ok({ ...shown, content: "", encoding: "none" });
  return ok({ ...shown, content: base64Lines(await readBlob(directory, entry.sha)), encoding: "base64" });
}

/** Commits a change of one file to a branch: `sha` undefined removes it. */
async function change(call: Call, content: Buffer | undefined): Promise<Answer> {
  const { world, repository, body, account } = call;
  const { directory } = repository;
  const source = body ?? Object.fromEntries(call.query);
  const branch = source.branch ?? repository.defaultBranch;
  const path = call.param("path");
  refuseIf(!isTreePath(path), 422, "path contains a malformed path component");
  const before = await resolveCommit(directory, `refs/heads/${branch}`);
  refuseIf(!before && branch !== repository.defaultBranch, 404, `Branch ${branch} not found`);
  const old = before ? await readEntry(directory, before, path) : undefined;
  if (!content && !old) throw notFound();
  refuseIf(old && !source.sha, 422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  refuseIf(old && source.sha !== old.sha, 409, `${path} does not match ${source.sha}`);
  const blob = content ? await writeBlob(directory, content) : null;
  const base = before ? (await readCommit(directory, before)).tree : undefined;
  const committer = source.committer ?? signatureOf(account);
  const commit = await writeCommit(directory, {
    tree: await writeTree(directory, base, [{ path, mode: old?.mode ?? "100644", sha: blob }]),
    parents: before ? [before] : [],
    message: `${source.message}\n`,
    author: source.author ?? committer,
    committer,
  });
  await moveRef(call, `refs/heads/${branch}`, before, commit);
  const shown = presentGitCommit(world, repository, await readCommit(directory, commit));
  const entry = blob ? await readEntry(directory, commit, path) : undefined;
  return {
    status: blob && !old ? 201 : 200,
    body: { content: entry ? describe(call, entry, path, branch) : null, commit: shown },
  };
}

const writing = { app: ["contents:write"], person: "write" } as const;

export const contentRoutes = [
  route("GET /repos/{owner}/{repo}/contents/{path}", { app: ["contents:read"] }, show),
  route("PUT /repos/{owner}/{repo}/contents/{path}", writing, (call) =>
    change(call, Buffer.from(call.body.content, "base64")),
  ),
  route("DELETE /repos/{owner}/{repo}/contents/{path}", writing, (call) => change(call, undefined)),
];
