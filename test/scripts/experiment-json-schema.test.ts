import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { experimentJsonSchema } from "../../scripts/experiment-json-schema.ts";
import { estimators } from "../pipeline/experiment/estimators.ts";

const validate = new Ajv2020({ strict: false }).compile(experimentJsonSchema(estimators));

describe("experimentJsonSchema", () => {
  it.each([
    ["the least that works", "data: a.csv\ntarget: y\n", true],
    ["another estimator", "data: a.csv\ntarget: y\nmodel: {type: tree, depth: 3}\n", true],
    ["the default estimator unnamed", "data: a.csv\ntarget: y\nmodel: {c: 3}\n", true],
    ["an option of another estimator", "data: a.csv\ntarget: y\nmodel: {type: tree, c: 3}\n", false],
    ["an unknown estimator", "data: a.csv\ntarget: y\nmodel: {type: forest}\n", false],
    ["an unknown key", "data: a.csv\ntarget: y\ntarge: z\n", false],
    ["no target", "data: a.csv\n", false],
  ])("judges %s", (_, text, valid) => {
    expect(validate(parse(text))).toBe(valid);
  });
});
