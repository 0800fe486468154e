import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

/** A live process already uses this data folder. */
export class DirectoryLocked extends Error {
  /** Which process. */
  readonly holder: string;

  constructor(directory: string, holder: string) {
    super(
      `The data folder ${directory} is in use by ${holder}. Two servers on one folder would lose data. ` +
        "Stop the other one, set MODELSYNC_DATA_DIRECTORY to another folder, or set DATABASE_URL to a PostgreSQL server.",
    );
    this.name = "DirectoryLocked";
    this.holder = holder;
  }
}

const holderSchema = z.object({
  pid: z.int(),
  /** When that process started, so that a new process with a recycled id is not mistaken for it. */
  started: z.string(),
  host: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** Longer than it takes to look at a lock and move it. */
const settleMilliseconds = 50;

/**
 * Takes the lock file of a data folder and returns how to give it back.
 *
 * The lock of a dead process is taken over, that of a live one never is. A lock from another host counts as live:
 * from here nobody can tell.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, "modelsync.lock");
  const holder: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname() };
  const mine = JSON.stringify({ ...holder, token: randomUUID() });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await create(file, mine)) {
      // Somebody who saw the lock of a dead process may just have moved ours away instead.
      await wait(settleMilliseconds);
      if ((await read(file)) !== mine) break;
      return async () => {
        if ((await read(file)) === mine) await rm(file, { force: true });
      };
    }
    const held = await read(file);
    if (held === null) continue;
    const other = parseHolder(held);
    if (other && isAlive(other)) throw new DirectoryLocked(directory, `process ${other.pid} on ${other.host}`);
    // Moving it away first makes sure that only one of several waiting processes removes this very lock.
    const stale = `${file}.${randomUUID()}.stale`;
    await rename(file, stale).catch(() => {});
    const moved = await read(stale);
    if (moved !== null && moved !== held) await create(file, moved);
    await rm(stale, { force: true });
  }
  throw new DirectoryLocked(directory, "another process that is starting now");
}

function read(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(content);
    await handle.sync();
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    // A lock that was cut off while being written belongs to a process that died in that moment.
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const started = startOf(holder.pid);
  return started === "" || holder.started === "" || started === holder.started;
}

/** The start time of a process in clock ticks since boot, from Linux's process table; empty where there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program is in parentheses and may hold spaces; the 22nd field is the 20th after it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
