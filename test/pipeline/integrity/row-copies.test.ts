import { describe, expect, it } from "vitest";
import { holdoutInTraining } from "../../../pipeline/integrity/holdout-in-training.ts";
import { repeatedRows } from "../../../pipeline/integrity/repeated-rows.ts";
import { chanceOfEqualRows, identifyRows } from "../../../pipeline/integrity/row-identity.ts";
import { aSide, made } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

/** 100 examples, each twice in a row: every second row is held out. */
const twice = made(200, (row) => Math.floor(row / 2) + 0.5);
const y = categorical(
  "y",
  made(200, (row) => (row % 8 < 4 ? "a" : "b")),
);
const ids = numeric(
  "id",
  made(200, (row) => row + 1),
);
const names = categorical(
  "name",
  made(200, (row) => `person ${row}`),
);
const odd = (row: number) => row % 2 === 1;
const both = (side: ReturnType<typeof aSide>) => {
  const rows = identifyRows(side);
  return [...holdoutInTraining(side, rows), ...repeatedRows(side, rows)];
};

describe("copies across the split", () => {
  it.each<[what: string, side: ReturnType<typeof aSide>, exact: number]>([
    ["exact ones", aSide([numeric("x", twice), y], { holdout: odd }), 100],
    ["but for an identifier", aSide([ids, numeric("x", twice), y], { holdout: odd }), 0],
    ["but for a name", aSide([numeric("x", twice), names, y], { holdout: odd }), 0],
    [
      "but for the key",
      aSide(
        [
          numeric(
            "k",
            made(200, (row) => (row * 7919) % 100_003),
          ),
          numeric("x", twice),
          y,
        ],
        { holdout: odd, key: "k" },
      ),
      0,
    ],
  ])("%s", (_, side, exact) => {
    const [across, within] = both(side);
    expect(across).toMatchObject({
      kind: "holdout-in-training",
      column: null,
      evidence: { copies: 100, exact, holdout: 100, share: 1 },
    });
    // by chance two of 100 values are equal in one pair of a hundred, with two classes of two hundred
    expect(across!.value).toBeGreaterThan(0.5);
    expect(within).toMatchObject({ kind: "repeated-rows", evidence: { rows: 200, distinct: 100, share: 0.5 } });
  });

  it("copies on one side of the split are only repeated", () => {
    const found = both(aSide([numeric("x", twice), y], { holdout: (row) => row % 4 >= 2 }));
    expect(found.map(({ kind }) => kind)).toEqual(["repeated-rows"]);
  });

  it("few values repeat rows by chance: nothing is said", () => {
    const coin = (seed: number) =>
      categorical(
        `c${seed}`,
        made(1000, (_, uniform) => (uniform < 0.5 ? "x" : "o"), seed),
      );
    expect(both(aSide([coin(1), coin(2), { ...coin(3), name: "y" }]))).toEqual([]);
  });

  it("rows with a different target are no copies", () => {
    const label = categorical(
      "y",
      made(200, (row) => (row % 2 === 0 ? "a" : "b")),
    );
    expect(both(aSide([numeric("x", twice), label], { holdout: odd }))).toEqual([]);
  });

  it.each<[what: string, side: ReturnType<typeof aSide>]>([
    ["nothing but names", aSide([ids, y], { holdout: odd })],
    ["no rows", aSide([numeric("x", []), categorical("y", [])])],
    [
      "no hold-out",
      aSide(
        [
          numeric(
            "x",
            made(60, (row) => row / 7),
          ),
          categorical(
            "y",
            made(60, () => "a"),
          ),
        ],
        { holdout: () => false },
      ),
    ],
  ])("%s: nothing to compare", (_, side) => {
    expect(both(side)).toEqual([]);
  });

  it("all rows alike: by chance, as nothing tells them apart", () => {
    expect(
      both(
        aSide([
          numeric(
            "x",
            made(100, () => 1),
          ),
          categorical(
            "y",
            made(100, () => "a"),
          ),
        ]),
      ),
    ).toEqual([]);
  });
});

it("the chance of equal rows is the product over the columns", () => {
  // 2 of 4 values, 4 rows: 2 of 6 pairs are equal in each column
  const column = (name: string) => categorical(name, ["a", "a", "b", "b"]);
  const identity = identifyRows(aSide([column("x"), column("y")]))!;
  expect(chanceOfEqualRows(identity)).toBeCloseTo(1 / 9, 12);
});
