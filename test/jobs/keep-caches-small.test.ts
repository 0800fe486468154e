import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { keepCachesSmall } from "../../src/jobs/keep-caches-small.ts";
import { soon } from "../support/soon.ts";

it("prunes at once and says how much", async () => {
  const folder = mkdtempSync(join(tmpdir(), "modelsync-caches-"));
  const old = join(folder, `${"a".repeat(64)}.json`);
  const fresh = join(folder, `${"b".repeat(64)}.json`);
  for (const file of [old, fresh]) writeFileSync(file, "{}");
  utimesSync(old, 0, 0);
  const lines: unknown[] = [];
  const stop = keepCachesSmall([folder, join(folder, "none")], { info: (line: unknown) => void lines.push(line) });
  await vi.waitFor(() => expect(lines).toEqual([{ files: 1 }]), soon);
  expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  stop();
  rmSync(folder, { recursive: true });
});
