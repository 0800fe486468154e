import { execFile } from "node:child_process";
import { environmentOfGit } from "../environment.ts";

/** What git said. `code` is its exit code; `missing` when there is no git to run. */
export interface GitAnswer {
  code: number;
  output: Buffer;
  errors: string;
  missing: boolean;
}

/** A partial clone lacks an object. */
export class ObjectNotFetched extends Error {
  override readonly name = "ObjectNotFetched";

  constructor() {
    super(
      "This is a partial clone that lacks a file of the review. Fetching it could start a program that the repository's configuration names, so do that yourself: git fetch --refetch --no-filter origin",
    );
  }
}

export interface GitOptions {
  maxBytes?: number;
  /** Variables beside those of this process. */
  environment?: Readonly<Record<string, string>>;
}

/**
 * Runs git in `folder` without a shell, without a pager, and without anything a repository's configuration could start:
 * it asks no remote for an object that is missing. What compares files of the working tree needs `withoutFilters` besides.
 * Rejects when the output is larger than `maxBytes`, and with `ObjectNotFetched`; for nothing else that git answers.
 */
export function runGit(
  folder: string,
  args: readonly string[],
  { maxBytes = 64 * 1024 * 1024, environment = {} }: GitOptions = {},
): Promise<GitAnswer> {
  const env = environmentOfGit({ GIT_NO_LAZY_FETCH: "1", LC_ALL: "C", ...environment });
  const options = { cwd: folder, env, encoding: "buffer", maxBuffer: maxBytes, windowsHide: true } as const;
  return new Promise((resolve, reject) => {
    execFile("git", [...safe, ...args], options, (error, output, errors) => {
      const code = error?.code;
      if (code === "ENOENT") return resolve({ code: 127, output, errors: "git was not found", missing: true });
      if (error !== null && typeof code !== "number") return reject(error);
      if (error !== null && errors.includes("lazy fetching disabled")) return reject(new ObjectNotFetched());
      resolve({ code: error === null ? 0 : (code as number), output, errors: errors.toString("utf8"), missing: false });
    });
  });
}

const safe = ["--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false"];
