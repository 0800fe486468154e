import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DirectoryLocked, lockDirectory } from "../../src/store/directory-lock.ts";
import { startNode } from "../support/start-node.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(() => rm(directory, { recursive: true }));

const file = () => join(directory, "modelsync.lock");

it("is given back", async () => {
  const release = await lockDirectory(directory);
  expect(JSON.parse(await readFile(file(), "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
  await release();
  expect(await readdir(directory)).toEqual([]);
  await (await lockDirectory(directory))();
});

it("is never taken from a live process", async () => {
  const release = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow(DirectoryLocked);
  await expect(lockDirectory(directory)).rejects.toThrow(
    new RegExp(`in use by process ${process.pid} .*Stop the other one, set MODELSYNC_DATA_DIRECTORY .* DATABASE_URL`),
  );
  await release();
});

it("is taken over from a process that died", async () => {
  const child = startNode(fileURLToPath(new URL("hold-lock.ts", import.meta.url)), [directory], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await once(child, "message");
  await expect(lockDirectory(directory)).rejects.toThrow(`process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const release = await lockDirectory(directory);
  await release();
});

it.each<[string, string, boolean]>([
  ["a recycled process id", JSON.stringify({ pid: process.pid, started: "1", host: hostname() }), true],
  ["a lock that was cut off", '{"pid": 12', true],
  ["an empty lock", "", true],
  ["another host", JSON.stringify({ pid: 1, started: "1", host: "elsewhere" }), false],
])("with %s", async (_, content, free) => {
  await writeFile(file(), content);
  const taken = lockDirectory(directory);
  if (free) await (await taken)();
  else await expect(taken).rejects.toThrow("process 1 on elsewhere");
});

it("goes to one of many that wait for a stale lock", async () => {
  await writeFile(file(), JSON.stringify({ pid: 2 ** 22 + 1, started: "1", host: hostname() }));
  const taken = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
  expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
