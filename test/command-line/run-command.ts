import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const launcher = fileURLToPath(new URL("../../bin/modelsync.js", import.meta.url));

/** A home of its own, so that neither the person's settings nor their cache take part. */
const home = mkdtempSync(join(tmpdir(), "modelsync-home-"));
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real command line in `folder`, as a person would, without colors; by default that of this checkout. */
export function modelsync(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
  installed: string = launcher,
): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [installed, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", HOME: home, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}
