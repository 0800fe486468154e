import { expect, it } from "vitest";
import type { ColumnDrift } from "../../pipeline/drift/drift-report.ts";
import { movedColumns } from "../../src/facts/moved-columns.ts";
import { aColumnDrift, aDriftReport, aModelReview, aSchemaDiff } from "../support/facts.ts";

const column = (name: string, answer: ColumnDrift["answer"], role: ColumnDrift["role"] = "feature") =>
  aColumnDrift({ column: name, answer, role });
const swapped = ["a", "b"].map((from, at) => ({ from, to: at === 0 ? "b" : "a", similarity: 1 }));
const guess = column("prediction", "drifted", "prediction");

it.each<[what: string, columns: ColumnDrift[], moved: typeof swapped, reference: string | undefined, names: string[]]>([
  ["both ends of a move", [column("a", "drifted"), column("b", "not-comparable")], swapped, undefined, ["a", "b"]],
  ["none that look the same", [column("a", "stable"), column("b", "not-enough-data")], swapped, undefined, []],
  ["none that stayed", [column("a", "drifted"), column("c", "drifted"), guess], swapped, undefined, ["a"]],
  ["predictions of a target", [column("a", "stable", "target"), guess], swapped, undefined, ["prediction"]],
  ["none against a reference", [column("a", "drifted")], swapped, "data/accepted.csv", []],
  ["none where nothing moved", [column("a", "drifted")], [], undefined, []],
])("%s", (_, columns, moved, reference, names) => {
  const drift = aDriftReport({ columns, ...(reference === undefined ? {} : { reference }) });
  const review = aModelReview({ schema: aSchemaDiff({ moved }), drift });
  expect([...movedColumns(review)].map(({ column }) => column)).toEqual(names);
});

it("none without a review, a schema or a drift report", () => {
  const reviews = [null, aModelReview({ schema: null }), aModelReview({ drift: null })];
  expect(reviews.map((review) => movedColumns(review).size)).toEqual([0, 0, 0]);
});
