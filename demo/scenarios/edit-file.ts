import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Rewrites one file; fails loudly when the edit changes nothing, because then the scenario would test nothing. */
export async function editFile(folder: string, path: string, edit: (text: string) => string): Promise<void> {
  const file = join(folder, path);
  const before = await readFile(file, "utf8");
  const after = edit(before);
  if (after === before) throw new Error(`the edit of ${path} changed nothing`);
  await writeFile(file, after);
}
