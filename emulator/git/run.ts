import { spawn } from "node:child_process";

/** What a finished git process left behind. */
export interface GitResult {
  readonly code: number;
  readonly output: Buffer;
  readonly error: string;
}

const environment = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C.UTF-8",
};

/** The variables every git process of the local GitHub starts with: none of the person's own configuration. */
export function gitEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return { ...environment, ...extra };
}

/** Runs git in a bare repository and resolves whatever its exit code is. */
export function tryGit(directory: string, args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["--git-dir", directory, ...args], { env: gitEnvironment() });
    const chunks: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks), error: Buffer.concat(errors).toString("utf8") }),
    );
    child.stdin.on("error", () => {});
    child.stdin.end();
  });
}

/** Runs git in a bare repository; throws with git's own message when it fails. Returns standard output as text. */
export async function git(directory: string, args: readonly string[]): Promise<string> {
  const { code, output, error } = await tryGit(directory, args);
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}: ${error.trim()}`);
  return output.toString("utf8");
}
