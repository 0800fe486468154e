import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { parse } from "yaml";
import { type LocalGitHub, startLocalGitHub } from "../../emulator/index.ts";
import { type App, type AppOptions, startApp } from "../../src/app.ts";
import { connectApp } from "../../src/github/app-client.ts";
import type { Octokit as AppOctokit } from "../../src/github/octokit.ts";
import type { ReviewModels } from "../../src/jobs/review-ports.ts";
import { createLog } from "../../src/web/create-log.ts";
import { aTestDatabase } from "./test-database.ts";

export const webhookSecret = "correct-horse-battery-staple-0123456789";

/** A policy without models: a pull request passes when it is linked to an issue. */
export const policyText = `version: 1
models: []
checks:
  linked-issue: { level: block }
`;

/** The App next to a local GitHub that holds `acme/income` with a policy on `main`, and the person `ada` who works there. */
export interface LocalApp extends AsyncDisposable {
  github: LocalGitHub;
  app: App;
  appId: number;
  privateKey: string;
  /** Where the App keeps its data. */
  directory: string;
  /** Address of its database; null when that lies in the folder. */
  databaseUrl: string | null;
  installationId: number;
  ada: Octokit;
  repository: { owner: string; repo: string };
  /** Lines of the App's log. */
  lines: string[];
  /** What the fake pipeline was asked, in order. */
  asked: Parameters<ReviewModels>[0][];
  /** Makes the next run of the fake pipeline wait for this. */
  beforeNextReview(wait: () => Promise<void>): void;
  /** Puts files on a branch as one commit, creating the branch from `main` when it is new. Returns the commit. */
  commit(branch: string, files: Record<string, string | null>): Promise<string>;
  /** Opens a pull request from a branch. */
  open(branch: string, fields?: { title?: string; body?: string; base?: string }): Promise<number>;
  /** What the App asked of GitHub while `work` ran and everything it caused was worked off, writes included. */
  callsDuring(work: () => Promise<unknown>): Promise<string[]>;
  issue(title?: string): Promise<number>;
  /** Lets nothing into a branch, administrators included, without this App's check for it. */
  requireCheck(branch?: string): Promise<void>;
  /** Everything that was told has been worked off. */
  settle(): Promise<void>;
  checkRuns(sha: string): Promise<{ name: string; status: string; conclusion: string | null; title: string | null }[]>;
  comments(number: number): Promise<{ id: number; login: string; body: string }[]>;
  /** Acts as the App itself. */
  asApp<T>(act: (octokit: AppOctokit) => Promise<T>): Promise<T>;
  /** Stops the App and starts it again on the same data folder. */
  restart(change?: Partial<AppOptions>): Promise<void>;
}

const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")) as {
  default_permissions: Record<string, "read" | "write">;
  default_events: string[];
};

/**
 * Starts both. The pipeline is a fake that finds nothing unless told otherwise.
 *
 * @param change `requestsPerHour` is what GitHub lets one caller ask in an hour; other than that, options of the App
 */
