import { rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import { notWritable } from "../../pipeline/export/refuse-folder.ts";
import type { Problem } from "../../pipeline/problem.ts";

/**
 * Writes files into a folder, each at once: whoever reads one of them sees the old content or the new, also when the
 * command is killed meanwhile.
 *
 * @param files content by file name
 * @param folder where to write them; undefined: nobody wants them
 * @returns why they could not be written; empty when they were
 */
export async function writeFiles(folder: string | undefined, files: Record<string, string>): Promise<Problem[]> {
  if (folder === undefined) return [];
  try {
    await makeFolder(resolve(folder));
    for (const [name, content] of Object.entries(files)) {
      const part = join(folder, `.${name}.${process.pid}.part`);
      await writeFile(part, content);
      await rename(part, join(folder, name));
    }
    return [];
  } catch (error) {
    return [notWritable(folder, error)];
  }
}
