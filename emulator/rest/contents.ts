import { HttpError, notFound } from "../errors.ts";
import { readCommit, writeCommit } from "../git/commits.ts";
import { readBlob, readEntry, readTree, type TreeEntry, writeBlob } from "../git/objects.ts";
import { resolveCommit } from "../git/repository.ts";
import { isTreePath, writeTree } from "../git/write-tree.ts";
import { emailOf, presentGitCommit } from "../present/commit.ts";
import { apiUrl, htmlUrl, urlPath } from "../present/repository.ts";
import { base64Lines, moveRef } from "./git-database.ts";
import { type Answer, type Call, ok, route } from "./route.ts";

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
  const commit = await resolveCommit(repository.directory, ref);
  if (!commit) throw new HttpError(404, `No commit found for the ref ${ref}`);
  const path = call.param("path").replace(/^\/+|\/+$/g, "");
  const entry = path === "" ? undefined : await readEntry(repository.directory, commit, path);
  if (path !== "" && !entry) throw notFound();
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
  if (/\braw\b/.test(call.accept)) {
    return {
      status: 200,
      body: await readBlob(directory, entry.sha),
      type: "application/vnd.github.raw; charset=utf-8",
    };
  }
  if (size > 100_000_000) throw new HttpError(403, "This blob is too large to be served by this interface.");
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
  if (!isTreePath(path)) throw new HttpError(422, "path contains a malformed path component");
  const before = await resolveCommit(directory, `refs/heads/${branch}`);
  if (!before && branch !== repository.defaultBranch) throw new HttpError(404, `Branch ${branch} not found`);
  const old = before ? await readEntry(directory, before, path) : undefined;
  if (!content && !old) throw notFound();
  if (old && !source.sha) throw new HttpError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (old && source.sha !== old.sha) throw new HttpError(409, `${path} does not match ${source.sha}`);
  const blob = content ? await writeBlob(directory, content) : null;
  const base = before ? (await readCommit(directory, before)).tree : undefined;
  const mode = old?.mode ?? "100644";
  const tree = await writeTree(directory, base, [{ path, mode, sha: blob }]);
  const self = { name: account.name, email: emailOf(account.login) };
  const author = source.author ?? source.committer ?? self;
  const parents = before ? [before] : [];
  const commit = await writeCommit(directory, {
    tree,
    parents,
    message: `${source.message}\n`,
    author,
    committer: source.committer ?? self,
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
