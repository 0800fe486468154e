import { execFile } from "node:child_process";
import { createSign } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";
import { type CreatedApp, type LocalGitHub, startLocalGitHub } from "../../emulator/index.ts";

const run = promisify(execFile);

/** A local GitHub with the organization acme: ada owns it, bob may write, eve is a stranger; acme/demo is public. */
export interface Setting {
  readonly github: LocalGitHub;
  readonly ada: Octokit;
  readonly bob: Octokit;
  readonly eve: Octokit;
  readonly tokens: { readonly ada: string; readonly bob: string; readonly eve: string };
  /** The App `checker`, installed on acme. */
  readonly app: CreatedApp;
  readonly installation: number;
  /** A client of the installation. */
  readonly checker: Octokit;
  /** `{ owner: "acme", repo: "demo" }` */
  readonly demo: { readonly owner: string; readonly repo: string };
  client(token: string): Octokit;
  close(): Promise<void>;
}

export const allEvents = [
  ...["push", "create", "delete", "pull_request", "pull_request_review", "issues", "issue_comment"],
  ...["check_run", "check_suite", "repository", "membership"],
];
export const allPermissions = {
  checks: "write",
  contents: "write",
  issues: "write",
  members: "read",
  pull_requests: "write",
  statuses: "write",
} as const;

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function startSetting(webhookUrl?: string): Promise<Setting> {
  const github = await startLocalGitHub();
  const client = (auth: string) => new Octokit({ baseUrl: github.url, auth, log: silent });
  const tokens = { ada: github.createUser("ada"), bob: github.createUser("bob"), eve: github.createUser("eve") };
  github.createOrganization("acme", "ada");
  await github.createRepository({ owner: "acme", name: "demo", autoInit: true });
  const app = github.createApp({
    slug: "checker",
    permissions: allPermissions,
    events: allEvents,
    webhookSecret: "a secret of the webhook",
    ...(webhookUrl ? { webhookUrl } : {}),
  });
  const installation = github.installApp(app.appId, "acme");
  const ada = client(tokens.ada);
  const demo = { owner: "acme", repo: "demo" };
  const bob = client(tokens.bob);
  const { data: invitation } = await ada.repos.addCollaborator({ ...demo, username: "bob", permission: "push" });
  await bob.repos.acceptInvitationForAuthenticatedUser({ invitation_id: invitation.id });
  const checker = client(await installationToken(github, app, installation));
  return {
    ...{ github, tokens, app, installation, demo, client, ada, bob, checker },
    eve: client(tokens.eve),
    close: () => github.close(),
  };
}

/** A JSON web token of an App, as GitHub wants it: RS256, ten minutes at most. */
export function appToken(app: CreatedApp, claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = { iat: now - 30, exp: now + 300, iss: app.appId, ...claims };
  const text = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(body)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(app.privateKey, "base64url")}`;
}

/** Exchanges the App's token for one of an installation, narrowed when `narrow` says so. */
export async function installationToken(
  github: LocalGitHub,
  app: CreatedApp,
  installation: number,
  narrow: { permissions?: Record<string, string>; repositories?: string[] } = {},
): Promise<string> {
  const octokit = new Octokit({ baseUrl: github.url, auth: appToken(app), log: silent });
  const { data } = await octokit.apps.createInstallationAccessToken({ installation_id: installation, ...narrow });
  return data.token;
}

/** Commits one file on a branch, made from main when it is not there; gives the new commit. */
export async function commitFile(
  octokit: Octokit,
  branch: string,
  path: string,
  text: string,
  message = `Change ${path}`,
): Promise<string> {
  const demo = { owner: "acme", repo: "demo" };
  await octokit.git.getRef({ ...demo, ref: `heads/${branch}` }).catch(async () => {
    const { data } = await octokit.git.getRef({ ...demo, ref: "heads/main" });
    await octokit.git.createRef({ ...demo, ref: `refs/heads/${branch}`, sha: data.object.sha });
  });
  const old = await octokit.repos.getContent({ ...demo, path, ref: branch }).catch(() => undefined);
  const sha = old && !Array.isArray(old.data) ? { sha: old.data.sha } : {};
  const content = Buffer.from(text).toString("base64");
  const { data } = await octokit.repos.createOrUpdateFileContents({ ...demo, path, message, content, branch, ...sha });
  return data.commit.sha!;
}

/** Opens a pull request from a new branch with one changed file. */
export async function openPull(setting: Setting, branch: string, more: { body?: string; draft?: boolean } = {}) {
  await commitFile(setting.bob, branch, `${branch}.txt`, `${branch}\n`);
  const { data } = await setting.bob.pulls.create({
    ...setting.demo,
    title: `Add ${branch}`,
    head: branch,
    base: "main",
    ...more,
  });
  return data;
}

/** A pull request of acme/demo once GitHub knows whether it can be merged. */
export async function testedPull(octokit: Octokit, number: number) {
  for (;;) {
    const { data } = await octokit.pulls.get({ owner: "acme", repo: "demo", pull_number: number });
    if (data.mergeable !== null || data.state === "closed") return data;
  }
}

/** A clone on disk that is driven with the real git. */
export class Clone {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async of(url: string): Promise<Clone> {
    const directory = await mkdtemp(join(tmpdir(), "clone-"));
    const clone = new Clone(directory);
    await clone.git("clone", "--quiet", url, ".");
    return clone;
  }

  /** Runs git and gives its standard output; rejects with git's message in `stderr`. */
  async git(...args: string[]): Promise<string> {
    const environment = {
      PATH: process.env.PATH ?? "",
      HOME: this.directory,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      ...{ GIT_AUTHOR_NAME: "bob", GIT_AUTHOR_EMAIL: "bob@users.noreply.localhost" },
      ...{ GIT_COMMITTER_NAME: "bob", GIT_COMMITTER_EMAIL: "bob@users.noreply.localhost" },
    };
    return (await run("git", args, { cwd: this.directory, env: environment })).stdout.trim();
  }

  /** Writes files and commits them on the present branch; gives the commit. */
  async commit(message: string, files: Readonly<Record<string, string>>): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.directory, path)), { recursive: true });
      await writeFile(join(this.directory, path), text);
    }
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** What a refused request answered: its status and message. */
export async function refusal(request: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await request;
  } catch (error) {
    const { status, response } = error as { status: number; response?: { data?: { message?: string } } };
    return { status, message: response?.data?.message ?? String(error) };
  }
  throw new Error("the request was not refused");
}
