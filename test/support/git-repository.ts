import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a path becomes in a commit: text or bytes, a symbolic link, a submodule, or nothing any more. */
export type Content = string | Uint8Array | { linkTo: string } | { submodule: string } | null;

/** A real git repository in a temporary folder. Its commits are the same on every machine. */
export class GitRepository {
  readonly folder: string = mkdtempSync(join(tmpdir(), "modelsync-repository-"));
  #commits = 0;

  constructor(branch = "main") {
    this.git("init", "--quiet", `--initial-branch=${branch}`);
  }

  git(...args: string[]): string {
    const date = `2026-01-01T00:00:${String(this.#commits % 60).padStart(2, "0")}Z`;
    const person = { NAME: "Ada", EMAIL: "ada@example.org", DATE: date };
    const who = Object.entries(person).flatMap(([key, value]) =>
      ["AUTHOR", "COMMITTER"].map((role) => [`GIT_${role}_${key}`, value]),
    );
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      ...Object.fromEntries(who),
    };
    return execFileSync("git", args, { cwd: this.folder, env, encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** Writes the files and commits them; the new commit's id. */
  commit(files: Record<string, Content>, message = "Change"): string {
    this.write(files);
    this.#commits++;
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  /** Writes the files and stages them. */
  write(files: Record<string, Content>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      if (content !== null && typeof content === "object" && "submodule" in content) {
        this.git("update-index", "--add", "--cacheinfo", `160000,${content.submodule},${path}`);
        continue;
      }
      rmSync(file, { force: true, recursive: true });
      if (content !== null) {
        mkdirSync(dirname(file), { recursive: true });
        if (typeof content === "object" && "linkTo" in content) symlinkSync(content.linkTo, file);
        else writeFileSync(file, content);
      }
      this.git("--literal-pathspecs", "add", "--all", "--force", "--", path);
    }
  }

  makeExecutable(path: string): void {
    chmodSync(join(this.folder, path), 0o755);
    this.git("add", "--", path);
  }

  branch(name: string, from = "HEAD"): void {
    this.git("checkout", "--quiet", "-b", name, from);
  }

  checkout(name: string): void {
    this.git("checkout", "--quiet", name);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
