import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pruneCache } from "../../src/prepare/prune-cache.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-prune-"));
  mkdirSync(join(folder, "deep"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const now = Date.UTC(2026, 0, 31);

/** Writes an entry of 100 bytes, some days old. */
function entry(name: string, days: number): string {
  const path = join(folder, name);
  writeFileSync(path, "x".repeat(100));
  const seconds = now / 1000 - days * 86_400;
  utimesSync(path, seconds, seconds);
  return path;
}

const digest = (letter: string) => letter.repeat(64);

it("removes what is too old, then the oldest until the rest is small enough", async () => {
  entry(`${digest("a")}.json`, 40);
  entry(`${digest("b")}.json`, 20);
  entry(`deep/${digest("c")}`, 10);
  entry(`${digest("d")}.json.77.part`, 5);
  expect(await pruneCache([folder], { bytes: 250, days: 30 }, now)).toBe(2);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
    `${digest("d")}.json.77.part`,
    "deep",
    `deep/${digest("c")}`,
  ]);
});

it("leaves alone what is no entry, and follows no link", async () => {
  const outside = mkdtempSync(join(tmpdir(), "modelsync-outside-"));
  const kept = entry("thesis.json", 400);
  const target = join(outside, `${digest("e")}.json`);
  writeFileSync(target, "x");
  symlinkSync(target, join(folder, `${digest("f")}.json`));
  symlinkSync(outside, join(folder, "link"));
  expect(await pruneCache([folder, join(folder, "none")], { bytes: 0, days: 0 }, now + 86_400_000 * 365)).toBe(0);
  expect([existsSync(kept), existsSync(target)]).toEqual([true, true]);
  rmSync(outside, { recursive: true });
});
