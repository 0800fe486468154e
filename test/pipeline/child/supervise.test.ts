import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { supervisorOf } from "../../../pipeline/child/supervise.ts";
import type { Progress } from "../../../pipeline/progress.ts";
import type { ReviewJob } from "../../../pipeline/review/model-review.ts";
import { revisionData } from "../../../pipeline/revision-data.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
  // Folders of children go here, so that other programs' files in the system's folder do not disturb the comparison.
  process.env.TMPDIR = folder;
});
afterAll(async () => {
  delete process.env.TMPDIR;
  await rm(folder, { recursive: true });
});

const child = (name: string) =>
  supervisorOf(fileURLToPath(new URL(`../../fixtures/children/${name}.js`, import.meta.url)));

const aJob = (change: Partial<ReviewJob> = {}): ReviewJob => ({
  model: "income",
  experimentPath: "income.yml",
  base: { state: "absent", commit: "b" },
  head: { state: "absent", commit: "h" },
  metrics: {},
  sliceColumns: [],
  slices: [],
  drift: { exclude: [], share: 0.5, level: 0.05, minimumRows: 50, thresholds: { numeric: 0.1, categorical: 0.1 } },
  level: 0.95,
  cache: null,
  ...change,
});

const foldersOfChildren = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("modelsync-child-"));

describe("a child that misbehaves becomes an outcome and leaves nothing behind", () => {
  const crashed = (detail: unknown) => ({ ended: "crashed", detail });
  it.each([
    ["loops for ever", "infinite-loop", { ended: "timed-out", seconds: 0.5 }],
    ["ignores signals", "deaf", { ended: "timed-out", seconds: 0.5 }],
    ["writes without end", "endless-output", { ended: "timed-out", seconds: 0.5 }],
    ["exits with a code", "exit", crashed("The child process ended with exit code 7.")],
    ["exits as if all were well", "exit-without-result", crashed("The child process ended without a result.")],
    ["is killed", "killed", crashed("The child process ended with signal SIGKILL.")],
    ["recurses for ever", "stack-overflow", crashed(expect.stringContaining("Maximum call stack size exceeded"))],
    ["throws", "throws", crashed(expect.stringContaining("TypeError: cells of undefined"))],
    ["aborts in native code", "native-crash", crashed(expect.stringContaining("ended with signal SIGABRT"))],
    ["fills the heap", "heap-bomb", { ended: "out-of-memory", megabytes: 200 }],
    ["fills memory outside the heap", "buffer-bomb", { ended: "out-of-memory", megabytes: 200 }],
    ["answers nonsense", "garbage", crashed(expect.stringContaining("wrote a result that is not a review"))],
    [
      "answers at length",
      "huge-result",
      crashed("The child process wrote a result of 41,943,041 bytes, more than 33,554,432."),
    ],
    ["makes a folder of its result", "folder-as-result", crashed(expect.stringContaining("not a file"))],
    ["does not exist", "no-such-file", crashed(expect.stringContaining("Cannot find module"))],
  ])("%s", async (_, name, outcome) => {
    const seconds = "seconds" in outcome ? 0.5 : 120;
    const before = await foldersOfChildren();
    expect(await child(name)(aJob(), { seconds, megabytes: 200 })).toEqual(outcome);
    expect(await foldersOfChildren()).toEqual(before);
  });
});

describe("the caller stops a child", () => {
  it("before it starts", async () => {
    const options = { seconds: 120, megabytes: 200, signal: AbortSignal.abort() };
    expect(await child("infinite-loop")(aJob(), options)).toEqual({ ended: "stopped" });
  });

  it("while it works", async () => {
    const options = { seconds: 120, megabytes: 200, signal: AbortSignal.timeout(200) };
    expect(await child("infinite-loop")(aJob(), options)).toEqual({ ended: "stopped" });
  });
});

it("well-formed progress gets through, and only that", async () => {
  const seen: Progress[] = [];
  await child("garbage")(aJob(), { seconds: 120, megabytes: 200, onProgress: (progress) => seen.push(progress) });
  expect(seen).toEqual([{ step: "half", share: 1 }]);
});

it("a child sees the job's files, no secret, no other process", async () => {
  const file = join(folder, "data,with comma.csv");
  await writeFile(file, "a,b\n1,2\n");
  const experiment = {} as Extract<ReviewJob["head"], { state: "ready" }>["experiment"];
  const data = revisionData([{ path: "data.csv", file, blob: "0".repeat(40), size: 8 }]);
  const job = aJob({ head: { state: "ready", commit: "h", experiment, data } });
  const seen: string[] = [];
  const outcome = await child("inspect")(job, {
    seconds: 120,
    megabytes: 200,
    onProgress: (progress) => seen.push(progress.step),
  });
  const kept = getCompileCacheDir() === undefined ? [] : ["NODE_COMPILE_CACHE"];
  const names = ["HOME", "LANG", "MALLOC_MMAP_THRESHOLD_", "MODELSYNC_CPU_SECONDS", ...kept, "PWD", "TMPDIR", "TZ"];
  expect([outcome.ended, ...seen]).toEqual([
    "finished",
    `environment: ${names}`,
    "readSecret: ERR_ACCESS_DENIED",
    "readData: allowed",
    "writeBeside: ERR_ACCESS_DENIED",
    "spawn: ERR_ACCESS_DENIED",
  ]);
});

it("children that run at once keep their outcomes apart", async () => {
  const names = ["exit", "throws", "killed", "garbage", "exit"];
  const outcomes = await Promise.all(names.map((name) => child(name)(aJob(), { seconds: 120, megabytes: 200 })));
  expect(outcomes.map((outcome) => outcome.ended)).toEqual(names.map(() => "crashed"));
});
