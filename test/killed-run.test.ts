import { cpSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, it, vi } from "vitest";
import { ensureTemplate } from "./support/database-template.ts";
import { soon } from "./support/soon.ts";
import { startNode } from "./support/start-node.ts";

interface Process {
  pid: number;
  parent: number;
  /** When it started, so that another that got its id later is not taken for it. */
  started: string;
  command: string;
}

/** What Linux says about a process, or null when there is none or only its exit code is left. */
function lookUp(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Behind the name, which may hold anything: state, parent, …, the 22nd field is the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return fields[0] === "Z" ? null : { pid, parent: Number(fields[1]), started: fields[19]!, command };
  } catch {
    return null;
  }
}

function descendantsOf(pid: number): Process[] {
  const all = readdirSync("/proc")
    .map(Number)
    .filter(Number.isInteger)
    .map(lookUp)
    .filter((one) => one !== null);
  const within = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...within(one.pid)]);
  return within(pid);
}

const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
const config = "test/fixtures/killed-run/vitest.config.ts";

it.runIf(process.platform === "linux").each(["the run", "its worker"])(
  "when %s is killed, no process is left",
  async (killed) => {
    const folder = await mkdtemp(join(tmpdir(), "modelsync-killed-"));
    // A folder for all that it would leave, with what takes long to make. PostgreSQL, not being root, needs one for all.
    await chmod(folder, 0o1777);
    const template = await ensureTemplate();
    cpSync(template, join(folder, basename(template)), { recursive: true });
    const { VITEST: _, ...env } = process.env;
    const run = startNode(vitest, ["run", "--config", config], {
      cwd: join(import.meta.dirname, ".."),
      env: { ...env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [run.stdout, run.stderr]) stream?.on("data", (chunk) => (printed += String(chunk)));
    try {
      const started = await vi.waitFor(() => {
        if (run.exitCode !== null) throw new Error(printed);
        const found = descendantsOf(run.pid!);
        for (const part of [/src\/main\.ts/, /infinite-loop\.js/, /git .*cat-file/, /bin\/postgres /]) {
          expect(found.map(({ command }) => command)).toContainEqual(expect.stringMatching(part));
        }
        return found;
      }, soon);
      const worker = started.find(({ parent, command }) => parent === run.pid && /forks\.js/.test(command))!;
      process.kill(killed === "the run" ? run.pid! : worker.pid, "SIGKILL");
      await vi.waitFor(() => {
        const left = started.filter(({ pid, started }) => lookUp(pid)?.started === started);
        expect(left.map(({ command }) => command)).toEqual([]);
        expect(readdirSync(folder).filter((name) => name.startsWith("modelsync-postgres-"))).toEqual([]);
      }, soon);
    } finally {
      run.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    }
  },
);
