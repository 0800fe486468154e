import { createHash } from "node:crypto";
import { type JobWithMetadata, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { z } from "zod";
import { type FanOut, fanOutSchema } from "../events/effect.ts";
import { asQueueStatements, type Database, type Queryable } from "./database.ts";
import { failedJobs } from "./pending-jobs.ts";
import { type PullRequestKey, pullRequestKeySchema } from "./pull-requests.ts";

const fanOutJobSchema = fanOutSchema.and(z.object({ guid: z.string().nullable() }));

/** One attempt at a job. */
export interface Attempt {
  /** Nothing tries again after this one: it must end in something published. */
  last: boolean;
  /** Fires when the time for the job is over. */
  signal: AbortSignal;
}

export interface JobHandlers {
  review(key: PullRequestKey, attempt: Attempt): Promise<void>;
  fanOut(request: z.infer<typeof fanOutJobSchema>): Promise<void>;
  sweep(): Promise<void>;
  reconcile(): Promise<void>;
}

export interface QueueOptions {
  /** Seconds between an event and its review, so that a burst of events costs one. */
  debounceSeconds: number;
  /** Reviews at the same time in this process. */
  concurrency: number;
  /** Tries after the first one. */
  retries: number;
  /** Seconds before the first retry; doubles each time. */
  retrySeconds: number;
  /** Whether to look for missed events regularly. */
  sweep: boolean;
}

/** Durable jobs. A job carries a key and no state: whatever it needs, it reads when it runs. */
export interface Queue {
  /**
   * Puts a review into the queue. One may wait and one may run per pull request, so an event that arrives during a
   * review is never lost and a burst of events never piles up.
   */
  sendReview(
    transaction: Queryable,
    key: PullRequestKey,
    options?: { startAfter?: Date; background?: boolean },
  ): Promise<void>;
  sendFanOut(transaction: Queryable, request: FanOut, guid: string | null, startAfter?: Date): Promise<void>;
  /** Gives fan-outs that were given up another try each. Returns how many. */
  retryFanOuts(): Promise<number>;
  start(handlers: JobHandlers): Promise<void>;
  /** Lets running jobs end within the time, then gives up on them; they run again after the next start. */
  stop(graceSeconds: number): Promise<void>;
}

const review = "review";
const fanOut = "fan-out";
const sweep = "sweep";
const reconcile = "reconcile";

/** Everything that a job may take, children included; a job that takes longer is tried again. */
const expireInSeconds = 900;

/** A fan-out that fails for that long fails for a reason of its own; what it was for, the reconciliation finds. */
const retryDays = 3;

/** How long finished jobs stay, for a look at what happened. */
const deleteAfterSeconds = 86_400;

const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, includeMetadata: true } as const;

export async function openQueue(database: Database, options: QueueOptions, log: Logger): Promise<Queue> {
  const boss = new PgBoss({
    ...database.queueConnection,
    schedule: options.sweep,
    useListenNotify: true,
  } as ConstructorParameters<typeof PgBoss>[0]);
  boss.on("error", (error) => log.error({ err: error }, "the job queue has a problem"));
  await boss.start();
  const retry = {
    retryLimit: options.retries,
    retryDelay: options.retrySeconds,
    retryBackoff: true,
    retryDelayMax: 300,
  };
  const alive = database.kind === "postgres" ? { heartbeatSeconds: 60 } : {};
  for (const name of [review, fanOut, sweep, reconcile]) {
    await boss.createQueue(name, { policy: "short", notify: true, ...alive });
    // Creating a queue that exists changes nothing, and the settings may be newer than the queue.
    await boss.updateQueue(name, { expireInSeconds, deleteAfterSeconds, ...retry });
    // The queue's settings are read on first use; within a transaction of ours that read would wait for itself.
    await boss.findJobs(name, { key: "" });
  }
  await requeueInterruptedJobs(database);

  return {
    async sendReview(transaction, { repositoryId, number }, { startAfter, background = false } = {}) {
      const id = `${repositoryId}#${number}`;
      await boss.send(
        review,
        { repositoryId, number },
        {
          singletonKey: id,
          group: { id },
          priority: background ? 0 : 1,
          startAfter: startAfter ?? options.debounceSeconds,
          db: asQueueStatements(transaction) as never,
        },
      );
    },
    async sendFanOut(transaction, request, guid, startAfter) {
      await boss.send(
        fanOut,
        { ...request, guid },
        {
          // A digest: an installation can name hundreds of repositories, and an index entry has room for few.
          singletonKey: createHash("sha256").update(JSON.stringify(request)).digest("hex"),
          ...(startAfter === undefined ? {} : { startAfter }),
          db: asQueueStatements(transaction) as never,
        },
      );
    },
    async retryFanOuts() {
      const failed = await failedJobs(database, fanOut, retryDays);
      if (failed.length > 0) await boss.retry(fanOut, failed);
      return failed.length;
    },
    async start(handlers) {
      const perReview = { ...polling, localConcurrency: options.concurrency, groupConcurrency: 1 };
      await boss.work(review, perReview, (jobs) =>
        each(log, jobs, (job) => handlers.review(pullRequestKeySchema.parse(job.data), attemptOf(job))),
      );
      await boss.work(fanOut, polling, (jobs) =>
        each(log, jobs, (job) => handlers.fanOut(fanOutJobSchema.parse(job.data))),
      );
      if (!options.sweep) return;
      await boss.work(sweep, { pollingIntervalSeconds: 5 }, () => handlers.sweep());
      await boss.schedule(sweep, "*/5 * * * *");
      await boss.work(reconcile, { pollingIntervalSeconds: 5 }, () => handlers.reconcile());
      await boss.schedule(reconcile, "17 * * * *");
    },
    stop: (graceSeconds) => boss.stop({ graceful: true, timeout: graceSeconds * 1000, close: true }),
  };
}

/**
 * Puts jobs that were running when the process died back into the queue. Only right for a sole owner: on PGlite the
 * lock file makes this process the only one. On PostgreSQL other workers are alive, and the queue's heartbeat decides.
 */
async function requeueInterruptedJobs(database: Database): Promise<void> {
  if (database.kind !== "pglite") return;
  await database.query("update pgboss.job set state = 'retry', start_after = now() where state = 'active'");
}

async function each(
  log: Logger,
  jobs: JobWithMetadata<unknown>[],
  handle: (job: JobWithMetadata<unknown>) => Promise<void>,
) {
  for (const job of jobs) {
    try {
      await handle(job);
    } catch (error) {
      log.warn({ err: error, queue: job.name, job: job.data, retry: job.retryCount }, "a job failed");
      throw error;
    }
  }
}

function attemptOf(job: JobWithMetadata<unknown>): Attempt {
  return { last: job.retryCount >= job.retryLimit, signal: job.signal };
}
