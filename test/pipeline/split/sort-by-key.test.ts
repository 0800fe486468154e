import { describe, expect, it } from "vitest";
import { hashedColumns } from "../../../pipeline/match/row-hashes.ts";
import { rowNames } from "../../../pipeline/split/row-names.ts";
import { sortByKey } from "../../../pipeline/split/sort-by-key.ts";
import { hashText } from "../../../pipeline/stats/hash.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const random = createRandom("keys");
const count = 3_000;
const drawn = (draw: () => string) => Array.from({ length: count }, draw);
const table = tableOf(
  categorical(
    "content",
    drawn(() => String(random.below(3))),
  ),
);
const contents = rowNames(table, null);

const samples: [string, string[]][] = [
  ["hashes", drawn(() => hashText(String(random.below(2_000))))],
  ["short keys", drawn(() => String(random.below(200)))],
  ["one key", drawn(() => "k")],
  ["keys of one beginning", drawn(() => `customer-${random.below(500)}`)],
  ["keys in other letters", drawn(() => `${["é", "日", "a"][random.below(3)]}${random.below(50)}`)],
  ["empty keys among others", drawn(() => ["", "\0", "a", "a\0"][random.below(4)]!)],
];

describe("sortByKey", () => {
  it.each(samples)("sorts rows with %s by key, then content, then place", (_, keys) => {
    const rows = random.shuffle(Int32Array.from(keys, (_key, row) => row)).subarray(0, 2_500);
    const words = (row: number) => [keys[row]!, contents[row]!];
    const expected = Array.from(rows).sort((a, b) => {
      for (const [i, left] of words(a).entries()) {
        const right = words(b)[i]!;
        if (left !== right) return left < right ? -1 : 1;
      }
      return 0;
    });
    expect([...sortByKey(rows, keys, table)]).toEqual(expected);
  });

  it("does not ask for contents when no key repeats", () => {
    const keys = drawn(() => hashText(String(random.uint32())));
    const other = tableOf(numeric("x", [1, 2, 3]));
    expect(sortByKey(Int32Array.of(2, 0, 1), keys, other)).toHaveLength(3);
    expect(hashedColumns(other)).toEqual([]);
  });
});
