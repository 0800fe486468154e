import { pushRules } from "../actions/branch-rules.ts";
import { afterRefChanges } from "../actions/push.ts";
import { found, notFound, refuseIf } from "../errors.ts";
import { readCommit, writeCommit } from "../git/commits.ts";
import { blobSize, readBlob, readTree, writeBlob } from "../git/objects.ts";
import { isRefName } from "../git/ref-name.ts";
import {
  holdsMerges,
  isAncestor,
  listRefs,
  objectType,
  resolveCommit,
  resolveObject,
  updateRef,
} from "../git/repository.ts";
import { isTreePath, writeTree } from "../git/write-tree.ts";
import { presentGitCommit, presentTreeEntry, signatureOf } from "../present/commit.ts";
import { apiUrl, urlPath } from "../present/repository.ts";
import { nodeId } from "../state.ts";
import { type Answer, type Call, created, noContent, ok, raw, route } from "./route.ts";

const reading = { app: ["contents:read"] } as const;
const writing = { app: ["contents:write"], person: "write" } as const;

/** GitHub cuts recursive trees here and says `truncated: true`. */
const treeLimit = 100_000;
const fortyHex = /^[0-9a-f]{40}$/;

async function presentRef(call: Call, ref: string, sha: string) {
  const api = apiUrl(call.world, call.repository);
  const type = (await objectType(call.repository.directory, sha)) ?? "commit";
  return {
    ref,
    node_id: nodeId("REF", `${call.repository.id}:${ref}`),
    url: `${api}/git/${urlPath(ref)}`,
    object: { type, sha, url: `${api}/git/${type}s/${sha}` },
  };
}

async function readRef(call: Call) {
  const ref = `refs/${call.param("ref")}`;
  return { ref, sha: found(await resolveObject(call.repository.directory, ref)) };
}

