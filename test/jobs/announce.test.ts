import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { announce } from "../../src/jobs/announce.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Counts what is tried; the first so many times fail. */
const failing = (times: number) => {
  const tried: number[] = [];
  const started = Date.now();
  const show = async () => {
    tried.push(Date.now() - started);
    if (tried.length <= times) throw new Error("502");
  };
  return { tried, show };
};

it.each<[what: string, fails: number, ends: number, tried: number[]]>([
  ["at once where it is well", 0, 10_000, [50]],
  ["again, with longer pauses, while the work goes on", 3, 10_000, [50, 1050, 3050, 7050]],
  ["no more when the work has ended", 3, 2000, [50, 1050]],
  ["not at all where the work was quick", 3, 20, []],
])("what takes long is shown: %s", async (_, fails, ends, expected) => {
  const { tried, show } = failing(fails);
  const announcement = await announce(show, 50);
  await vi.advanceTimersByTimeAsync(ends);
  await announcement.settle().catch(() => {});
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tried).toEqual(expected);
});

it("the last failure is that of the whole", async () => {
  const announcement = await announce(failing(9).show, 50);
  await vi.advanceTimersByTimeAsync(2000);
  await expect(announcement.settle()).rejects.toThrow("502");
});
