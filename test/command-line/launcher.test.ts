import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "modelsync-project-"));
  const installed = join(project, "node_modules", "modelsync");
  mkdirSync(installed, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(installed, "node_modules"));
  for (const part of ["bin", "pipeline", "src", "package.json"]) {
    cpSync(join(root, part), join(installed, part), { recursive: true });
  }
});
afterAll(() => rmSync(project, { recursive: true }));

const launch = (launcher: string, args: string[], env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: project,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", HOME: project, ...env },
  });
  return { status, stdout, stderr };
};

describe("installed in node_modules, where Node strips no types", () => {
  it("starts", () => {
    expect(launch("node_modules/modelsync/bin/modelsync.js", ["--version"])).toEqual({
      status: 0,
      stdout: "0.1.0\n",
      stderr: "",
    });
  });

  it("runs children", () => {
    const script = join(project, "children.mjs");
    writeFileSync(
      script,
      `await import("modelsync/bin/strip-types.js");
       const { superviseReview } = await import("./node_modules/modelsync/pipeline/child/supervise.ts");
       const side = { state: "absent", commit: "c" };
       const job = { model: "m", experimentPath: "e.yml", base: side, head: side, metrics: {}, sliceColumns: [], slices: [], drift: { exclude: [], share: 0.5, level: 0.05, minimumRows: 100, thresholds: { numeric: 0.1, categorical: 0.1 } }, level: 0.95, cache: null };
       console.log(JSON.stringify(await superviseReview(job, { seconds: 120, megabytes: 500 })));`,
    );
    const { status, stdout, stderr } = launch(script, []);
    expect([status, stderr, JSON.parse(stdout)]).toEqual([
      0,
      "",
      {
        ended: "finished",
        review: {
          model: "m",
          experimentPath: "e.yml",
          base: { state: "absent", commit: "c" },
          head: { state: "absent", commit: "c" },
          changed: null,
          comparison: null,
          yardstick: [],
          headView: null,
          schema: null,
          drift: null,
          integrity: null,
        },
      },
    ]);
  });
});

describe("a script behind the guard", () => {
  it("runs with its own arguments", () => {
    const script = join(project, "script.ts");
    writeFileSync(script, "const seen: string[] = process.argv.slice(1);\nconsole.log(JSON.stringify(seen));\n");
    const guard = join(root, "bin/require-node-24.js");
    expect(launch(guard, [script, "--keep"])).toEqual({
      status: 0,
      stdout: `${JSON.stringify([script, "--keep"])}\n`,
      stderr: "",
    });
  });

  it("without a script only checks", () => {
    expect(launch(join(root, "bin/require-node-24.js"), [])).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
