import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes files into a folder, each at once: whoever reads one of them sees the old content or the new, also when the
 * command is killed meanwhile.
 *
 * @param files content by file name
 */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const part = join(folder, `.${name}.${process.pid}.part`);
    await writeFile(part, content);
    await rename(part, join(folder, name));
  }
}
