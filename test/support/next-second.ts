import { vi } from "vitest";

/** Waits until the clock shows another second: GitHub's times have whole ones, and what happens in one has no order. */
export async function nextSecond(): Promise<void> {
  const now = () => Math.floor(Date.now() / 1000);
  const start = now();
  await vi.waitUntil(() => now() > start, { timeout: 2000 });
}
