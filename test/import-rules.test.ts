import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Import, importCircles, importsOf, root, sourceFiles } from "../scripts/import-graph.ts";

const files = sourceFiles();
const imports = importsOf(files);

const within = (path: string, folder: string) => path.startsWith(`${folder}/`);
const isPackage = (target: string, names: RegExp) => names.test(target);

/** Each rule lists the imports that break it; the expected list is empty. */
const rules: [string, (entry: Import) => boolean][] = [
  ["the pipeline knows nothing of src", ({ file, target }) => within(file, "pipeline") && within(target, "src")],
  [
    "pipeline/stats imports nothing of ours",
    ({ file, target }) =>
      within(file, "pipeline/stats") &&
      /^(pipeline|src|emulator|demo)\//.test(target) &&
      !within(target, "pipeline/stats"),
  ],
  [
    "the product imports neither the emulator nor the demo",
    ({ file, target }) => /^(src|pipeline)\//.test(file) && /^(emulator|demo|test|bench)\//.test(target),
  ],
  [
    "only src/github imports Octokit or Probot",
    ({ file, target }) =>
      /^(src|pipeline)\//.test(file) && !within(file, "src/github") && isPackage(target, /^(@octokit\/|probot)/),
  ],
  [
    "only src/store imports a database",
    ({ file, target }) =>
      /^(src|pipeline|emulator)\//.test(file) &&
      !within(file, "src/store") &&
      isPackage(target, /^(pg|pg-boss|@electric-sql\/.*)$/),
  ],
  [
    "only pipeline/read imports DuckDB",
    ({ file, target }) => !within(file, "pipeline/read") && isPackage(target, /^@duckdb\//),
  ],
  [
    "only pipeline/match decides whether cells are equal",
    ({ file, target }) =>
      /^(pipeline|src)\//.test(file) &&
      !within(file, "pipeline/match") &&
      /^pipeline\/match\/(cell-words|canonical-number|columns\/.*)\.ts$/.test(target),
  ],
  [
    "only pipeline/match and pipeline/split hash rows",
    ({ file, target }) =>
      /^(pipeline|src)\//.test(file) &&
      !/^pipeline\/(match|split)\//.test(file) &&
      /^pipeline\/match\/(row-hashes|pair-hashes|name-words)\.ts$/.test(target),
  ],
  [
    "only test/support/github.ts imports nock",
    ({ file, target }) => file !== "test/support/github.ts" && target === "nock",
  ],
  [
    "nothing takes process, and with it the environment, from a module",
    ({ file, target }) => /^(src|pipeline)\//.test(file) && isPackage(target, /^(node:)?process$/),
  ],
  [
    "checks are pure: no file, process, network, clock",
    ({ file, target }) => within(file, "src/checks") && isPackage(target, /^node:(?!crypto)/),
  ],
];

const environmentReads = [
  /\bprocess\s*(?:\?\.\s*)?(?:\.\s*env\b|\[\s*["'`]env["'`])/,
  /\{[^{}]*\benv\b[^{}]*\}\s*=\s*(?:globalThis\.)?process\b/,
];
const readsEnvironment = (text: string) => environmentReads.some((read) => read.test(text));

describe("imports", () => {
  it("are found at all", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(rules)("%s", (_rule, breaks) => {
    expect(imports.filter(breaks)).toEqual([]);
  });

  it("form no circle, types included", () => {
    expect(importCircles(imports.filter(({ file }) => /^(src|pipeline|emulator|demo)\//.test(file)))).toEqual([]);
  });

  it("that form a circle would be found, and only those", () => {
    const chain = ["a b", "b c", "c a", "c d", "d e", "f a", "f g"].map((text) => {
      const [file, target] = text.split(" ") as [string, string];
      return { file, target };
    });
    expect(importCircles(chain).map(({ file, target }) => `${file} ${target}`)).toEqual(["a b", "b c", "c a"]);
    expect(importCircles(chain.filter(({ target }) => target !== "a"))).toEqual([]);
  });

  it.each([
    ["process.env.HOME", true],
    ['process["env"].HOME', true],
    ["const { env } = process;", true],
    ["const { pid, env: given } = process;", true],
    ['spawn("git", [], { env: {} }); process.exit(1);', false],
  ])("%s: reads the environment is %s", (text, reads) => {
    expect(readsEnvironment(text)).toBe(reads);
  });

  it("only src/environment.ts reads the environment", () => {
    const readers = files.filter(
      (file) =>
        /^(src|pipeline)\//.test(file) &&
        file !== "src/environment.ts" &&
        readsEnvironment(readFileSync(join(root, file), "utf8")),
    );
    expect(readers).toEqual([]);
  });

  it("no file is longer than 400 lines", () => {
    const long = files
      .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }))
      .filter(({ lines }) => lines > 401);
    expect(long).toEqual([]);
  });
});
