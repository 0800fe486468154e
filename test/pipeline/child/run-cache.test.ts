import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRunCache } from "../../../pipeline/child/run-cache.ts";
import { aRun } from "../../support/runs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const run = { ...aRun([{ key: "a", actual: "yes", says: [0.25, 0.75] }]), key: "k1" };

it("keeps a run as it was, in one file and nothing else", async () => {
  const cache = join(folder, "new", "folder");
  openRunCache(cache).set(run);
  expect(openRunCache(cache).get("k1")).toEqual(JSON.parse(JSON.stringify(run)));
  expect(await readdir(cache)).toEqual(["k1.json"]);
});

it("without a folder keeps nothing", () => {
  const cache = openRunCache(null);
  cache.set(run);
  expect(cache.get("k1")).toBe(null);
});

it("a folder that cannot be written only costs time", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const cache = openRunCache(file);
  cache.set(run);
  expect(cache.get("k1")).toBe(null);
});

it("an entry that is whole and no run counts as none", async () => {
  const cache = await mkdtemp(join(folder, "cache-"));
  const { holdout } = run;
  const strange = { ...run, holdout: { ...holdout, probabilities: holdout.probabilities.map(String) } };
  openRunCache(cache).set(strange as never);
  expect(openRunCache(cache).get("k1")).toBe(null);
});

describe("an entry counts as none", () => {
  it.each<[string, (written: string) => string]>([
    ["when it is cut", (written) => written.slice(0, -1)],
    ["when a digit changed", (written) => written.replace("0.75", "0.76")],
    ["when it is empty", () => ""],
    ["when it is of another run", (written) => written],
  ])("%s", async (name, damage) => {
    const cache = await mkdtemp(join(folder, "cache-"));
    openRunCache(cache).set(run);
    const key = name === "when it is of another run" ? "k2" : "k1";
    await writeFile(join(cache, `${key}.json`), damage(await readFile(join(cache, "k1.json"), "utf8")));
    expect(openRunCache(cache).get(key)).toBe(null);
  });
});
