import { defineConfig } from "vitest/config";
import { compiledFolder } from "./test/support/compiled-folder.ts";
import { endWithParent } from "./test/support/start-node.ts";

const testsOf = (rooms: readonly string[]) => rooms.map((room) => `test/${room}/**/*.test.ts`);

/** Rooms whose tests start servers and databases in their own process, and end them. */
const servers = testsOf(["emulator", "jobs", "store", "web"]);
/** Rooms whose tests start processes, change the environment or the clock, or play GitHub at the HTTP edge. */
const rooms = ["command-line", "demo", "git", "github", "prepare", "pipeline/child"];
/** What goes on in a database, and what only a PostgreSQL can do. */
const databases = [
  "test/store/{store,pull-requests,holdout-uses,ledger-rows,ledger,waivers}.test.ts",
  "test/jobs/{deliveries,twins,ledger}.test.ts",
  "test/command-line/ledger-of-app.test.ts",
];
const postgresOnly = ["test/store/postgres-database.test.ts", "test/jobs/two-processes.test.ts"];
/** What puts something between the App and its database, for the whole process. */
const mortal = ["test/jobs/{crashes,gate-model}.test.ts"];
const processes = [...testsOf(rooms), ...mortal, "test/{main,killed-run,pipeline/read/peak-memory}.test.ts"];
/** Limits are for what never ends: at a load of 20, starting the App alone takes ten times as long. */
const patient = { testTimeout: 240_000, hookTimeout: 240_000 };

/** Compiled code is kept between files and runs. Not when coverage is measured, which it would make less exact. */
if (!process.argv.includes("--coverage")) process.env.NODE_COMPILE_CACHE ??= compiledFolder;

export default defineConfig({
  test: {
    pool: "forks",
    // One more than the processors of a small machine: many tests wait for GitHub's pauses and for processes.
    maxWorkers: 3,
    coverage: {
      include: ["{src,pipeline,emulator,demo}/**/*.ts"],
      reporter: ["json-summary"],
      reportsDirectory: "node_modules/.cache/coverage",
      reportOnFailure: true,
    },
    projects: [
      {
        // Pure functions: they share workers, and with them the modules that were loaded.
        test: {
          name: "pure",
          include: ["test/**/*.test.ts"],
          exclude: [...servers, ...processes, "test/fixtures/**"],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          execArgv: [endWithParent],
        },
      },
      {
        // They share workers too: to compile the database and GitHub's schemas takes longer than most of their tests.
        test: {
          name: "servers",
          include: servers,
          exclude: [...postgresOnly, ...mortal],
          isolate: false,
          ...patient,
          execArgv: [endWithParent],
        },
      },
      {
        test: { name: "processes", include: processes, ...patient, execArgv: [endWithParent] },
      },
      {
        // On a PostgreSQL, which is started once for all of them; what also goes on in a PGlite runs there as well.
        test: {
          name: "postgres",
          include: [...databases, ...postgresOnly],
          globalSetup: "test/support/postgres/global-setup.ts",
          setupFiles: "test/support/postgres/use-postgres.ts",
          ...patient,
          execArgv: [endWithParent],
        },
      },
    ],
  },
});
