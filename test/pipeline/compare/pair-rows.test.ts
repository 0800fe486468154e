import { describe, expect, it } from "vitest";
import { pairRows } from "../../../pipeline/compare/pair-rows.ts";

describe("pairRows", () => {
  it.each([
    { base: ["a#0", "b#0"], head: ["b#0", "c#0"], pairs: [[1], [0]] },
    { base: ["a#0", "a#1"], head: ["a#0"], pairs: [[0], [0]] },
    {
      base: ["a#0", "a#1"],
      head: ["a#1", "a#0"],
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
    {
      base: ["b#0", "a#0"],
      head: ["a#0", "b#0"],
      pairs: [
        [1, 0],
        [0, 1],
      ],
    },
    {
      base: ["a#0", "c#0", "d#0", "f#0"],
      head: ["b#0", "c#0", "e#0", "f#0", "g#0"],
      pairs: [
        [1, 3],
        [1, 3],
      ],
    },
    { base: ["a#0"], head: ["b#0"], pairs: [[], []] },
    { base: [], head: [], pairs: [[], []] },
    { base: ["a#0"], head: ["a#0", "a#0"], pairs: [[0], [0]] },
  ])("$base with $head gives $pairs, in the order of the keys", ({ base, head, pairs }) => {
    const paired = pairRows(base, head);
    expect([[...paired.base], [...paired.head]]).toEqual(pairs);
  });
});
