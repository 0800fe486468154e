import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalFile } from "../../../pipeline/read/read-parts.ts";

/** Writes contents as the files of a repository, and removes them after they were used. */
export async function withFiles<T>(
  contents: Readonly<Record<string, string | Buffer>>,
  use: (files: LocalFile[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
  try {
    const files = Object.keys(contents).map((path, at) => ({ path, file: join(folder, String(at)) }));
    for (const { path, file } of files) await writeFile(file, contents[path]!);
    return await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
