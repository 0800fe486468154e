import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { z } from "zod";
import { launchChild, lifeDescriptor } from "./launch.ts";
import type { Supervised, SuperviseOptions, Unfinished } from "./protocol.ts";
import { readReports } from "./read-reports.ts";
import { readResult } from "./read-result.ts";
import { watchMemory } from "./watch-memory.ts";

/** What a child is to do, and what it needs for it. */
export interface ChildTask<T> {
  /** The script that it runs. */
  entry: string;
  /** Plain data, written to its standard input as JSON. */
  job: unknown;
  /** Files that it may read, beside our code and its own folder. */
  reads: readonly string[];
  /** Folders that it may read and write, beside its own. */
  writes: readonly string[];
  /** The schema of its answer, and what an answer is called, with its article. */
  answer: z.ZodType<T>;
  what: string;
  /** Takes what the child left in its folder beside its answer, before the folder is removed. */
  deliver?: (answer: T, folder: string) => Promise<void>;
}

/** Runs a child with limits. Whatever it does, the outcome says so and its folder is removed; rejects only as `deliver` does. */
export async function superviseChild<T>(task: ChildTask<T>, options: SuperviseOptions): Promise<Supervised<T>> {
  if (options.signal?.aborted) return { ended: "stopped" };
  let folder: string | null = null;
  try {
    let ended: Ended;
    try {
      folder = await mkdtemp(join(tmpdir(), "modelsync-child-"));
      const { entry, job, reads, writes } = task;
      const child = launchChild({ entry, folder, reads, writes, ...options });
      ended = await watch(child, JSON.stringify(job), options);
    } catch (error) {
      return { ended: "crashed", detail: `The child process could not be started: ${(error as Error).message}` };
    }
    if (ended.ended !== "finished") return ended;
    const read = await readResult(join(folder, "result.json"), ended.stderr, task.answer, task.what);
    if (read.ended === "finished") await task.deliver?.(read.answer, folder);
    return read;
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

type Ended = Unfinished | { ended: "finished"; stderr: string };

/** Waits until the child has ended by itself or was killed for going over a limit. */
function watch(child: ChildProcess, job: string, options: SuperviseOptions): Promise<Ended> {
  const { seconds, megabytes, onProgress, signal } = options;
  return new Promise((resolve) => {
    if (child.pid === undefined) {
      child.once("error", (error) => resolve({ ended: "crashed", detail: error.message }));
      return;
    }
    let verdict: Ended | null = null;
    const stop = (reason: Ended) => {
      verdict ??= reason;
      child.kill("SIGKILL");
    };
    const onAbort = () => stop({ ended: "stopped" });
    const onParentExit = () => child.kill("SIGKILL");
    const timer = setTimeout(() => stop({ ended: "timed-out", seconds }), seconds * 1000);
    const memory = watchMemory(child.pid, megabytes, () => stop({ ended: "out-of-memory", megabytes }));
    const stderr = keepTail(child.stderr as Readable);
    const life = child.stdio[lifeDescriptor] as Writable;
    life.on("error", () => {});
    let settled = false;
    const settle = (end: Ended) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      memory.stop();
      signal?.removeEventListener("abort", onAbort);
      process.removeListener("exit", onParentExit);
      for (const stream of child.stdio.slice(0, lifeDescriptor)) stream?.destroy();
      life.end("\n");
      resolve(verdict ?? end);
    };

    signal?.addEventListener("abort", onAbort, { once: true });
    process.once("exit", onParentExit);
    readReports(child.stdio[3] as Readable, ({ rss, ...progress }) => {
      memory.report(rss);
      onProgress?.(progress);
    });
    child.once("exit", (code, killedBy) => {
      // What the child wrote last may still be in the pipe; a child of the child must not keep us waiting for it.
      setTimeout(() => settle(howItEnded(code, killedBy, stderr(), megabytes)), 20);
    });
    child.stdin?.on("error", () => {});
    child.stdin?.end(job);
  });
}

function howItEnded(code: number | null, killedBy: string | null, stderr: string, megabytes: number): Ended {
  if (code === 0) return { ended: "finished", stderr };
  if (stderr.includes("heap out of memory") || stderr.includes("Array buffer allocation failed")) {
    return { ended: "out-of-memory", megabytes };
  }
  const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
  return { ended: "crashed", detail: `The child process ended with ${how}.\n${stderr}`.trim() };
}

/** Collects the last 4,000 characters of a stream. */
function keepTail(stream: Readable): () => string {
  let tail = "";
  stream.setEncoding("utf8");
  stream.on("error", () => {});
  stream.on("data", (chunk: string) => {
    tail = (tail + chunk).slice(-4_000);
  });
  return () => tail;
}
