import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import type { RepositoryReader } from "./octokit.ts";

const answer = z.object({ content: z.string(), encoding: z.string() });

/**
 * The content of a file by its git object id, checked against that id, from the cache folder or from GitHub.
 *
 * The cache is parted by repository, so that knowing an id never opens a file of another repository.
 */
export async function fetchBlob(
  client: RepositoryReader,
  sha: string,
  maxBytes: number,
  cacheDirectory: string,
): Promise<Uint8Array> {
  const folder = join(cacheDirectory, String(client.repositoryId), sha.slice(0, 2));
  const cached = await readFile(join(folder, sha)).catch(() => null);
  if (cached && gitObjectId(cached, sha.length) === sha) return cached;
  const { data } = await client.octokit.rest.git.getBlob({ owner: client.owner, repo: client.name, file_sha: sha });
  const { content: text, encoding } = answer.parse(data);
  const content = Buffer.from(text, encoding === "base64" ? "base64" : "utf8");
  if (content.length > maxBytes) throw new Error(`Object ${sha} is larger than ${maxBytes} bytes`);
  if (gitObjectId(content, sha.length) !== sha) throw new Error(`GitHub sent another content for object ${sha}`);
  await keep(folder, sha, content);
  return content;
}

async function keep(folder: string, sha: string, content: Uint8Array): Promise<void> {
  await makeFolder(resolve(folder));
  // Written beside and moved, so that nobody ever reads half a file.
  const temporary = join(folder, `${sha}.${randomUUID()}`);
  await writeFile(temporary, content);
  await rename(temporary, join(folder, sha));
}

/** Git's name of a content; repositories with SHA-256 have ids of 64 characters. */
function gitObjectId(content: Uint8Array, length: number): string {
  const algorithm = length === 64 ? "sha256" : "sha1";
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest("hex");
}
