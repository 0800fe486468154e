import { type ChildProcess, execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { compiledFolder } from "../support/compiled-folder.ts";
import { endWithParent } from "../support/start-node.ts";

export const launcher = fileURLToPath(new URL("../../bin/modelsync.js", import.meta.url));

/** A home of its own, so that neither the person's settings nor their cache take part; compiled code is that of all tests. */
const home = mkdtempSync(join(tmpdir(), "modelsync-home-"));
mkdirSync(join(home, ".cache/modelsync"), { recursive: true });
mkdirSync(compiledFolder, { recursive: true });
symlinkSync(compiledFolder, join(home, ".cache/modelsync/compiled"), "junction");
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
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [endWithParent, installed, ...args],
    asPerson(folder, env),
  );
  return { status, stdout, stderr };
}

/** The same for a command that talks to a server in this process, or that is sent a signal. */
export function modelsyncMeanwhile(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
  act: (child: ChildProcess) => void = () => {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [endWithParent, launcher, ...args],
      asPerson(folder, env),
      (_, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
    act(child);
  });
}

function asPerson(cwd: string, env: Record<string, string>) {
  const variables = { PATH: process.env.PATH ?? "", HOME: home, ...env };
  return { cwd, encoding: "utf8" as const, env: variables, maxBuffer: 64 * 1024 * 1024 };
}
