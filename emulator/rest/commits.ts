import { found, HttpError, notFound } from "../errors.ts";
import { countApart, readCommit, readCommits } from "../git/commits.ts";
import { countLines, diffFiles, diffText } from "../git/diff.ts";
import { mergeBase, resolveCommit } from "../git/repository.ts";
import type { Repository } from "../model.ts";
import { presentCommit, presentFile } from "../present/commit.ts";
import { presentPull } from "../present/pull.ts";
import { apiUrl, htmlUrl, urlPath } from "../present/repository.ts";
import { pullsOf } from "../state.ts";
import { type Answer, type Call, ok, raw, route } from "./route.ts";

const reading = { app: ["contents:read"] } as const;
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function show(call: Call): Promise<Answer> {
  const { world, repository } = call;
  const { directory } = repository;
  const sha = await call.commit(call.param("ref"));
  if (/\bsha\b/.test(call.accept)) return raw("sha", Buffer.from(sha));
  const commit = await readCommit(directory, sha);
  const files = await diffFiles(directory, commit.parents[0] ?? emptyTree, sha);
  const { additions, deletions } = countLines(files);
  return ok({
    ...presentCommit(world, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.slice(0, 300).map((file) => presentFile(world, repository, sha, file)),
  });
}

/** A side of a comparison: a name here, or `owner:branch` of a repository of the same network. */
async function side(call: Call, text: string): Promise<{ repository: Repository; sha: string }> {
  const { repository } = call;
  const [owner, name] = text.includes(":") ? text.split(":", 2) : [repository.owner.login, text];
  const network = [repository, ...call.world.state.forksOf(repository)];
  const other = found(network.find((one) => one.owner.login === owner));
  return { repository: other, sha: found(await resolveCommit(other.directory, name ?? "")) };
}

async function compare(call: Call): Promise<Answer> {
  const { world, repository } = call;
  const { directory } = repository;
  const basehead = call.param("basehead");
  const [baseText = "", headText = ""] = basehead.split(/\.{2,3}/);
  const base = await side(call, baseText);
  const head = await side(call, headText);
  found(await resolveCommit(directory, head.sha));
  const shared = found(
    await mergeBase(directory, base.sha, head.sha),
    404,
    `No common ancestor between ${baseText} and ${headText}.`,
  );
  if (/\bdiff\b/.test(call.accept)) return raw("diff", Buffer.from(await diffText(directory, shared, head.sha)));
  const { ahead, behind } = await countApart(directory, base.sha, head.sha);
  const commits = await readCommits(directory, ["--reverse", `${base.sha}..${head.sha}`]);
  const files = await diffFiles(directory, shared, head.sha);
  const html = `${htmlUrl(world, repository)}/compare/${urlPath(basehead)}`;
  const status = ahead > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical";
  const page = await call.page(commits, (commit) => presentCommit(world, repository, commit));
  const first = Number(call.query.get("page") ?? 1) === 1;
  return {
    ...page,
    body: {
      url: `${apiUrl(world, repository)}/compare/${urlPath(basehead)}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: presentCommit(world, repository, await readCommit(directory, base.sha)),
      merge_base_commit: presentCommit(world, repository, await readCommit(directory, shared)),
      status,
      ahead_by: ahead,
      behind_by: behind,
      total_commits: commits.length,
      commits: page.body,
      files: first ? files.slice(0, 300).map((file) => presentFile(world, repository, head.sha, file)) : [],
    },
  };
}

export const commitRoutes = [
  route("GET /repos/{owner}/{repo}/commits", reading, async (call) => {
    const { world, repository } = call;
    const sha = await resolveCommit(repository.directory, call.query.get("sha") ?? repository.defaultBranch);
    if (!sha) throw call.query.has("sha") ? notFound() : new HttpError(409, "Git Repository is empty.");
    const path = call.query.get("path");
    const commits = await readCommits(repository.directory, [sha, ...(path ? ["--", path] : [])]);
    return call.page(commits, (commit) => presentCommit(world, repository, commit));
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}", reading, show),
  route(
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    { app: ["pull_requests:read", "contents:read"] },
    async (call) => {
      const sha = await call.commit(call.param("commit_sha"));
      const pulls = pullsOf(call.repository).filter(({ pull }) => pull.head.sha === sha || pull.mergeCommit === sha);
      return call.page(pulls, (issue) => presentPull(call.world, issue));
    },
  ),
  route("GET /repos/{owner}/{repo}/compare/{basehead}", reading, compare),
];
