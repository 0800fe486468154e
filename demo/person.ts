import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";

const run = promisify(execFile);

/** Where a person works: the GitHub they talk to and the repository they work on. */
interface Workplace {
  url: string;
  token: string;
  login: string;
  owner: string;
  repo: string;
  /** Folder of this person's clone. */
  clone: string;
}

/** Somebody who uses git and GitHub like everybody else: clones, pushes branches, opens pull requests, tries to merge. */
export type Person = ReturnType<typeof aPerson>;

export function aPerson(workplace: Workplace) {
  const { url, token, login, owner, repo, clone } = workplace;
  const octokit = new Octokit({ auth: token, baseUrl: url, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const remote = `${url.replace("://", `://${login}:${token}@`)}/${owner}/${repo}.git`;
  const git = (...args: string[]) =>
    run("git", args, {
      cwd: clone,
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" },
    });
  const target = { owner, repo };

  return {
    /** Where this person clones from, with the token in it. */
    cloneUrl: remote,
    /** Turns the prepared folder into a repository and pushes it as `main`. */
    async pushFirstCommit(): Promise<void> {
      await git("init", "--quiet", "--initial-branch=main");
      await git("config", "user.name", login);
      await git("config", "user.email", `${login}@example.com`);
      await git("remote", "add", "origin", remote);
      await git("add", "--all");
      await git("commit", "--quiet", "--message", "Add the income model and its policy");
      await git("push", "--quiet", "origin", "main");
    },
    /** Branches off main, lets `change` edit the files, commits and pushes; returns the new head. */
    async pushBranch(branch: string, message: string, change: (folder: string) => Promise<void>): Promise<string> {
      await git("checkout", "--quiet", "-B", branch, "main");
      await change(clone);
      await git("commit", "--quiet", "--all", "--message", message);
      await git("push", "--quiet", "origin", branch);
      const { stdout } = await git("rev-parse", "HEAD");
      await git("checkout", "--quiet", "main");
      return stdout.trim();
    },
    async openIssue(title: string, body: string, labels: string[]): Promise<number> {
      const { data } = await octokit.rest.issues.create({ ...target, title, body, labels });
      return data.number;
    },
    async editIssue(number: number, body: string): Promise<void> {
      await octokit.rest.issues.update({ ...target, issue_number: number, body });
    },
    async openPullRequest(branch: string, title: string, body: string): Promise<number> {
      const { data } = await octokit.rest.pulls.create({ ...target, base: "main", head: branch, title, body });
      return data.number;
    },
    async editPullRequest(number: number, body: string): Promise<void> {
      await octokit.rest.pulls.update({ ...target, pull_number: number, body });
    },
    /** Somebody else looks after the repository too: only they may waive what this person's pull requests are refused for. */
    async addMaintainer(username: string): Promise<void> {
      await octokit.rest.repos.addCollaborator({ ...target, username, permission: "maintain" });
    },
    /** Requires the check of this App, and no other, before anything is merged into main. */
    async protectMain(context: string, appId: number): Promise<void> {
      await octokit.rest.repos.updateBranchProtection({
        ...target,
        branch: "main",
        required_status_checks: { strict: false, contexts: [], checks: [{ context, app_id: appId }] },
        enforce_admins: true,
        required_pull_request_reviews: null,
        restrictions: null,
      });
    },
    /** The newest check run of that name on a commit, or null. */
    async checkRun(sha: string, name: string) {
      const { data } = await octokit.rest.checks.listForRef({
        ...target,
        ref: sha,
        check_name: name,
        filter: "latest",
      });
      const [found] = data.check_runs;
      return found ?? null;
    },
    /** Tries to merge as a person would; a refusal is an answer, not an error. */
    async tryMerge(number: number): Promise<{ merged: boolean; message: string }> {
      try {
        const { data } = await octokit.rest.pulls.merge({ ...target, pull_number: number, merge_method: "merge" });
        return { merged: data.merged, message: data.message };
      } catch (error) {
        const { status, response } = error as { status?: number; response?: { data?: { message?: string } } };
        if (status !== 405 && status !== 409) throw error;
        return { merged: false, message: response?.data?.message ?? `refused with ${status}` };
      }
    },
  };
}
