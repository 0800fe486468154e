import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problem.ts";
import type { Run } from "../run.ts";
import { lineageFormat } from "./refuse-folder.ts";
import { json, type RunFiles, runFiles } from "./run-files.ts";

/**
 * Writes every file of a run into an empty folder of ours, from where `placeRun` moves them. Rejects when the disk refuses.
 *
 * @returns notes on files that this run cannot have
 */
export async function stageRun(folder: string, run: Run): Promise<{ notes: Problem[] }> {
  const { files, notes } = await runFiles(run);
  const all = { "lineage.json": lineageOf(run, files), ...files };
  for (const [name, content] of Object.entries(all)) await writeFile(join(folder, name), content);
  return { notes };
}

function lineageOf({ key, lineage }: Run, files: RunFiles): string {
  const digests = Object.entries(files).map(([name, content]) => [name, { sha256: sha256(content) }]);
  return json({ format: lineageFormat, version: 1, key, ...lineage, files: Object.fromEntries(digests) });
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
