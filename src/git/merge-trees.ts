import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Merged } from "../facts/moved-base.ts";
import { runGit } from "./run-git.ts";
import { snapshotOf } from "./snapshot.ts";

/**
 * Merges two commits as GitHub's merge button would, without a working tree. The repository stays as it is: what git writes goes
 * into an empty repository of its own in `folder`, which only borrows the objects, so that no merge driver and no attribute of
 * the repository counts.
 *
 * @param gitFolder where the repository keeps its objects
 * @param folder an empty folder that must outlive the answer
 */
export async function mergeTrees(gitFolder: string, folder: string, base: string, head: string): Promise<Merged> {
  const format = base.length === 64 ? ["--object-format=sha256"] : [];
  const made = await runGit(folder, ["init", "--quiet", "--bare", "--template=", ...format, folder]);
  if (made.code !== 0) return failed(made.errors);
  await writeFile(join(folder, "objects", "info", "alternates"), `${join(gitFolder, "objects")}\n`);
  // A clone without its whole history says so in this file.
  await copyFile(join(gitFolder, "shallow"), join(folder, "shallow")).catch(() => {});
  const here = [`--git-dir=${folder}`];
  const merge = await runGit(folder, [...here, "merge-tree", "--write-tree", "--no-messages", base, head]);
  // Also where it can't read a commit it ends with 1, but writes no tree.
  if (merge.code === 1 && merge.output.length > 0) return { state: "conflict" };
  if (merge.code !== 0) return failed(merge.errors);
  return { state: "merged", snapshot: snapshotOf(folder, merge.output.toString("utf8").trim(), here) };
}

function failed(errors: string): Merged {
  return { state: "failed", detail: errors.split("\n")[0]!.slice(0, 200) };
}
