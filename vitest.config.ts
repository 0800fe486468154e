import { defineConfig } from "vitest/config";
import { compiledFolder } from "./test/support/compiled-folder.ts";
import { endWithParent } from "./test/support/start-node.ts";

/** Rooms whose tests start processes, servers or databases, or play GitHub at the HTTP edge. */
const rooms = [
  "command-line",
  "demo",
  "emulator",
  "git",
  "github",
  "jobs",
  "prepare",
  "store",
  "web",
  "pipeline/child",
];
const processes = [...rooms.map((room) => `test/${room}/**/*.test.ts`), "test/{main,killed-run}.test.ts"];

/** Compiled code is kept between files and runs. Not when coverage is measured, which it would make less exact. */
if (!process.argv.includes("--coverage")) process.env.NODE_COMPILE_CACHE ??= compiledFolder;

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
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
          exclude: [...processes, "test/fixtures/**"],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          execArgv: [endWithParent],
        },
      },
      {
        // Limits are for what never ends: at a load of 20, starting the App alone takes ten times as long.
        test: {
          name: "processes",
          include: processes,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          execArgv: [endWithParent],
        },
      },
    ],
  },
});
