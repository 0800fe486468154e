import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, reachedFrom, root, sourceFiles } from "../scripts/import-graph.ts";

const files = sourceFiles("*.ts");
const imports = importsOf(files);
/** What a person does across the rooms, such as adding a metric, stands in a folder of its own. */
const stories = "test/stories/";
const tests = files.filter((file) => file.endsWith(".test.ts") && !file.startsWith(stories));

/** The folder of the sources that a folder of tests is about: `test/jobs` is about `src/jobs`, `test/emulator` about `emulator`. */
const sourcesOf = (folder: string) => {
  const [, ...parts] = folder.split("/");
  return existsSync(join(root, "src", ...parts)) ? join("src", ...parts) : join(...parts);
};

/** Tests that start the program as a person does, or load what they test by its comments, and import nothing of it. */
const indirect = /^test\/(command-line|demo|pipeline\/stats\/examples\.test\.ts)/;

describe("tests mirror the folders", () => {
  const folders = [...new Set(tests.map(dirname))].filter((folder) => folder !== "test");

  it("each folder of tests has one of sources", () => {
    expect(folders.filter((folder) => !existsSync(join(root, sourcesOf(folder))))).toEqual([]);
  });

  it("each test is about its folder", () => {
    const foreign = tests.filter((test) => {
      const folder = dirname(test);
      if (folder === "test" || indirect.test(test)) return false;
      const own = `${sourcesOf(folder)}/`;
      return ![...reachedFrom(test, imports)].some((file) => file.startsWith(own));
    });
    expect(foreign).toEqual([]);
  });

  it("each room has tests", () => {
    const sources = files.filter((file) => /^(src|pipeline|emulator|demo)\//.test(file)).map(dirname);
    const rooms = new Set(sources.map((folder) => folder.split("/").slice(0, 2).join("/")));
    const tested = new Set(folders.map(sourcesOf));
    // the emulator is tested at its doors, the demo as a whole
    const untested = [...rooms].filter(
      (room) => room.includes("/") && /^(src|pipeline)/.test(room) && !tested.has(room),
    );
    expect(untested).toEqual([]);
  });
});
