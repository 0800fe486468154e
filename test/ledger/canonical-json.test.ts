import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/ledger/canonical-json.ts";

describe("canonical JSON", () => {
  it.each([
    ["keys are sorted at every depth", { b: { z: 1, a: 2 }, a: null }, '{"a":null,"b":{"a":2,"z":1}}'],
    ["keys are sorted by code units, not by any language", { é: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"é":1}'],
    ["keys that look like numbers too", { 10: 1, 9: 2 }, '{"10":1,"9":2}'],
    ["lists keep their order", [3, "b", [], {}], '[3,"b",[],{}]'],
    ["numbers are written as ECMAScript does", [1e21, 0.1, -0, 1e-7], "[1e+21,0.1,0,1e-7]"],
    ["controls and lone surrogates are escaped", "\0\n\ud800é", '"\\u0000\\n\\ud800é"'],
  ])("%s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it("refuses what JSON can't hold", () => {
    expect(() => canonicalJson({ a: [Number.NaN] })).toThrow("NaN");
  });
});
