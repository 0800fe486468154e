import { describe, expect, it } from "vitest";
import { folderBefore, isPattern, pathMatcher, touchesAny } from "../../src/prepare/match-path.ts";

describe("pathMatcher", () => {
  it.each([
    [
      "data/part-*.csv",
      ["data/part-1.csv", "data/part-.csv"],
      ["data/part-1.csv.gz", "data/x/part-1.csv", "part-1.csv"],
    ],
    ["data/*.csv", ["data/a.csv", "data/a.b.csv"], ["data/.csv", "data/.a.csv", "data/a/b.csv", "dataXa.csv"]],
    ["*/a.csv", ["x/a.csv"], ["a.csv", "x/y/a.csv", ".x/a.csv"]],
    ["*", ["a", "a.csv"], [".gitkeep", "a/b", ""]],
    ["?.csv", ["a.csv", "ä.csv", "💾.csv"], [".csv", "ab.csv", "..csv"]],
    ["a?c", ["abc", "a.c"], ["ac", "a/c"]],
    ["*a", ["a", "ba"], [".a"]],
    ["*.a*", ["x.a", "x.ab"], [".a", ".ab"]],
    ["**/a.csv", ["a.csv", "x/a.csv", "x/y/a.csv"], ["xa.csv", ".x/a.csv", "x/.y/a.csv"]],
    ["data/**", ["data/a.csv", "data/x/y/b.csv"], ["data", "data/.a", "data/.x/a", "date/a.csv"]],
    ["data/**/2024-*.csv", ["data/2024-01.csv", "data/eu/de/2024-02.csv"], ["data/2023-01.csv", "2024-01.csv"]],
    [".hidden/*.csv", [".hidden/a.csv"], ["hidden/a.csv"]],
    ["a+(b)[c]{d}^$|\\E.*", ["a+(b)[c]{d}^$|\\E.x"], ["aa(b)[c]{d}^$|\\E.x", "a+(b)c{d}^$|\\E.x"]],
    ["*.csv", ["line\nbreak.csv"], []],
  ])("%s", (pattern, yes, no) => {
    const matches = pathMatcher(pattern);
    expect([yes.filter(matches), no.filter(matches)]).toEqual([yes, []]);
  });

  it("is not stalled by any pattern", () => {
    expect(pathMatcher(`${"*a".repeat(500)}b`)(`x/${"a".repeat(5000)}`)).toBe(false);
  });
});

describe("a pattern", () => {
  it.each([
    ["data/part-*.csv", true, "data"],
    ["a/b/?/c.csv", true, "a/b"],
    ["*.csv", true, ""],
    ["**", true, ""],
    ["data/a.csv", false, "data"],
    ["a.csv", false, ""],
    ["data/[a].csv", false, "data"],
  ])("%s", (path, pattern, folder) => {
    expect([isPattern(path), folderBefore(path)]).toEqual([pattern, folder]);
  });
});

describe("a change touches what is watched", () => {
  const watched = [".github/modelsync.yml", "data/part-*.csv"];
  it.each([
    ["a file of a pattern", ["readme.md", "data/part-7.csv"], true],
    ["a file by its name", [".github/modelsync.yml"], true],
    ["neither", ["data/part-7.json", "modelsync.yml"], false],
    ["nothing", [], false],
  ])("%s", (_, changed, expected) => {
    expect(touchesAny(changed, watched)).toBe(expected);
  });
});
