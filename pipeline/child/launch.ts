import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { frugalEnvironment, frugalOptions } from "./frugal-memory.ts";

/** The descriptor on which the child writes its progress. */
export const progressDescriptor = 3;

/** The pipe that ends with us: a line on it lets the child's guard go, its end without one kills the child. */
export const lifeDescriptor = 4;

export interface Launch {
  /** The script the child runs. */
  entry: string;
  /** A new, empty folder: the child writes its result there. */
  folder: string;
  /** Files that it may read, beside our code and its own folder. */
  reads: readonly string[];
  /** Folders that it may read and write, beside its own. */
  writes: readonly string[];
  seconds: number;
  megabytes: number;
}

/**
 * Starts Node as a child that may read our code and the files it is given, may write its folder and those it shares, and
 * sees no environment variable of ours.
 *
 * On POSIX systems a shell first lowers two kernel limits, processor time and no core dumps, starts a guard that kills the
 * child as soon as this process is gone, however it ended, and then becomes the child. Node's permission model keeps
 * JavaScript from other files, processes and workers. It does not bind native code: DuckDB is locked down where it is opened.
 */
export function launchChild({ entry, folder, seconds, ...launch }: Launch): ChildProcess {
  const compiled = compiledFolder();
  const node = [
    process.execPath,
    ...nodeOptions({ entry, folder, compiled, ...launch }),
    entry,
    join(folder, "result.json"),
  ];
  const [command, ...args] = process.platform === "win32" ? node : ["/bin/sh", "-c", limits, "sh", ...node];
  return spawn(command as string, args, {
    cwd: folder,
    env: environment(folder, compiled, Math.ceil(seconds * 4) + 10),
    stdio: ["pipe", "ignore", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
}

const guard = `(read -r line || kill -9 $$) <&${lifeDescriptor} >/dev/null 2>&1 ${progressDescriptor}>&- &`;
const limits = `ulimit -t "$MODELSYNC_CPU_SECONDS" 2>/dev/null; ulimit -c 0 2>/dev/null; ${guard} exec "$@" ${lifeDescriptor}<&-`;

/** The whole environment of the child. A list of what may pass: no secret can be forgotten. */
function environment(folder: string, compiled: string | null, cpuSeconds: number): Record<string, string> {
  return {
    ...(compiled === null ? {} : { NODE_COMPILE_CACHE: compiled }),
    HOME: folder,
    LANG: "C.UTF-8",
    TZ: "UTC",
    TMPDIR: folder,
    MODELSYNC_CPU_SECONDS: String(cpuSeconds),
    ...frugalEnvironment,
  };
}

/**
 * Where children keep compiled code, which saves a third of their start: beside the parent's own, when it keeps any.
 * Apart from it, so that what a child writes is never run by the parent.
 */
function compiledFolder(): string | null {
  const own = getCompileCacheDir();
  if (own === undefined) return null;
  const folder = `${own}-children`;
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return null;
  }
}

type NodeOptions = Omit<Launch, "seconds"> & { compiled: string | null };

function nodeOptions({ entry, folder, reads, writes, megabytes, compiled }: NodeOptions): string[] {
  const cache = [...writes, compiled].filter((path) => path !== null);
  const hook = stripTypesHook();
  const read = [...codeFolders(), dirname(entry), folder, ...reads, ...cache].flatMap(withRealPath);
  const write = [folder, ...cache].flatMap(withRealPath);
  return [
    ...frugalOptions(megabytes),
    "--permission",
    "--allow-addons",
    "--disable-warning=PERM0001",
    ...[...new Set(read)].map((path) => `--allow-fs-read=${path}`),
    ...[...new Set(write)].map((path) => `--allow-fs-write=${path}`),
    ...(hook === null ? [] : ["--import", hook.href]),
  ];
}

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** The pipeline, this package's description, and every `node_modules` from which it may import. Nothing else of ours. */
function codeFolders(): string[] {
  const folders = [join(packageFolder, "pipeline"), join(packageFolder, "package.json"), join(packageFolder, "bin")];
  for (let folder = packageFolder; dirname(folder) !== folder; folder = dirname(folder)) {
    const modules = join(folder, "node_modules");
    if (existsSync(modules)) folders.push(modules, ...linkedModules(modules));
  }
  return folders;
}

/** Package managers may link a package to a store elsewhere: the `node_modules` there holds what it imports. */
function linkedModules(modules: string): string[] {
  return dependencies.flatMap((name) => {
    const path = join(modules, name);
    const [, real = path] = withRealPath(path);
    return real === path ? [] : [real.slice(0, real.lastIndexOf(`${sep}node_modules${sep}`) + "/node_modules".length)];
  });
}

const dependencies = Object.keys(JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).dependencies);

/** Node refuses to strip types inside `node_modules`; there the child needs the same hook as the launcher. */
function stripTypesHook(): URL | null {
  return packageFolder.split(sep).includes("node_modules")
    ? new URL("../../bin/strip-types.js", import.meta.url)
    : null;
}

function withRealPath(path: string): string[] {
  try {
    return [path, realpathSync(path)];
  } catch {
    return [path];
  }
}
