import { createHash } from "node:crypto";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Outcome } from "../problem.ts";
import type { Run } from "../run.ts";
import { makeFolder } from "./make-folder.ts";
import { lineageFormat, notWritable, refuseFolder } from "./refuse-folder.ts";
import { json, type RunFiles, runFileNames, runFiles } from "./run-files.ts";

/**
 * Writes a run into a folder, which is made when it is absent; see `runFileNames`. Files are finished beside their
 * places and then moved there, so none is ever half written. `lineage.json` is moved first: it has the digests of the
 * others, which tell whether a run that was stopped in between left older ones.
 *
 * @returns the names of the files; notes say which could not be, problems why nothing was written
 */
export async function writeRun(folder: string, run: Run): Promise<Outcome<string[]>> {
  const refusal = await refuseFolder(folder);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  const { files, notes } = await runFiles(run);
  const all = { "lineage.json": lineageOf(run, files), ...files };
  try {
    await makeFolder(resolve(folder));
    const staging = await mkdtemp(join(folder, ".partial-"));
    try {
      for (const [name, content] of Object.entries(all)) await writeFile(join(staging, name), content);
      for (const name of Object.keys(all)) await rename(join(staging, name), join(folder, name));
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
    for (const name of runFileNames) if (!(name in all)) await rm(join(folder, name), { force: true });
  } catch (error) {
    return { ok: false, problems: [notWritable(folder, error)] };
  }
  return { ok: true, value: Object.keys(all), notes };
}

function lineageOf({ key, lineage }: Run, files: RunFiles): string {
  const digests = Object.entries(files).map(([name, content]) => [name, { sha256: sha256(content) }]);
  return json({ format: lineageFormat, version: 1, key, ...lineage, files: Object.fromEntries(digests) });
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
