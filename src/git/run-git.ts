import { execFile } from "node:child_process";

/** What git said. `code` is its exit code; `missing` when there is no git to run. */
export interface GitAnswer {
  code: number;
  output: Buffer;
  errors: string;
  missing: boolean;
}

/**
 * Runs git in `folder` without a shell, without a pager, and without anything a repository's configuration could start.
 * Never rejects for what git answers; rejects when the output is larger than `maxBytes`.
 */
export function runGit(folder: string, args: readonly string[], maxBytes = 64 * 1024 * 1024): Promise<GitAnswer> {
  const options = { cwd: folder, encoding: "buffer", maxBuffer: maxBytes, windowsHide: true } as const;
  return new Promise((resolve, reject) => {
    execFile("git", [...safe, ...args], options, (error, output, errors) => {
      const code = error?.code;
      if (code === "ENOENT") return resolve({ code: 127, output, errors: "git was not found", missing: true });
      if (error !== null && typeof code !== "number") return reject(error);
      resolve({ code: error === null ? 0 : (code as number), output, errors: errors.toString("utf8"), missing: false });
    });
  });
}

const safe = ["--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false"];
