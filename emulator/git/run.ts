import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

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

export interface GitOrder {
  readonly id: number;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

export interface GitAnswer {
  readonly id: number;
  readonly result?: GitResult;
  /** Why git could not be started. */
  readonly failure?: Error;
}

interface Waiting {
  readonly resolve: (result: GitResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Has git started by a small process. A process is started by copying one, page tables and all, which takes a hundred
 * times as long in a process that has a database in its memory, as this one often does, and stands still meanwhile.
 */
class Starter {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #orders = 0;
  ended = false;

  constructor() {
    this.#child = fork(fileURLToPath(new URL("git-starter.ts", import.meta.url)), [], {
      serialization: "advanced",
      execArgv: [],
      cwd: import.meta.dirname,
    });
    this.#child.on("message", (message) => this.#take(message as GitAnswer));
    this.#child.on("error", (error) => this.#end(error));
    this.#child.on("close", () => this.#end(new Error("the process that starts git ended")));
    this.#child.unref();
    this.#child.channel?.unref();
  }

  run(args: readonly string[]): Promise<GitResult> {
    return new Promise((resolve, reject) => {
      const id = this.#orders++;
      this.#waiting.set(id, { resolve, reject });
      this.#child.channel?.ref();
      this.#child.send({ id, args, env: gitEnvironment() } satisfies GitOrder, (error) => {
        if (error) this.#end(error);
      });
    });
  }

  #take({ id, result, failure }: GitAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#child.channel?.unref();
    if (result) waiting?.resolve(result);
    else waiting?.reject(failure ?? new Error("git did not start"));
  }

  #end(error: Error): void {
    this.ended = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

let starter: Starter | undefined;

/** Runs git in a bare repository and resolves whatever its exit code is. */
export function tryGit(directory: string, args: readonly string[]): Promise<GitResult> {
  if (!starter || starter.ended) starter = new Starter();
  return starter.run(["--git-dir", directory, ...args]);
}

/** Runs git in a bare repository; throws with git's own message when it fails. Returns standard output as text. */
export async function git(directory: string, args: readonly string[]): Promise<string> {
  const { code, output, error } = await tryGit(directory, args);
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}: ${error.trim()}`);
  return output.toString("utf8");
}
