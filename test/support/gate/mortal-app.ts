import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite, type PGliteInterface, type Transaction } from "@electric-sql/pglite";
import { seedDataDirectory } from "../database-template.ts";
import { type LocalApp, startLocalApp } from "../local-app.ts";

const never = new Promise<never>(() => {});

/**
 * One life of an App in this process. Everything that it awaits of the database and of GitHub goes through here, so it can
 * end at any of them as if it had been killed: nothing that comes after happens, and what was not committed never was.
 */
export class Life {
  /** How many awaits there were. */
  awaits = 0;
  /** Dies at this await instead of making it. */
  deathAt = Number.POSITIVE_INFINITY;
  dead = false;
  server: Server | null = null;
  readonly #death = Promise.withResolvers<void>();
  readonly died: Promise<void> = this.#death.promise;

  die(): void {
    this.dead = true;
    this.server?.closeAllConnections();
    this.server?.close();
    this.#death.resolve();
  }

  /** Makes a call, unless the life ends before it; the answer comes only to the living. */
  async call<T>(work: () => Promise<T>, counted = true): Promise<T> {
    if (counted && !this.dead) {
      this.awaits += 1;
      if (this.awaits >= this.deathAt) this.die();
    }
    if (this.dead) return never;
    try {
      const result = await work();
      return this.dead ? never : result;
    } catch (error) {
      if (this.dead) return never;
      throw error;
    }
  }

  /** The database as this life sees it. It stays when the life ends, as files do. */
  see(disk: PGlite): PGliteInterface {
    // The queue looks for work all the time; a death then is the same as one before or after.
    const counted = (text: string) => !text.includes("pgboss");
    const seen: Pick<PGlite, "query" | "exec" | "transaction" | "listen" | "close"> = {
      query: (text, ...rest) => this.call(() => disk.query(text, ...rest), counted(text)),
      exec: (text, ...rest) => this.call(() => disk.exec(text, ...rest), counted(text)),
      transaction: (work) =>
        this.call(
          () =>
            disk.transaction((transaction) => {
              // A transaction of a dead process is rolled back.
              const fallen = this.died.then(() => Promise.reject(new Error("the App died")));
              fallen.catch(() => {});
              return Promise.race([work(this.#within(transaction)), fallen]);
            }),
          false,
        ),
      listen: async (channel, hear, ...rest) =>
        disk.listen(channel, (payload) => (this.dead ? undefined : hear(payload)), ...rest),
      close: async () => {},
    };
    return seen as unknown as PGliteInterface;
  }

  #within(transaction: Transaction): Transaction {
    return Object.assign(Object.create(transaction) as Transaction, {
      query: (text: string, ...rest: unknown[]) =>
        this.call(() => (transaction.query as (...all: unknown[]) => Promise<never>)(text, ...rest)),
    });
  }
}

const disks = new Map<string, Promise<PGlite>>();
const byPort = new Map<number, Life>();
const lives = new AsyncLocalStorage<Life>();
let installed = false;

/** The database in a data folder, which outlives every App here. */
export function diskOf(directory: string): Promise<PGlite> {
  install();
  const folder = join(directory, "database");
  const disk = disks.get(folder) ?? open({ dataDir: folder });
  disks.set(folder, disk);
  return disk;
}

const open = PGlite.create.bind(PGlite) as (options: { dataDir: string }) => Promise<PGlite>;

/** Puts lives between Apps and what they call: databases, GitHub, and the connections of their servers. */
function install(): void {
  if (installed) return;
  installed = true;
  PGlite.create = (async ({ dataDir }: { dataDir: string }) => {
    const disk = await diskOf(join(dataDir, ".."));
    return lives.getStore()?.see(disk) ?? disk;
  }) as never;
  const { fetch } = globalThis;
  globalThis.fetch = (...all) => lives.getStore()?.call(() => fetch(...all)) ?? fetch(...all);
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    const address = server.address();
    const life = typeof address === "object" && address !== null ? byPort.get(address.port) : undefined;
    if (life) life.server = server;
  });
}

/** Starts an App by `start` as a new life. The data folder of one that died is free for the next. */
export async function beginLife(directory: string, start: () => Promise<{ port: number }>): Promise<Life> {
  install();
  await rm(join(directory, "modelsync.lock"), { force: true });
  const life = new Life();
  byPort.set((await lives.run(life, start)).port, life);
  return life;
}

/** Does something as part of a life. Resolves with null when the life ends before it does. */
export function within<T>(life: Life, work: () => Promise<T>): Promise<T | null> {
  return Promise.race([lives.run(life, work), life.died.then(() => null)]);
}

/** Does something that is no part of the life that asks for it. */
export const outside: <T>(work: () => T) => T = (work) => lives.exit(work);

export async function closeDisks(): Promise<void> {
  for (const disk of disks.values()) await (await disk).close();
  disks.clear();
}

/** Making one closes a database, which must then be no disk that outlives its App. */
async function makeDatabaseTemplate(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "modelsync-empty-"));
  await seedDataDirectory(folder);
  await rm(folder, { recursive: true });
}

/** The App beside a local GitHub that stays, as one life after the other on one data folder. */
export class MortalApp implements AsyncDisposable {
  readonly local: LocalApp;
  life: Life;

  private constructor(local: LocalApp, life: Life) {
    this.local = local;
    this.life = life;
  }

  static async start(options: Parameters<typeof startLocalApp>[0] = {}): Promise<MortalApp> {
    await makeDatabaseTemplate();
    let local: LocalApp | undefined;
    const life = await beginLife(tmpdir(), async () => {
      local = await startLocalApp(options);
      return local.app;
    });
    return new MortalApp(local!, life);
  }

  /** Starts it again after its life has ended, as a process manager does. */
  async revive(): Promise<void> {
    const { local } = this;
    local.app = { ...local.app, stop: async () => {} };
    this.life = await beginLife(local.directory, async () => {
      await local.restart();
      return local.app;
    });
  }

  /** Everything that was told has been worked off, or the App died over it. */
  async settle(): Promise<void> {
    await within(this.life, () => this.local.settle());
  }

  async runNow(which: "sweep" | "reconcile"): Promise<void> {
    await within(this.life, () => this.local.app.runNow(which));
    await this.settle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A sequence that was given up may still be at it.
    this.life.die();
    this.local.app = { ...this.local.app, stop: async () => {} };
    await this.local[Symbol.asyncDispose]();
    await closeDisks();
  }
}