export async function startLocalApp(
  change: Partial<AppOptions> & { policy?: string | null; requestsPerHour?: number } = {},
): Promise<LocalApp> {
  const { policy = policyText, requestsPerHour, ...options } = change;
  const directory = await mkdtemp(join(tmpdir(), "modelsync-app-"));
  const database = await aTestDatabase(directory);
  const github = await startLocalGitHub({
    conclusionsMayChange: process.env.GITHUB_CONCLUSIONS === "change",
    ...(requestsPerHour === undefined ? {} : { requestsPerHour }),
  });
  const token = github.createUser("ada");
  github.createOrganization("acme", "ada");
  await github.createRepository({ owner: "acme", name: "income", autoInit: true });
  const { appId, privateKey } = github.createApp({
    slug: "modelsync",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret,
  });
  const quiet = () => {};
  // A refusal is an answer that tests ask for; it needs no line in their output.
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const ada = new Octokit({ auth: token, baseUrl: github.url, log });
  const repository = { owner: "acme", repo: "income" };
  const lines: string[] = [];
  const asked: LocalApp["asked"] = [];
  const waiting: (() => Promise<void>)[] = [];
  const settings: AppOptions["settings"] = {
    port: 0,
    host: "127.0.0.1",
    logLevel: "debug",
    databaseUrl: database.url,
    dataDirectory: directory,
    apiUrl: github.url,
    reviewsAtOnce: 2,
    childLimits: { seconds: 60, megabytes: 1024 },
    sweep: false,
  };
  const base: AppOptions = {
    settings,
    credentials: { appId, privateKey, webhookSecret },
    log: createLog("debug", (line) => lines.push(line)),
    throttle: false,
    debounceSeconds: 0,
    retries: 1,
    retrySeconds: 1,
    // What is written does not depend on how busy this machine is: only a test that asks for it sees a review under way.
    patienceMilliseconds: 3_600_000,
    reviewModels: async (request) => {
      asked.push(request);
      await waiting.shift()?.();
      return [];
    },
    ...options,
  };
  const local: LocalApp = {
    github,
    app: await startApp(base),
    appId,
    privateKey,
    directory,
    databaseUrl: database.url,
    installationId: 0,
    ada,
    repository,
    lines,
    asked,
    beforeNextReview: (wait) => void waiting.push(wait),
    commit: (branch, files) => commitFiles(ada, repository, branch, files),
    async open(branch, { title = `Change ${branch}`, body = "", base = "main" } = {}) {
      const { data } = await ada.rest.pulls.create({ ...repository, head: branch, base, title, body });
      return data.number;
    },
    async callsDuring(work) {
      const start = github.requests.length;
      await work();
      await local.settle();
      return github.requests
        .slice(start)
        .filter(({ actor }) => actor.startsWith("installation:") || actor.startsWith("app:"))
        .map(({ operation, method, path }) => operation ?? `${method} ${path}`);
    },
    async issue(title = "Improve the model") {
      return (await ada.rest.issues.create({ ...repository, title, body: "As agreed." })).data.number;
    },
    async requireCheck(branch = "main") {
      const checks = [{ context: `ModelSync: ${branch}`, app_id: appId }];
      await ada.rest.repos.updateBranchProtection({
        ...repository,
        branch,
        required_status_checks: { strict: false, contexts: [], checks },
        enforce_admins: true,
        required_pull_request_reviews: null,
        restrictions: null,
      });
    },
    async settle() {
      // Work makes webhooks and webhooks make work; two quiet rounds mean that neither is left.
      for (let round = 0; round < 2; round += 1) {
        await github.idle();
        await local.app.idle();
      }
    },
    async checkRuns(sha) {
      const { data } = await ada.rest.checks.listForRef({ ...repository, ref: sha, filter: "all" });
      return data.check_runs.map(({ name, status, conclusion, output }) => ({
        name,
        status,
        conclusion,
        title: output.title,
      }));
    },
    async comments(number) {
      const { data } = await ada.rest.issues.listComments({ ...repository, issue_number: number });
      return data.map(({ id, user, body }) => ({ id, login: user?.login ?? "", body: body ?? "" }));
    },
    asApp: async (act) =>
      act(await connectApp({ appId, privateKey, webhookSecret, apiUrl: github.url }, base.log, false).asApp()),
    async restart(changed = {}) {
      await local.app.stop();
      local.app = await startApp({ ...base, ...changed });
      github.setWebhook(appId, `${local.app.url}/api/github/webhooks`);
    },
    async [Symbol.asyncDispose]() {
      await local.app.stop();
      await github.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  github.setWebhook(appId, `${local.app.url}/api/github/webhooks`);
  if (policy !== null) await local.commit("main", { ".github/modelsync.yml": policy });
  local.installationId = github.installApp(appId, "acme");
  await local.settle();
  return local;
}

async function commitFiles(
  octokit: Octokit,
  repository: LocalApp["repository"],
  branch: string,
  files: Record<string, string | null>,
): Promise<string> {
  const find = async (name: string) => {
    const refs = await octokit.rest.git.listMatchingRefs({ ...repository, ref: `heads/${name}` });
    return refs.data.find(({ ref }) => ref === `refs/heads/${name}`)?.object.sha;
  };
  const known = await find(branch);
  const parent = known ?? (await find("main"));
  if (parent === undefined) throw new Error("the repository has no main branch");
  const tree = await octokit.rest.git.createTree({
    ...repository,
    base_tree: parent,
    tree: Object.entries(files).map(([path, content]) => ({
      path,
      mode: "100644" as const,
      type: "blob" as const,
      ...(content === null ? { sha: null } : { content }),
    })),
  });
  const commit = await octokit.rest.git.createCommit({
    ...repository,
    message: `Change ${Object.keys(files).join(", ")}`,
    tree: tree.data.sha,
    parents: [parent],
  });
  const { sha } = commit.data;
  if (known === undefined) await octokit.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha });
  else await octokit.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha });
  return sha;
}
