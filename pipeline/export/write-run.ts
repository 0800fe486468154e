import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome } from "../problem.ts";
import type { Run } from "../run.ts";
import { placeRun } from "./place-run.ts";
import { refuseFolder } from "./refuse-folder.ts";
import { stageRun } from "./stage-run.ts";

/**
 * Writes a run into a folder; see `runFileNames` and `placeRun`.
 *
 * @returns the names of the files; notes say which could not be, problems why nothing was written
 */
export async function writeRun(folder: string, run: Run): Promise<Outcome<string[]>> {
  const refusal = await refuseFolder(folder);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  const staged = await mkdtemp(join(tmpdir(), "modelsync-staged-"));
  try {
    const { notes } = await stageRun(staged, run);
    const placed = await placeRun(staged, folder);
    return placed.ok ? { ...placed, notes } : placed;
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}
