import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { startLocalGitHub } from "../emulator/index.ts";
import { startApp } from "../src/app.ts";
import { createLog } from "../src/web/create-log.ts";
import { aPerson, type Person } from "./person.ts";
import type { Timeline } from "./timeline.ts";

const owner = "acme";
const repo = "income-model";
const login = "ada";
const maintainer = "grace";

/** The local GitHub, the App installed on a protected repository, and a person who works there. */
export interface Stage {
  person: Person;
  /** What somebody needs to work on the repository by hand, as the same person. */
  visitor: { login: string; token: string; cloneUrl: string; pullsUrl: string; homePage: string };
  /** Who may waive on the pull requests of that person. */
  maintainer: { login: string; token: string };
  pageOf(pullRequest: number): string;
  /** Requests and answers that broke GitHub's published schemas, one sentence each. */
  violations(): string[];
  /** Requests that the App sent so far, tokens aside. */
  calls(): number;
  /** Resolves when every webhook was answered and every job is done. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** Changes the example before it is pushed. */
  prepare?: (folder: string) => Promise<void>;
  /** The pauses between writes and the wait for more events, as at the real GitHub. */
  asInProduction?: boolean;
}

/** Sets everything up in a temporary folder, which is removed at the end, or at once when something fails. */
export async function openStage(timeline: Timeline, options: StageOptions = {}): Promise<Stage> {
  const cleanup = new AsyncDisposableStack();
  try {
    return await setUp(timeline, options, cleanup);
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}

async function setUp(
  timeline: Timeline,
  { prepare, asInProduction = false }: StageOptions,
  cleanup: AsyncDisposableStack,
): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), "modelsync-demo-"));
  cleanup.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  const github = await startLocalGitHub({ directory: join(directory, "github") });
  cleanup.defer(() => github.close());
  timeline.say(`a local GitHub answers at ${github.url} (git, REST, GraphQL, webhooks, pages)`);

  const token = github.createUser(login);
  github.createOrganization(owner, login);
  await github.createRepository({ owner, name: repo });
  const manifest = parse(readFileSync(new URL("../app.yml", import.meta.url), "utf8"));
  const webhookSecret = randomBytes(32).toString("hex");
  const { appId, privateKey } = github.createApp({
    slug: "modelsync",
    name: "ModelSync",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret,
  });
  const app = await startApp({
    settings: {
      port: 0,
      host: "127.0.0.1",
      logLevel: "error",
      databaseUrl: null,
      dataDirectory: join(directory, "app"),
      apiUrl: github.url,
      reviewsAtOnce: 2,
      childLimits: { seconds: 120, megabytes: 2048 },
      sweep: false,
    },
    credentials: { appId, privateKey, webhookSecret },
    log: createLog("error"),
    ...(asInProduction ? {} : { throttle: false, debounceSeconds: 0 }),
  });
  cleanup.defer(() => app.stop());
  github.setWebhook(appId, `${app.url}/api/github/webhooks`);
  timeline.say(`ModelSync serves at ${app.url}`);

  const clone = join(directory, "clone");
  await cp(new URL("../examples/income-model", import.meta.url), clone, { recursive: true });
  await prepare?.(clone);
  const person = aPerson({ url: github.url, token, login, owner, repo, clone });
  await person.pushFirstCommit();
  const maintainerToken = github.createUser(maintainer);
  github.addMember(owner, maintainer);
  await person.addMaintainer(maintainer);
  timeline.say(`${login} pushes examples/income-model to ${owner}/${repo}`);
  github.installApp(appId, owner);
  await person.protectMain("ModelSync: main", appId);
  timeline.say(`the App is installed; main now requires the check "ModelSync: main" of this App`);

  return {
    person,
    visitor: {
      ...{ login, token, cloneUrl: person.cloneUrl },
      pullsUrl: `${github.url}/repos/${owner}/${repo}/pulls`,
      homePage: `${github.url}/${owner}/${repo}`,
    },
    maintainer: { login: maintainer, token: maintainerToken },
    pageOf: (pullRequest) => `${github.url}/${owner}/${repo}/pull/${pullRequest}`,
    violations: () => github.violations.map(({ side, operation, message }) => `${side} of ${operation}: ${message}`),
    calls: () => github.requests.filter(({ actor }) => actor.startsWith("installation:")).length,
    async idle() {
      // Work makes webhooks and webhooks make work; two quiet rounds mean that neither is left.
      for (let round = 0; round < 2; round += 1) {
        await github.idle();
        await app.idle();
      }
    },
    close: () => cleanup.disposeAsync(),
  };
}
