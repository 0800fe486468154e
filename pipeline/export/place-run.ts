import { constants } from "node:fs";
import { copyFile, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Outcome } from "../problem.ts";
import { makeFolder } from "./make-folder.ts";
import { notWritable, refuseFolder } from "./refuse-folder.ts";
import { runFileNames } from "./run-files.ts";

/**
 * Puts the files of a staged run into a folder, which is made when it is absent. Files are copied beside their places,
 * maybe from another disk, and then moved there, so none is ever half written. `lineage.json` is moved first: it has the
 * digests of the others, which tell whether a run that was stopped in between left older ones.
 *
 * @returns the names of the files; problems say why nothing was written
 */
export async function placeRun(staged: string, folder: string): Promise<Outcome<string[]>> {
  const refusal = await refuseFolder(folder);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  const entries = await readdir(staged, { withFileTypes: true });
  const plain = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
  const names = runFileNames.filter((name) => plain.has(name));
  try {
    await makeFolder(resolve(folder));
    const beside = await mkdtemp(join(folder, ".partial-"));
    try {
      for (const name of names) await copyFile(join(staged, name), join(beside, name), constants.COPYFILE_FICLONE);
      for (const name of names) await rename(join(beside, name), join(folder, name));
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
    for (const name of runFileNames) if (!plain.has(name)) await rm(join(folder, name), { force: true });
  } catch (error) {
    return { ok: false, problems: [notWritable(folder, error)] };
  }
  return { ok: true, value: names, notes: [] };
}
