import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** The option with which a Node that this process starts ends when this process does, however that ended. */
export const endWithParent: string = `--import=${new URL(`end-with-parent.js?parent=${process.pid}`, import.meta.url).href}`;

/** Starts a script as a process of its own. The only way in which tests start what runs longer than they wait for it. */
export function startNode(script: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(process.execPath, [endWithParent, script, ...args], options);
}
