import { readFileSync } from "node:fs";

const everyMilliseconds = 50;

/**
 * Calls `onExceeded` once when the process holds more than `megabytes` of memory, native memory included.
 *
 * Reads Linux's `/proc`. Elsewhere the child's own reports are the only source: pass them to the returned `report`.
 */
export function watchMemory(pid: number, megabytes: number, onExceeded: () => void) {
  const limit = megabytes * 1024 * 1024;
  let over = false;
  const report = (bytes: number) => {
    if (over || bytes <= limit) return;
    over = true;
    onExceeded();
  };
  const timer = setInterval(() => report(residentBytes(pid)), everyMilliseconds);
  return { report, stop: () => clearInterval(timer) };
}

/** Resident set size, or 0 when the system does not tell. */
function residentBytes(pid: number): number {
  if (process.platform !== "linux") return 0;
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return Number(kibibytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
