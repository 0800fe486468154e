import { constants } from "node:fs";
import { access, open, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Problem } from "../problem.ts";
import { runFileNames } from "./run-files.ts";

/** Names the file that shows that a folder holds a run. */
export const lineageFormat = "modelsync-lineage";

const maxLineageBytes = 1024 * 1024;

/**
 * Why a run cannot be written into a folder, or null. The folder may be absent, and it may hold other things; but files
 * of the names that a run writes are only replaced when an earlier run wrote them, which its `lineage.json` shows.
 */
export async function refuseFolder(folder: string): Promise<Problem | null> {
  const found = await nearestExisting(resolve(folder));
  if (!found.isFolder) return notAFolder(folder, found.path);
  try {
    await access(found.path, constants.W_OK | constants.X_OK);
    if (found.path !== resolve(folder)) return null;
    const entries = await readdir(folder);
    const taken = runFileNames.filter((name) => entries.includes(name));
    return taken.length === 0 || (await isLineage(join(folder, "lineage.json"))) ? null : notOurs(folder, taken);
  } catch (error) {
    return notWritable(folder, error);
  }
}

/** A failed file operation as a problem; rethrows what is none. */
export function notWritable(folder: string, error: unknown): Problem {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== "string") throw error;
  return {
    code: "output-not-writable",
    where: { path: folder },
    message: `The folder cannot be written to: ${code}.`,
    remedy: "Name a folder that you may write to, on a disk with room.",
  };
}

async function nearestExisting(path: string): Promise<{ path: string; isFolder: boolean }> {
  const status = await stat(path).catch(() => null);
  if (status !== null || dirname(path) === path) return { path, isFolder: status?.isDirectory() ?? false };
  return nearestExisting(dirname(path));
}

async function isLineage(path: string): Promise<boolean> {
  try {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    return size <= maxLineageBytes && JSON.parse(await file.readFile("utf8")).format === lineageFormat;
  } catch {
    return false;
  }
}

function notAFolder(folder: string, file: string): Problem {
  return {
    code: "output-not-a-folder",
    where: { path: folder },
    message: resolve(folder) === file ? "This is a file, not a folder." : `${file} is a file, not a folder.`,
    allowed: "a folder, or a path where one can be made",
    remedy: "Name another folder.",
  };
}

function notOurs(folder: string, taken: readonly string[]): Problem {
  return {
    code: "output-taken",
    where: { path: folder },
    message: "The folder has files that would be overwritten and that no earlier run wrote.",
    written: taken.join(", "),
    allowed: "a folder without them, or one with the lineage.json of an earlier run",
    remedy: "Name another folder, or remove these files.",
  };
}
