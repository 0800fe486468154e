import { constants } from "node:fs";
import { chmod, copyFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { notWritable } from "../../pipeline/export/refuse-folder.ts";
import type { Problem } from "../../pipeline/problem.ts";

/**
 * Copies a finished file to where a person wants it, at once: whoever reads it sees the old content or the new.
 *
 * @returns why it could not be written; empty when it was
 */
export async function placeFile(source: string, target: string): Promise<Problem[]> {
  const before = await stat(target).catch(() => null);
  if (before?.isDirectory()) return [isFolder(target)];
  // A link stays a link: what it points to is replaced.
  const place = await realpath(target).catch(() => resolve(target));
  const part = join(dirname(place), `.${basename(place)}.${process.pid}.part`);
  try {
    await copyFile(source, part, constants.COPYFILE_FICLONE);
    if (before !== null) await chmod(part, before.mode & 0o777);
    await rename(part, place);
    return [];
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    return [notWritable(dirname(target), error)];
  }
}

function isFolder(target: string): Problem {
  return {
    code: "output-is-a-folder",
    where: { path: target },
    message: "This is a folder, not a file.",
    allowed: "a file, or a path where one can be made",
    remedy: "Name a file, for example in this folder.",
  };
}
