import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTables } from "./make-tables.ts";

const parts = ["package-lock.json", "src/store/migrations.ts", "src/store/job-queue.ts"];
const version = createHash("sha256")
  .update(parts.map((path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")).join("\0"))
  .digest("hex")
  .slice(0, 16);
const template = join(tmpdir(), `modelsync-test-database-${version}`);

/** Puts an empty database with all tables into a data folder. Making one takes seconds, so one is made and copied. */
export async function seedDataDirectory(directory: string): Promise<void> {
  await ensureTemplate();
  // A thousand files: in one go, a fifth of the work of as many calls in turn.
  cpSync(template, join(directory, "database"), { recursive: true });
}

/** Makes the template unless it is there. Its path: tests that have a temporary folder of their own take a copy along. */
export async function ensureTemplate(): Promise<string> {
  if (!existsSync(template)) await makeTemplate();
  return template;
}

async function makeTemplate(): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), "modelsync-template-"));
  await makeTables({ directory: work });
  // Another test file may have been quicker; either template will do.
  await rename(join(work, "database"), template).catch(() => {});
  await rm(work, { recursive: true });
}
