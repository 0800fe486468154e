import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { forget, remember } from "./memory.ts";
import { closeReader, findObject } from "./object-reader.ts";
import { git, tryGit } from "./run.ts";

/** A hook that holds a push to the rules named in the environment, and refuses with GitHub's words. */
const updateHook = `#!/bin/sh
ref=$1 old=$2 new=$3
none=0000000000000000000000000000000000000000
refuse() {
  echo "error: GH006: Protected branch update failed for $ref." >&2
  echo "error: $1" >&2
  exit 1
}
for rule in $LOCAL_GITHUB_RULES; do
  [ "\${rule#*:}" = "$ref" ] || continue
  case \${rule%%:*} in
    closed) [ "$old" = $none ] || [ "$new" = $none ] || refuse "Changes must be made through a pull request." ;;
    kept) [ "$new" != $none ] || refuse "Cannot delete this branch." ;;
    forward)
      [ "$old" = $none ] || [ "$new" = $none ] || git merge-base --is-ancestor "$old" "$new" ||
        refuse "Cannot force-push to this branch." ;;
    linear)
      [ "$old" = $none ] || [ "$new" = $none ] || [ -z "$(git rev-list --merges --max-count=1 "$old..$new")" ] ||
        refuse "This branch must not contain merge commits." ;;
  esac
done
exit 0
`;

/** Creates an empty bare repository that serves clones, fetches of any object, and pushes. */
export async function initRepository(directory: string, defaultBranch: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await git(directory, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`]);
  await configure(directory);
}

/** Copies a repository with its branches, as a fork does; pull request refs stay behind. */
export async function forkRepository(source: string, target: string, defaultBranch: string): Promise<void> {
  await initRepository(target, defaultBranch);
  await git(target, ["fetch", "--quiet", source, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]);
}

/** Ends what belongs to a repository, and removes its folder. */
export async function removeRepository(directory: string): Promise<void> {
  releaseRepository(directory);
  await rm(directory, { recursive: true, force: true });
}

/** Ends the processes of a repository; its folder stays. */
export function releaseRepository(directory: string): void {
  closeReader(directory);
  forget(directory);
}

async function configure(directory: string): Promise<void> {
  const settings = [
    "[http]\n\treceivepack = true",
    "[receive]\n\thideRefs = refs/pull",
    "[uploadpack]\n\tallowAnySHA1InWant = true\n\tallowFilter = true",
    "[gc]\n\tauto = 0",
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n\tlogAllRefUpdates = false",
  ];
  await writeFile(join(directory, "config"), `${settings.join("\n")}\n`);
  const hook = join(directory, "hooks", "update");
  await mkdir(dirname(hook), { recursive: true });
  await writeFile(hook, updateHook);
  await chmod(hook, 0o755);
}

/** All refs of a repository, full name → object id. `prefix` limits the answer, e.g. `refs/heads/`. */
export async function listRefs(directory: string, prefix = "refs/"): Promise<Map<string, string>> {
  const text = await git(directory, ["for-each-ref", "--format=%(objectname) %(refname)", prefix]);
  const refs = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line) refs.set(line.slice(41), line.slice(0, 40));
  }
  return refs;
}

/** The object a ref, SHA or expression such as `main:README.md` names, or undefined. */
export async function resolveObject(directory: string, expression: string): Promise<string | undefined> {
  return (await findObject(directory, expression))?.sha;
}

/** The commit that a branch, tag or SHA names, or undefined. Branch names win over everything else. */
export async function resolveCommit(directory: string, name: string): Promise<string | undefined> {
  for (const candidate of [`refs/heads/${name}`, name]) {
    const sha = await resolveObject(directory, `${candidate}^{commit}`);
    if (sha) return sha;
  }
  return undefined;
}

export async function objectType(directory: string, sha: string): Promise<string | undefined> {
  return (await findObject(directory, sha))?.type;
}

/** Sets or, without a SHA, deletes a ref. */
export async function updateRef(directory: string, ref: string, sha: string | undefined): Promise<void> {
  await git(directory, sha ? ["update-ref", ref, sha] : ["update-ref", "-d", ref]);
}

/** Copies one commit with its history from another repository. */
export async function fetchCommit(target: string, source: string, sha: string, ref: string): Promise<void> {
  if (target !== source) await git(target, ["fetch", "--quiet", "--no-tags", source, sha]);
  await updateRef(target, ref, sha);
}

/** Whether commits between two others merge anything. */
export async function holdsMerges(directory: string, before: string, after: string): Promise<boolean> {
  return (await git(directory, ["rev-list", "--merges", "--max-count=1", `${before}..${after}`])) !== "";
}

export function isAncestor(directory: string, ancestor: string, descendant: string): Promise<boolean> {
  return remember(directory, `ancestor ${ancestor} ${descendant}`, async () => {
    return (await tryGit(directory, ["merge-base", "--is-ancestor", ancestor, descendant])).code === 0;
  });
}

/** The newest commit that two commits share, or undefined. */
export function mergeBase(directory: string, one: string, other: string): Promise<string | undefined> {
  return remember(directory, `base ${one} ${other}`, async () => {
    const result = await tryGit(directory, ["merge-base", one, other]);
    return result.code === 0 ? result.output.toString("utf8").trim() : undefined;
  });
}
