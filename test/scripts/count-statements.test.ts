import { expect, it } from "vitest";
import { countStatements } from "../../scripts/count-statements.ts";
import { syntaxTrees } from "../../scripts/syntax-trees.ts";

it("counts statements at any depth, however they are written", () => {
  const texts = {
    nothing: "// only a comment\n;{}\n",
    "an import and a type": 'import { a } from "./a.ts";\nexport interface B { c: number; d: string }\n',
    "a function with a branch": "export function f(x: number) { if (x > 0) { return 1; } else return 2; }",
    "the same on many lines":
      "/** Says which. */\nexport function longName(\n  value: number,\n) {\n  if (value > 0) {\n    return 1;\n  }\n  else return 2;\n}\n",
    "a callback": "const sum = list.map((one) => { const two = 2 * one; return two; });",
    "a method": "class A { m() { this.n(); } }",
  };
  const trees = syntaxTrees(new Map(Object.entries(texts).map(([name, text]) => [`${name}.ts`, text])));
  expect([...trees].map(([path, tree]) => [path.slice(0, -3), countStatements(tree)])).toEqual([
    ["nothing", 0],
    ["an import and a type", 2],
    ["a function with a branch", 4],
    ["the same on many lines", 4],
    ["a callback", 3],
    ["a method", 2],
  ]);
});