/** GitHub refuses what the rules of a branch don't let this caller do directly. */
async function checkRules(call: Call, ref: string, before: string | undefined, after: string | undefined) {
  const { world, account, repository } = call;
  const { directory } = repository;
  const rules = pushRules(world.state, account, repository, ref.replace(/^refs\/heads\//, ""));
  const moves = before !== undefined && after !== undefined;
  const broken =
    (moves && rules.has("closed")) ||
    (after === undefined && rules.has("kept")) ||
    (moves && rules.has("forward") && !(await isAncestor(directory, before, after))) ||
    (moves && rules.has("linear") && (await holdsMerges(directory, before, after)));
  refuseIf(broken, 422, `Protected branch update failed for ${ref}.`);
}

/** Moves a ref under the repository's lock and does everything that follows from it. */
export async function moveRef(call: Call, ref: string, before: string | undefined, after: string | undefined) {
  await checkRules(call, ref, before, after);
  const { world, repository, account } = call;
  return repository.lock.run(async () => {
    await updateRef(repository.directory, ref, after);
    await afterRefChanges(world, repository, account, [{ ref, before, after }]);
  });
}

/** Whether a ref is a folder of this one or the other way around; git keeps refs as files and refuses both. */
async function standsInTheWay(directory: string, ref: string): Promise<boolean> {
  const refs = await listRefs(directory);
  return [...refs.keys()].some((other) => other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`));
}

async function createRef(call: Call): Promise<Answer> {
  const { ref, sha } = call.body;
  const { directory } = call.repository;
  refuseIf(!/^refs\/[^/]+\/.+/.test(ref), 422, "Reference name must contain at least three slashes.");
  refuseIf(!isRefName(ref), 422, `${ref.toWellFormed()} is not a valid ref name.`);
  refuseIf(!fortyHex.test(sha) || !(await resolveObject(directory, sha)), 422, "Object does not exist");
  refuseIf(await resolveObject(directory, ref), 422, "Reference already exists");
  refuseIf(await standsInTheWay(directory, ref), 422, "Reference update failed");
  await moveRef(call, ref, undefined, sha);
  return created(await presentRef(call, ref, sha));
}

async function patchRef(call: Call): Promise<Answer> {
  const { sha, force } = call.body;
  const { directory } = call.repository;
  const { ref, sha: before } = await readRef(call);
  refuseIf(!fortyHex.test(sha) || !(await resolveObject(directory, sha)), 422, "Object does not exist");
  refuseIf(!force && !(await isAncestor(directory, before, sha)), 422, "Update is not a fast forward");
  await moveRef(call, ref, before, sha);
  return ok(await presentRef(call, ref, sha));
}

async function showBlob(call: Call): Promise<Answer> {
  const sha = call.param("file_sha");
  const { directory } = call.repository;
  if (!fortyHex.test(sha) || (await objectType(directory, sha)) !== "blob") throw notFound();
  refuseIf((await blobSize(directory, sha)) > 100_000_000, 403, "This blob is too large.");
  const content = await readBlob(directory, sha);
  if (/\braw\b/.test(call.accept)) return raw("raw", content);
  return ok({
    sha,
    node_id: nodeId("B", `${call.repository.id}:${sha}`),
    size: content.length,
    url: `${apiUrl(call.world, call.repository)}/git/blobs/${sha}`,
    content: base64Lines(content),
    encoding: "base64",
  });
}

/** Base64 in lines of 60 characters, as GitHub writes file contents. */
export function base64Lines(content: Buffer): string {
  return content.toString("base64").replaceAll(/.{60}/g, "$&\n");
}

async function showTree(call: Call): Promise<Answer> {
  const { world, repository } = call;
  const sha = found(await resolveObject(repository.directory, `${call.param("tree_sha")}^{tree}`));
  const entries = await readTree(repository.directory, sha, call.query.has("recursive"));
  return ok({
    sha,
    url: `${apiUrl(world, repository)}/git/trees/${sha}`,
    tree: entries.slice(0, treeLimit).map((entry) => presentTreeEntry(world, repository, entry)),
    truncated: entries.length > treeLimit,
  });
}

async function createTree(call: Call): Promise<Answer> {
  const { directory } = call.repository;
  const { base_tree, tree } = call.body;
  const base = base_tree ? found(await resolveObject(directory, `${base_tree}^{tree}`)) : undefined;
  const changes = await Promise.all(
    (tree as { path: string; mode?: string; sha?: string | null; content?: string }[]).map(async (entry) => {
      refuseIf(!isTreePath(entry.path), 422, "tree.path contains a malformed path component");
      const sha =
        entry.content === undefined ? (entry.sha ?? null) : await writeBlob(directory, Buffer.from(entry.content));
      return { path: entry.path, mode: entry.mode ?? "100644", sha };
    }),
  );
  const sha = await writeTree(directory, base, changes);
  const entries = await readTree(directory, sha);
  return created({
    sha,
    url: `${apiUrl(call.world, call.repository)}/git/trees/${sha}`,
    tree: entries.map((entry) => presentTreeEntry(call.world, call.repository, entry)),
    truncated: false,
  });
}

async function createCommit(call: Call): Promise<Answer> {
  const { account, repository, body } = call;
  refuseIf((await objectType(repository.directory, body.tree)) !== "tree", 422, "Tree SHA does not exist");
  for (const parent of body.parents ?? []) {
    const type = fortyHex.test(parent) ? await objectType(repository.directory, parent) : undefined;
    refuseIf(type !== "commit", 422, "Parent SHA does not exist or is not a commit object");
  }
  const self = signatureOf(account);
  const sha = await writeCommit(repository.directory, {
    tree: body.tree,
    parents: body.parents ?? [],
    message: body.message,
    author: body.author ?? self,
    committer: body.committer ?? body.author ?? self,
  });
  return created(presentGitCommit(call.world, repository, await readCommit(repository.directory, sha)));
}

export const gitDatabaseRoutes = [
  route("GET /repos/{owner}/{repo}/git/ref/{ref}", reading, async (call) => {
    const { ref, sha } = await readRef(call);
    return ok(await presentRef(call, ref, sha));
  }),
  route("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", reading, async (call) => {
    const wanted = `refs/${call.param("ref")}`;
    const refs = [...(await listRefs(call.repository.directory))].filter(([ref]) => ref.startsWith(wanted));
    return call.page(refs, ([ref, sha]) => presentRef(call, ref, sha));
  }),
  route("POST /repos/{owner}/{repo}/git/refs", writing, createRef),
  route("PATCH /repos/{owner}/{repo}/git/refs/{ref}", writing, patchRef),
  route("DELETE /repos/{owner}/{repo}/git/refs/{ref}", writing, async (call) => {
    const { ref, sha } = await readRef(call);
    await moveRef(call, ref, sha, undefined);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", reading, showBlob),
  route("POST /repos/{owner}/{repo}/git/blobs", writing, async (call) => {
    const { content, encoding } = call.body;
    const sha = await writeBlob(
      call.repository.directory,
      Buffer.from(content, encoding === "base64" ? "base64" : "utf8"),
    );
    return created({ sha, url: `${apiUrl(call.world, call.repository)}/git/blobs/${sha}` });
  }),
  route("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", reading, showTree),
  route("POST /repos/{owner}/{repo}/git/trees", writing, createTree),
  route("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", reading, async (call) => {
    const { world, repository } = call;
    const name = call.param("commit_sha");
    const sha = found(fortyHex.test(name) && (await resolveCommit(repository.directory, name)));
    return ok(presentGitCommit(world, repository, await readCommit(repository.directory, sha)));
  }),
  route("POST /repos/{owner}/{repo}/git/commits", writing, createCommit),
];
