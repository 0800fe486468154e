import { expect, it } from "vitest";
import { type OwnerError, ownersOf, parseCodeOwners } from "../../src/entitlement/code-owners.ts";

const path = ".github/CODEOWNERS";

it("takes the last line that means a path, also when that names nobody", () => {
  const text =
    "\n# who looks at what\n*  @ada\r\n/data/\t@bob @acme/data # the team\n/data/free/\n/data/a#b @eve#x @eve\n*.py @ada #snakes";
  const file = parseCodeOwners(path, text, []);
  const found = ["a", "data/a", "data/free/a", "a.py"].map((one) => ownersOf(file, one));
  expect(found).toEqual([
    { line: 3, pattern: "*", owners: ["@ada"] },
    { line: 4, pattern: "/data/", owners: ["@bob", "@acme/data"] },
    { line: 5, pattern: "/data/free/", owners: [] },
    { line: 7, pattern: "*.py", owners: ["@ada"] },
  ]);
  expect(file.problems).toEqual([{ line: 6, message: "it is skipped, because of `@eve#x`, which names nobody" }]);
  expect(ownersOf(parseCodeOwners(path, "/data/ @ada", []), "a")).toBeNull();
});

const unknown = (line: number, column: number): OwnerError => ({ line, column, kind: "Unknown owner" });

it.each<[what: string, line: string, errors: OwnerError[], owners: string[] | null, problem: string | null]>([
  ["nothing wrong", "/data/ @ada @acme/data", [], ["@ada", "@acme/data"], null],
  ["a negation", "!/data/ @ada", [], null, "it is skipped, because of the pattern `!/data/`"],
  ["a range", "/data/[ab].csv @ada", [], null, "it is skipped, because of the pattern `/data/[ab].csv`"],
  ["an escaped hash", "\\#data @ada", [], null, "it is skipped, because of the pattern `\\#data`"],
  ["three stars", "***/a @ada", [], null, "it is skipped, because of the pattern `***/a`"],
  ["a name without @", "/data/ @bob ada", [], null, "it is skipped, because of `ada`, which names nobody"],
  ["half an address", "/data/ ada@", [], null, "it is skipped, because of `ada@`, which names nobody"],
  ["a backtick", "/data/ `a`", [], null, "it is skipped, because of `'a'`, which names nobody"],
  [
    "a mistake that only GitHub knows",
    "/data/ @ada",
    [{ line: 1, column: 1, kind: "Invalid pattern" }],
    null,
    "it is skipped, because of a mistake that GitHub shows in the file",
  ],
  [
    "somebody GitHub does not know",
    "/data/ @ada @ghost",
    [unknown(1, 13)],
    ["@ada"],
    "GitHub knows nobody with write access as `@ghost`",
  ],
  [
    "nobody GitHub knows",
    "/data/ @acme/gone",
    [unknown(1, 8)],
    [],
    "GitHub knows nobody with write access as `@acme/gone`",
  ],
  [
    "somebody at a place that we read otherwise",
    "/data/ @ada @ghost",
    [unknown(1, 12)],
    [],
    "GitHub knows nobody with write access as `@ada`, `@ghost`",
  ],
  ["a mistake in another line", "/data/ @ada", [unknown(2, 8)], ["@ada"], null],
  [
    "an address",
    "/data/ ada@acme.test",
    [],
    ["ada@acme.test"],
    "whose address `ada@acme.test` is can't be asked of GitHub; name the account",
  ],
])("a line with %s", (_, line, errors, owners, problem) => {
  const file = parseCodeOwners(path, line, errors);
  expect({ owners: file.lines.map((one) => one.owners), problems: file.problems }).toEqual({
    owners: owners === null ? [] : [owners],
    problems: problem === null ? [] : [{ line: 1, message: problem }],
  });
});

it("takes as many hostile lines as GitHub loads", () => {
  const text = "/a*a*a*a*b/ @ada\n".repeat(175_000);
  expect(ownersOf(parseCodeOwners(path, text, []), `${"a".repeat(200)}/x`)).toBeNull();
});
