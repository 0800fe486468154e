import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writePredictions } from "../../../pipeline/export/write-predictions.ts";
import type { Prediction } from "../../../pipeline/predict.ts";

const folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function written(prediction: Prediction): string {
  const file = join(folder, String(count++));
  writePredictions(file, prediction);
  return readFileSync(file, "utf8");
}

describe("writePredictions", () => {
  it.each<[what: string, prediction: Prediction, text: string]>([
    [
      "classes with their probabilities",
      {
        classes: ["=no", "yes, sir"],
        predicted: Int32Array.from([1, 0]),
        probabilities: Float64Array.from([0.25, 0.75, 0.5, 0.5]),
      },
      'row,predicted,probability of =no,"probability of yes, sir"\n1,"yes, sir",0.25,0.75\n2,\'=no,0.5,0.5\n',
    ],
    [
      "numbers",
      { classes: [], predicted: Float64Array.from([-1.5, 2]), probabilities: new Float64Array(0) },
      "row,predicted\n1,-1.5\n2,2\n",
    ],
    ["no rows", { classes: [], predicted: new Float64Array(0), probabilities: new Float64Array(0) }, "row,predicted\n"],
  ])("writes %s", (_, prediction, text) => {
    expect(written(prediction)).toBe(text);
  });

  it.each([998, 999, 1000, 1999, 2500])("loses none of %i rows between two writes", (rows) => {
    const predicted = Float64Array.from({ length: rows }, (_, row) => row);
    const expected = Array.from(predicted, (value) => `${value + 1},${value}\n`).join("");
    expect(written({ classes: [], predicted, probabilities: new Float64Array(0) })).toBe(`row,predicted\n${expected}`);
  });
});
