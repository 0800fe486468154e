import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectClose } from "./close-to.ts";

/**
 * Runs the `@example` of every doc comment under pipeline/stats: the last expression must give the value behind `//`.
 * An ellipsis after a number means that digits were cut; such examples are compared to three digits.
 */
const folder = new URL("../../../pipeline/stats/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));

interface Example {
  file: string;
  code: string;
  result: string;
}

function readExamples(file: string): Example[] {
  const text = readFileSync(new URL(file, folder), "utf8");
  return [...text.matchAll(/@example\s([\s\S]*?)\*\//g)].map((match) => {
    const lines = match[1]!.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim());
    const [, code, result] = /^([\s\S]*);\s*\/\/ (.*)$/.exec(lines.join("\n").trim())!;
    return { file, code: code!, result: result! };
  });
}

async function everyExport(): Promise<Record<string, unknown>> {
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<object>));
  return Object.assign({}, ...modules) as Record<string, unknown>;
}

function evaluate(code: string, scope: Record<string, unknown>): unknown {
  const statements = code.split(";\n");
  const last = statements.pop()!;
  const body = `${statements.map((statement) => `${statement};`).join("\n")}\nreturn (${last});`;
  return new Function(...Object.keys(scope), body)(...Object.values(scope));
}

function expectAlike(actual: unknown, expected: unknown, tolerance: number): void {
  if (typeof expected === "number") expectClose(actual as number, expected, tolerance);
  else if (typeof expected !== "object" || expected === null) expect(actual).toBe(expected);
  else {
    const read = actual as Record<string, unknown>;
    expect(Object.keys(read).sort()).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) expectAlike(read[key], value, tolerance);
  }
}

describe("examples in doc comments", () => {
  it.each(files.flatMap(readExamples))("$file: $code", async ({ code, result }) => {
    const scope = await everyExport();
    const actual = evaluate(code, scope);
    expectAlike(actual, evaluate(result.replaceAll("…", ""), {}), result.includes("…") ? 2e-3 : 1e-12);
  });

  it("are there for every statistic", () => {
    expect(files.filter((file) => readExamples(file).length === 0)).toEqual(["count-pair.ts", "probability.ts"]);
  });
});
