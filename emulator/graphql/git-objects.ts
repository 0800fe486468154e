import { type Commit, readCommit } from "../git/commits.ts";
import { blobSize, readBlob, readEntry, readTree, type TreeEntry } from "../git/objects.ts";
import { objectType, resolveObject } from "../git/repository.ts";
import type { Repository, Rule } from "../model.ts";
import { emailOf } from "../present/commit.ts";
import { htmlUrl } from "../present/repository.ts";
import { rulesetsOn } from "../rulesets.ts";
import { nodeId } from "../state.ts";
import { showAccount } from "./actors.ts";
import { showSuites } from "./checks.ts";
import { connect, type PageArguments } from "./connection.ts";
import { type Context, need } from "./context.ts";

/** GitHub gives no more of a blob's text than this many bytes. */
const textLimit = 512_000;

/** A git object of any kind, by its id. */
export async function showObject(context: Context, repository: Repository, oid: string): Promise<unknown> {
  const type = await objectType(repository.directory, oid);
  if (type === "blob") return showBlob(context, repository, oid);
  if (type === "tree") return showTree(context, repository, oid);
  if (type === "commit") return showCommit(context, repository, await readCommit(repository.directory, oid));
  return null;
}

function common(context: Context, repository: Repository, kind: string, oid: string) {
  return {
    id: nodeId(kind, `${repository.id}:${oid}`),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    repository: () => context.show.repository(repository),
  };
}

async function showBlob(context: Context, repository: Repository, oid: string) {
  const byteSize = await blobSize(repository.directory, oid);
  const content = byteSize > 100_000_000 ? Buffer.alloc(0) : await readBlob(repository.directory, oid);
  const isBinary = content.subarray(0, 8000).includes(0);
  return {
    __typename: "Blob",
    ...common(context, repository, "B", oid),
    byteSize,
    isBinary,
    isTruncated: !isBinary && byteSize > textLimit,
    text: isBinary ? null : content.subarray(0, textLimit).toString("utf8"),
  };
}

function showTree(context: Context, repository: Repository, oid: string, prefix = "") {
  return {
    __typename: "Tree",
    ...common(context, repository, "T", oid),
    entries: async () => {
      const entries = await readTree(repository.directory, oid);
      return entries.map((entry) => showEntry(context, repository, entry, prefix + entry.path));
    },
  };
}

function showEntry(context: Context, repository: Repository, entry: TreeEntry, path: string) {
  const name = path.split("/").at(-1) ?? "";
  const dot = name.lastIndexOf(".");
  return {
    name,
    path,
    mode: Number.parseInt(entry.mode, 8),
    oid: entry.sha,
    type: entry.type,
    size: entry.size ?? 0,
    extension: dot === -1 ? "" : name.slice(dot),
    object: () => {
      if (entry.type === "commit") return null;
      return entry.type === "tree"
        ? showTree(context, repository, entry.sha, `${path}/`)
        : showObject(context, repository, entry.sha);
    },
  };
}

export function showCommit(context: Context, repository: Repository, commit: Commit) {
  const { world } = context;
  const [headline = "", ...rest] = commit.message.split("\n");
  const actorOf = ({ name, email, date }: Commit["author"]) => {
    const account = [...world.state.accounts.values()].find(({ login }) => emailOf(login) === email);
    return { name, email, date, user: account?.type === "User" ? showAccount(context, account) : null };
  };
  return {
    __typename: "Commit",
    ...common(context, repository, "C", commit.sha),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    author: actorOf(commit.author),
    committer: actorOf(commit.committer),
    url: `${htmlUrl(world, repository)}/commit/${commit.sha}`,
    tree: () => showTree(context, repository, commit.tree),
    parents: async (args: PageArguments) => {
      const parents = await Promise.all(commit.parents.map((sha) => readCommit(repository.directory, sha)));
      return connect("parents", parents, args, (parent) => showCommit(context, repository, parent));
    },
    checkSuites: showSuites(context, repository, commit.sha),
    file: async ({ path }: { path: string }) => {
      const entry = await readEntry(repository.directory, commit.sha, path);
      return entry ? showEntry(context, repository, entry, path) : null;
    },
  };
}

/** A ref by its full name, or by that of a branch or a tag. */
export async function findRef(context: Context, repository: Repository, name: string) {
  if (name.startsWith("refs/")) return showRef(context, repository, name);
  return (
    (await showRef(context, repository, `refs/heads/${name}`)) ??
    (await showRef(context, repository, `refs/tags/${name}`))
  );
}

/** A branch or tag by its full name, or null when there is none. */
export async function showRef(context: Context, repository: Repository, ref: string) {
  need(context, repository, "contents");
  const oid = await resolveObject(repository.directory, ref);
  if (!oid) return null;
  const [, folder = "", ...rest] = ref.split("/");
  const branch = folder === "heads" ? rest.join("/") : null;
  const protection = branch === null ? undefined : repository.protections.get(branch);
  return {
    id: nodeId("REF", `${repository.id}:${ref}`),
    name: rest.join("/"),
    prefix: `refs/${folder}/`,
    repository: () => context.show.repository(repository),
    target: () => showObject(context, repository, oid),
    refUpdateRule: protection && {
      pattern: rest.join("/"),
      requiredStatusCheckContexts: protection.checks?.map(({ context: name }) => name) ?? [],
    },
    rules: (args: PageArguments) => {
      const rules = branch === null ? [] : rulesetsOn(repository, branch).flatMap((one) => one.rules);
      return connect("rules", rules, args, (rule) => showRule(repository, rule));
    },
  };
}

/** A rule of a ruleset; of parameters, those that the served schema has. */
function showRule(repository: Repository, { type, parameters = {} }: Rule) {
  const checks = parameters.required_status_checks as { context: string; integration_id?: number }[] | undefined;
  return {
    id: nodeId("RRR", `${repository.id}:${type}`),
    type: type.toUpperCase(),
    parameters: checks && {
      __typename: "RequiredStatusChecksParameters",
      requiredStatusChecks: checks.map((one) => ({ context: one.context, integrationId: one.integration_id ?? null })),
      strictRequiredStatusChecksPolicy: parameters.strict_required_status_checks_policy,
    },
  };
}
