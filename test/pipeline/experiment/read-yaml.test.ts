import { describe, expect, it } from "vitest";
import { readYaml } from "../../../pipeline/experiment/read-yaml.ts";

describe("readYaml", () => {
  it("gives plain data with the place and the typed form of each part", () => {
    const outcome = readYaml("\uFEFFa: 1.0\nb:\n  - x\n  - c: null\n", "m.yml");
    if (!outcome.ok) throw new Error("unexpected");
    const file = outcome.value;
    expect(file.value).toEqual({ a: 1, b: ["x", { c: null }] });
    expect(file.written(["a"])).toBe("1.0");
    expect(file.locate(["a"])).toEqual({ line: 1, column: 1 });
    expect(file.locate(["b", 1, "c"])).toEqual({ line: 4, column: 5 });
    expect(file.locate(["b", 2])).toBeUndefined();
  });

  it("reads an empty file as null", () => {
    const outcome = readYaml("# only a comment\n", "m.yml");
    expect(outcome.ok && outcome.value.value).toBeNull();
  });

  it.each([
    ["duplicate key", "a: 1\na: 2\n", "not-yaml", 2, 1],
    ["alias", "a: &x 1\nb: *x\n", "yaml-alias", 2, 4],
    ["merge key", "a:\n  <<: {b: 1}\n", "yaml-merge-key", 2, 3],
    ["custom tag", "a: !js/function 'f'\n", "yaml-tag", 1, 17],
    ["binary tag", "a: !!binary AAAA\n", "yaml-tag", 1, 13],
    ["two documents", "---\na: 1\n---\nb: 2\n", "not-yaml", 3, 1],
    ["unclosed list", "a: [1\n", "not-yaml", 2, 1],
    ["tab indentation", "a:\n\tb: 1\n", "not-yaml", 2, 1],
    ["mapping as key", "? {a: 1}\n: 2\n", "yaml-key", 1, 3],
    ["prototype key", "__proto__: 3\n", "yaml-key", 1, 1],
    ["deep nesting", `a: ${"[".repeat(40)}${"]".repeat(40)}\n`, "yaml-depth", 1, 36],
  ])("refuses %s with its place", (_, text, code, line, column) => {
    const outcome = readYaml(text, "m.yml");
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.problems[0]).toMatchObject({ code, where: { path: "m.yml", line, column } });
  });

  it("refuses a file over the limit, counted in bytes", () => {
    expect(readYaml("é".repeat(6), "m.yml", 11)).toEqual({
      ok: false,
      problems: [
        {
          code: "file-too-large",
          where: { path: "m.yml" },
          message: "The file has 12 bytes.",
          written: "12 bytes",
          allowed: "at most 11 bytes",
          remedy: "Remove what does not belong in this file.",
        },
      ],
    });
  });

  it.each(["[", "- ", "a: {", "? "])("answers 64 KB of %j instead of overflowing", (piece) => {
    const outcome = readYaml(piece.repeat(65_000 / piece.length), "m.yml");
    expect(outcome.ok).toBe(false);
  });

  it("does not expand an alias bomb", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"]
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(",")}]`)
      .join("\n")}\n`;
    const outcome = readYaml(bomb, "m.yml");
    expect(!outcome.ok && outcome.problems.map((problem) => problem.code)).toEqual(Array(10).fill("yaml-alias"));
  });
});

it("does not ask for quotes around a key that quotes do not help", () => {
  expect(readYaml('columns: {"__proto__": numeric}\n', "e.yml")).toEqual({
    ok: false,
    problems: [
      {
        code: "yaml-key",
        where: { path: "e.yml", line: 1, column: 11, key: "columns" },
        message: "The key __proto__ is not allowed.",
        remedy: "Choose another name.",
      },
    ],
  });
});
