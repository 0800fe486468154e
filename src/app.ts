import { join } from "node:path";
import type { Logger } from "pino";
import type { Credentials, Settings } from "./environment.ts";
import { connectApp } from "./github/app-client.ts";
import { receiveWebhooks } from "./github/receive-webhooks.ts";
import { acceptDelivery } from "./jobs/accept-delivery.ts";
import { fanOut } from "./jobs/fan-out-job.ts";
import { reconcile, sweep } from "./jobs/find-missed.ts";
import { handleReview } from "./jobs/handle-review.ts";
import { keepCachesSmall } from "./jobs/keep-caches-small.ts";
import { modelReviewer } from "./jobs/model-reviewer.ts";
import type { ReviewModels, ReviewPorts } from "./jobs/review-ports.ts";
import { renderReport } from "./report/render-report.ts";
import { sealKeyOf } from "./report/seal.ts";
import { openQueue } from "./store/job-queue.ts";
import { openDatabase } from "./store/open-database.ts";
import { countPendingJobs } from "./store/pending-jobs.ts";
import { loadChecks } from "./verdict/discover-checks.ts";
import { healthDoor } from "./web/health.ts";
import { serve } from "./web/serve.ts";
import { webhookDoor } from "./web/webhook-door.ts";

export interface AppOptions {
  settings: Settings;
  credentials: Credentials;
  log: Logger;
  /** Keep the pauses between writes that GitHub asks for. Only for a GitHub of one's own: false. */
  throttle?: boolean;
  debounceSeconds?: number;
  retries?: number;
  retrySeconds?: number;
  /** Seconds that running jobs get to end when the App stops. */
  graceSeconds?: number;
  /** How long a review may take before its check run says that it is under way. */
  patienceMilliseconds?: number;
  /** Replaces the child processes. */
  reviewModels?: ReviewModels;
  /** Replaces the checks under `src/checks`. */
  checks?: ReviewPorts["checks"];
  /** Replaces the templates. */
  render?: ReviewPorts["render"];
}

export interface App {
  port: number;
  url: string;
  /** Looks for what was missed, without waiting for its time. */
  runNow(which: "sweep" | "reconcile"): Promise<void>;
  /** Resolves when no job is waiting or running. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Long enough for a review that is nearly done; a process manager usually kills after 30 seconds. */
const defaultGraceSeconds = 20;
/** Most reviews without training end sooner, and then the verdict itself is the first thing to show. */
const defaultPatienceMilliseconds = 700;
const idlePollMilliseconds = 20;

/** Starts the App: database, queue, GitHub, web server. Rejects with a message for people when it can't. */
export async function startApp(options: AppOptions): Promise<App> {
  const { settings, credentials, log } = options;
  const { databaseUrl, dataDirectory } = settings;
  const checks = options.checks ?? (await loadChecks());
  const database = await openDatabase(databaseUrl === null ? { directory: dataDirectory } : { url: databaseUrl });
  const github = connectApp({ ...credentials, apiUrl: settings.apiUrl }, log, options.throttle ?? true);
  const queue = await openQueue(
    database,
    {
      debounceSeconds: options.debounceSeconds ?? 1,
      concurrency: settings.reviewsAtOnce,
      retries: options.retries ?? 4,
      retrySeconds: options.retrySeconds ?? 5,
      sweep: settings.sweep,
    },
    log,
  );
  const ports: ReviewPorts = {
    database,
    queue,
    github,
    checks,
    reviewModels: options.reviewModels ?? modelReviewer(join(dataDirectory, "runs"), settings.childLimits),
    render: options.render ?? renderReport,
    patienceMilliseconds: options.patienceMilliseconds ?? defaultPatienceMilliseconds,
    sealKey: sealKeyOf(credentials.privateKey),
    blobDirectory: join(dataDirectory, "blobs"),
    log,
  };
  await queue.start({
    review: (key, attempt) => handleReview(ports, key, attempt),
    fanOut: (request) => fanOut(ports, request),
    sweep: () => sweep(ports),
    reconcile: () => reconcile(ports),
  });
  const receive = receiveWebhooks(
    github.probot,
    (delivery) => acceptDelivery({ database, queue, appId: credentials.appId }, delivery),
    log,
  );
  const server = await serve([healthDoor(database), webhookDoor(receive)], settings, log);
  log.info({ port: server.port, database: database.kind, checks: checks.size }, "ModelSync is ready");
  const stopPruning = keepCachesSmall([join(dataDirectory, "runs"), join(dataDirectory, "blobs")], log);
  let stopped: Promise<void> | null = null;
  const stopAll = async () => {
    stopPruning();
    await server.close();
    await queue.stop(options.graceSeconds ?? defaultGraceSeconds);
    await database.close();
  };
  return {
    port: server.port,
    url: `http://${settings.host}:${server.port}`,
    runNow: (which) => (which === "sweep" ? sweep(ports) : reconcile(ports)),
    async idle() {
      for (;;) {
        const { waiting, active } = await countPendingJobs(database);
        if (waiting + active === 0) return;
        await new Promise((resolve) => setTimeout(resolve, idlePollMilliseconds));
      }
    },
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };
}
