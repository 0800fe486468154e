import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The local GitHub merges without a working tree, which git learned in this version. */
const oldest = [2, 38] as const;

/** Why the git on the path can't serve the demo, as one sentence with what to do; null when it can. */
export async function findGitProblem(): Promise<string | null> {
  const needed = `The demo needs git ${oldest.join(".")} or newer`;
  try {
    const { stdout } = await run("git", ["--version"]);
    const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
    if (major === undefined) return `${needed}, but "git --version" answers ${JSON.stringify(stdout.trim())}.`;
    const isOld = Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
    return isOld ? `${needed}, but this is git ${major}.${minor}. Install a newer one and start again.` : null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return `${needed}, but there is no git on the path. Install it and start again.`;
    return `${needed}, but git can't be run: ${message.split("\n")[0]}.`;
  }
}
