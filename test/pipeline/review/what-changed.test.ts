import { expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { whatChanged } from "../../../pipeline/review/what-changed.ts";
import { type RevisionFile, revisionData } from "../../../pipeline/revision-data.ts";
import { anExperiment } from "../../support/runs.ts";

const aFile = (path: string, blob: string): RevisionFile => ({ path, file: `/data/${blob}`, blob, size: 1 });

function aSide(files: [string, string][], experiment: Partial<Experiment> = {}, labels?: [string, string]) {
  const data = revisionData(
    files.map(([path, blob]) => aFile(path, blob)),
    labels === undefined ? null : aFile(...labels),
  );
  return { data, experiment: anExperiment({ data: files[0]![0], ...experiment }) };
}

const labels = (data: string, key = "id") => ({ labels: { data, key } });

it.each([
  ["nothing", aSide([["a.csv", "1"]]), aSide([["a.csv", "1"]]), [false, false]],
  ["the path of the data alone", aSide([["a.csv", "1"]]), aSide([["b/a.csv", "1"]]), [false, false]],
  ["the path and the data", aSide([["a.csv", "1"]]), aSide([["b.csv", "2"]]), [true, false]],
  ["the data", aSide([["a.csv", "1"]]), aSide([["a.csv", "2"]]), [true, false]],
  ["an option", aSide([["a.csv", "1"]]), aSide([["a.csv", "1"]], { target: "y" }), [false, true]],
  ["path and option", aSide([["a.csv", "1"]]), aSide([["b.csv", "1"]], { target: "y" }), [false, true]],
  ["what dates the rows", aSide([["a.csv", "1"]]), aSide([["a.csv", "1"]], { time: "day" }), [false, false]],
  [
    "what dates the rows instead of being a feature",
    aSide([["a.csv", "1"]]),
    aSide([["a.csv", "1"]], { time: "day", exclude: ["day"] }),
    [false, true],
  ],
  [
    "the order of exclude",
    aSide([["a", "1"]], { exclude: ["x", "y"] }),
    aSide([["a", "1"]], { exclude: ["y", "x"] }),
    [false, false],
  ],
  [
    "the paths of parts",
    aSide([
      ["a", "1"],
      ["b", "2"],
    ]),
    aSide([
      ["c", "1"],
      ["d", "2"],
    ]),
    [false, false],
  ],
  [
    "the order of parts",
    aSide([
      ["a", "1"],
      ["b", "2"],
    ]),
    aSide([
      ["a", "2"],
      ["b", "1"],
    ]),
    [true, false],
  ],
  [
    "the path of the labels",
    aSide([["a", "1"]], labels("l"), ["l", "2"]),
    aSide([["a", "1"]], labels("m"), ["m", "2"]),
    [false, false],
  ],
  [
    "the labels",
    aSide([["a", "1"]], labels("l"), ["l", "2"]),
    aSide([["a", "1"]], labels("l"), ["l", "3"]),
    [true, false],
  ],
  [
    "the key of the labels",
    aSide([["a", "1"]], labels("l"), ["l", "2"]),
    aSide([["a", "1"]], labels("l", "no"), ["l", "2"]),
    [false, true],
  ],
  ["one file into data and labels", aSide([["a", "1"]]), aSide([["a", "2"]], labels("l"), ["l", "3"]), [true, true]],
] as const)("tells apart what changed: %s", (_, base, head, [data, experiment]) => {
  expect(whatChanged(base, head)).toEqual({ data, experiment });
});
