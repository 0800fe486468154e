import { createHash, randomBytes } from "node:crypto";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";

const compress = promisify(deflate);

/** Stores an object as git stores it, without starting git, and gives its id. */
export async function writeObject(
  directory: string,
  type: "blob" | "tree" | "commit",
  content: Buffer,
): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const sha = createHash("sha1").update(bytes).digest("hex");
  const folder = join(directory, "objects", sha.slice(0, 2));
  const path = join(folder, sha.slice(2));
  const known = await access(path).then(
    () => true,
    () => false,
  );
  if (known) return sha;
  await mkdir(folder, { recursive: true });
  // Written under another name first, so that a reader never finds half an object.
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, await compress(bytes, { level: 1 }), { mode: 0o444 });
  await rename(draft, path);
  return sha;
}
