import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownersOf } from "../../emulator/actions/code-owners.ts";
import { isOwnedPattern, matchesOwnedPath } from "../../src/entitlement/match-owned-path.ts";

describe("a pattern", () => {
  it.each<[string, string[], string[]]>([
    // The examples of GitHub's documentation.
    ["*", ["a.txt", "data/b.csv", ".github/x"], []],
    ["*.js", ["a.js", "src/b.js", ".hidden.js"], ["a.ts", "a.jsx", "A.JS"]],
    [
      "/build/logs/",
      ["build/logs/a.log", "build/logs/deep/b.log"],
      ["build/a.log", "x/build/logs/a.log", "build/logs"],
    ],
    ["docs/*", ["docs/getting-started.md"], ["docs/build-app/troubleshooting.md", "x/docs/a.md", "docs"]],
    ["apps/", ["apps/a.ts", "x/apps/b.ts", "x/apps/y/z"], ["apps", "x/apps"]],
    ["/docs/", ["docs/a.md", "docs/build/a.md"], ["x/docs/a.md"]],
    ["/scripts/", ["scripts/a.sh"], ["scripts"]],
    ["**/logs", ["logs", "build/logs/a", "scripts/logs/b", "deeply/nested/logs/c"], ["catalogs/a.log"]],
    ["/apps/github", ["apps/github", "apps/github/x"], ["apps/github.txt", "x/apps/github"]],
    // The rest of what `.gitignore` has.
    ["data", ["data", "data/a.csv", "x/data/a.csv"], ["data.csv", "mydata/a"]],
    ["data/train.csv", ["data/train.csv", "data/train.csv/part"], ["x/data/train.csv", "data/train"]],
    ["data/**/*.csv", ["data/a.csv", "data/x/y/a.csv"], ["data/a.json", "a.csv"]],
    ["data/**", ["data/a", "data/x/y"], ["data", "x/data/a"]],
    ["data/**/", ["data/a", "data/x/y"], ["data"]],
    ["a/**/b/c*", ["a/b/c", "a/x/b/cd", "a/x/y/b/c/d"], ["a/b", "a/c", "x/a/b/c"]],
    ["data/*/train.csv", ["data/x/train.csv", "data/x/train.csv/part"], ["data/train.csv", "data/x/y/train.csv"]],
    ["/*", ["a", ".a"], ["a/b"]],
    ["/*/", ["a/b", "a/b/c"], ["a"]],
    ["/f*", ["foo", "foo/bar"], ["x/foo", "bar"]],
    ["f*/", ["foo/bar", "x/foo/bar"], ["foo", "x/bar"]],
    ["**", ["a", "a/b/c"], []],
    ["file?.txt", ["file1.txt", "x/file2.txt"], ["file.txt", "file12.txt", "file/.txt"]],
    ["a*b*c", ["abc", "a-b-b-c", "axbxc/d"], ["abcd", "ab", "acb"]],
    ["my\\ data/*", ["my data/a.csv"], ["my\\ data/a.csv", "my/data/a.csv"]],
    ["what\\?.csv", ["what?.csv"], ["what1.csv"]],
    ["a\\*.csv", ["a*.csv"], ["ab.csv"]],
    ["a+b(c).{csv}", ["a+b(c).{csv}"], ["aab(c).csv", "a+b(c).csv"]],
    ["/", [], ["a", "a/b"]],
  ])("%s means %j and not %j", (pattern, meant, others) => {
    expect([...meant, ...others].filter((path) => matchesOwnedPath(pattern, path))).toEqual(meant);
  });

  it.each<[string, boolean]>([
    ["!data/", false],
    ["\\#data", false],
    ["data[12].csv", false],
    ["data]", false],
    ["***/a", false],
    ["a".repeat(1001), false],
    ["a".repeat(1000), true],
    ["data/!a", true],
    ["data/#a", true],
  ])("%s is one GitHub takes: %s", (pattern, taken) => {
    expect(isOwnedPattern(pattern)).toBe(taken);
  });

  it("means what the local GitHub makes of it with regular expressions", () => {
    const part = fc.stringMatching(/^(?:\*\*|[ab.*?]{1,4})$/);
    const pattern = fc
      .tuple(fc.constantFrom("", "/"), fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"))
      .map(([first, parts, last]) => `${first}${parts.join("/")}${last}`)
      // Two stars within a name are told nowhere; the documentation has them as a whole part alone.
      .filter((one) => isOwnedPattern(one) && one.split("/").every((name) => name === "**" || !name.includes("**")));
    const path = fc
      .array(fc.stringMatching(/^[ab.]{1,3}$/), { minLength: 1, maxLength: 4 })
      .map((names) => names.join("/"));
    fc.assert(
      fc.property(pattern, path, (written, file) => {
        const line = { line: 1, source: "", pattern: written, owners: [{ name: "@ada", column: 1 }] };
        expect(matchesOwnedPath(written, file)).toBe(ownersOf({ path: "", lines: [line] }, file).length > 0);
      }),
      { numRuns: 5000 },
    );
  });
});
